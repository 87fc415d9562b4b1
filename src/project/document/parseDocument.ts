import type { Problems } from '../problems.ts';
import { parseJson } from './parseJson.ts';
import { parseYaml } from './parseYaml.ts';
import type { DocNode } from './sourceDocument.ts';

/** Parses JSON or YAML, by the file's name and, where that leaves it open, by how the text begins. */
export function parseDocument(file: string, text: string, problems: Problems): DocNode | undefined {
  const isYaml = /\.ya?ml$/i.test(file);
  const isJson = /\.json$/i.test(file) || (!isYaml && /^[\s\uFEFF]*\{/.test(text));
  return isJson ? parseJson(file, text, problems) : parseYaml(file, text, problems);
}
