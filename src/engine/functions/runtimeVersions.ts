import type { Log } from '../../shared/log.ts';

/** Says once of each runtime that its functions run on another version than theirs. */
export class RuntimeVersions {
  readonly #log: Pick<Log, 'warn'>;
  readonly #told = new Set<string>();

  constructor(log: Pick<Log, 'warn'>) {
    this.#log = log;
  }

  /**
   * @param runtime for example `nodejs22.x`
   * @param version what its bootstrap says that it runs on
   */
  tell(runtime: string, version: string | undefined): void {
    if (version === undefined || this.#told.has(runtime)) return;
    const [, name = '', wanted = ''] = /^([a-z]+)(\d+(?:\.\d+)?)/.exec(runtime) ?? [];
    if (`${version}.`.startsWith(`${wanted}.`)) return;
    this.#told.add(runtime);
    this.#log.warn(
      name === 'python'
        ? `Functions with the runtime ${runtime} run on Python ${version}. For Python ${wanted}, install it so that ${runtime} is on the PATH.`
        : `Functions with the runtime ${runtime} run on Node.js ${version}. For Node.js ${wanted}, install it ` +
            'with a version manager, or name it in the setting lambdaLens.node.path.',
    );
  }
}
