import type { Log } from '../shared/log.ts';

/** What is to be undone at the end, or when the beginning fails half-way. */
export interface CleanUps {
  add(step: () => void | Promise<void>): void;
  /** Last to first, each once; one that fails does not keep the others from being done. */
  run(): Promise<void>;
}

export function createCleanUps(log: Log): CleanUps {
  const steps: (() => void | Promise<void>)[] = [];
  return {
    add(step) {
      steps.push(step);
    },
    async run() {
      for (const step of steps.splice(0).reverse()) {
        try {
          await step();
        } catch (error) {
          log.error('Something could not be released', error);
        }
      }
    },
  };
}
