import { check, type ExpectedModel } from './check.ts';

export interface TemplateCase {
  /** Sections before the resources. */
  readonly head?: string;
  /** The resources, indented by two. */
  readonly resources: string;
  /** Further files by path; `index.ts` is always there. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the model has to hold, at least. Markers in the texts say which problems there are. */
  readonly model?: ExpectedModel;
}

/** One test per template. */
export function suiteOfTemplates(name: string, cases: Readonly<Record<string, TemplateCase>>): void {
  suite(name, () => {
    for (const [title, { head = '', resources, files = {}, model }] of Object.entries(cases)) {
      test(title, () =>
        check({
          files: { 'template.yaml': `${head}\nResources:${resources}\n`, 'index.ts': '', ...files },
          ...(model && { model }),
        }),
      );
    }
  });
}
