/** How the source files of a project are written, as far as a new function has to fit in. */
export interface SourceStyle {
  readonly quote: "'" | '"';
  readonly semicolon: boolean;
  readonly indent: string;
  /** `async event => ...` rather than `async (event) => ...`. */
  readonly bareParameter: boolean;
  /** `export async function handler` rather than `export const handler = async`. */
  readonly declaration: boolean;
  /** Whether modules are CommonJS, where there is something to tell by. */
  readonly commonJs: boolean | undefined;
  /** Whether the types of the package aws-lambda are in use. */
  readonly lambdaTypes: boolean;
}

/** Each trait is that of the majority; where nothing speaks for either side, that of most projects. */
export function styleOf(texts: readonly string[]): SourceStyle {
  const all = texts.join('\n');
  const count = (pattern: RegExp) => all.match(pattern)?.length ?? 0;
  const isMore = (one: RegExp, other: RegExp) => count(one) > count(other);
  const modules = count(/^(import\s|export\s)/gm);
  const commonJs = count(/\brequire\(|^(module\.)?exports\b/gm);
  return {
    quote: isMore(/"[^"\n]*"/g, /'[^'\n]*'/g) ? '"' : "'",
    semicolon: !isMore(
      /^\s*(?:import|const|let|return)\b.*[\w)\]'"`]$/gm,
      /^\s*(?:import|const|let|return)\b.*;$/gm,
    ),
    indent: /^(\t| {2,8})\S/m.exec(all)?.[1] ?? '  ',
    bareParameter: isMore(/(?:=|\(|async) \w+ =>/g, /(?:=|\(|async) \(\w+\) =>/g),
    declaration: isMore(
      /^(?:export )?(?:async )?function \w*handler\b/gim,
      /^(?:(?:export )?const|exports\.)\s*\w*handler\b[^=\n]*=/gim,
    ),
    commonJs: modules === commonJs ? undefined : commonJs > modules,
    lambdaTypes: /['"]aws-lambda['"]/.test(all),
  };
}
