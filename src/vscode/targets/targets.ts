import type { Engines, Targets } from '../services.ts';

/** Every folder's target is its local engine. */
export function createTargets(engines: Engines): Targets {
  return {
    onDidChange: engines.onDidChange,
    connect: async folder => (await engines.connect(folder)).target,
    current: folder => engines.current(folder)?.target,
  };
}
