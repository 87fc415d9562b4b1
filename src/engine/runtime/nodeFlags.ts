/**
 * The limits of V8's heap that Lambda derives from a function's memory: what outgrows them ends with
 * "JavaScript heap out of memory" and the signal `aborted`.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
export function heapFlags(memorySizeMb: number): readonly string[] {
  return [
    `--max-semi-space-size=${Math.floor(memorySizeMb * 0.05)}`,
    `--max-old-space-size=${Math.floor(memorySizeMb * 0.9)}`,
  ];
}
