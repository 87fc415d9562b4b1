import { check, type ExpectedModel } from './check.ts';

export interface ServiceCase {
  /** What follows `service: shop` in serverless.yml. */
  readonly yaml: string;
  /** Further files by path; `index.ts` is always there. */
  readonly files?: Readonly<Record<string, string>>;
  readonly model?: ExpectedModel;
}

/** One test per serverless.yml. */
export function suiteOfServices(name: string, cases: Readonly<Record<string, ServiceCase>>): void {
  suite(name, () => {
    for (const [title, { yaml, files = {}, model }] of Object.entries(cases)) {
      test(title, () =>
        check({
          files: { 'serverless.yml': `service: shop\n${yaml}\n`, 'index.ts': '', ...files },
          ...(model && { model }),
        }),
      );
    }
  });
}
