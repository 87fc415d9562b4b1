/** What an engine process says by its exit code to the client that started it. */
export const engineExitCodes = {
  ended: 0,
  failed: 1,
  /** Its log's last line says to the user why. */
  refused: 2,
  /** Another engine serves the workspace: attach to that one. */
  alreadyServed: 3,
} as const;
