import { join } from 'node:path';
import { ts } from 'ts-morph';
import { fixtures } from './examples.ts';

/** The errors that TypeScript has with each text, by its name; with the types of the packages that are installed. */
export function typeErrors(texts: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2024.d.ts'],
    types: ['node'],
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: false,
    esModuleInterop: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  // ts-morph brings the compiler without the declarations of the language.
  const libraries = join(fixtures, '..', '..', '..', 'node_modules', 'typescript', 'lib');
  host.getDefaultLibLocation = () => libraries;
  host.getDefaultLibFileName = () => join(libraries, 'lib.es2024.d.ts');
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  const paths = new Map([...texts].map(([name, text]) => [join(fixtures, name), text]));
  host.readFile = file => paths.get(file) ?? read(file);
  host.fileExists = file => paths.has(file) || exists(file);
  host.getSourceFile = (file, target) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, target);
  };
  const program = ts.createProgram([...paths.keys(), join(fixtures, 'modules.d.ts')], options, host);
  return new Map(
    [...paths.keys()].map((path, index) => {
      const source = program.getSourceFile(path);
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      const messages = found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
      return [[...texts.keys()][index] ?? '', messages];
    }),
  );
}
