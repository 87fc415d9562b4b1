import { ts } from 'ts-morph';

/**
 * Errors that no types are needed for: syntax, names that are not there or there twice or too late, and `await` where
 * it cannot be. Each with its number only, so that it is the same wherever it stands.
 */
export function nameErrors(path: string, text: string): readonly number[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    noResolve: true,
    noLib: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    types: [],
  };
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  const program = ts.createProgram([path], options, {
    getSourceFile: file => (file === path ? source : undefined),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile() {},
    getCurrentDirectory: () => '/',
    getCanonicalFileName: file => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: file => file === path,
    readFile: file => (file === path ? text : undefined),
  });
  const syntax = program.getSyntacticDiagnostics(source).map(({ code }) => code);
  const semantic = program.getSemanticDiagnostics(source).filter(({ code }) => ofNames.has(code));
  const missing = semantic.map(({ code, messageText }) => [code, messageText] as const);
  // What a global is called is no error here, where there are no declarations of any.
  const left = missing.filter(([code, message]) => code !== 2304 || !isGlobal(String(message)));
  return [...syntax, ...left.map(([code]) => code)].sort();
}

/** Cannot find, redeclare, duplicate, before it is declared, `await` and `return` out of place. */
const ofNames = new Set([2304, 2451, 2300, 2448, 2474, 1308, 1108, 18004, 2440]);

function isGlobal(message: string): boolean {
  const [, name = ''] = /'(.+)'/.exec(message) ?? [];
  return name in globalThis || /^(require|awslambda|ReturnType|Awaited)$/.test(name);
}
