import { ts } from 'ts-morph';
import type { Fix } from '../../model/finding.ts';
import type { FileFacts } from '../phases/model.ts';

/** Puts a file into /tmp. Undefined where the file's code has its path in other places, which had to follow. */
export function writeToTmp(path: ts.Node, { source }: FileFacts): Fix | undefined {
  if (!ts.isStringLiteral(path) || !/^(\.\/)?[\w.-]+$/.test(path.text)) return undefined;
  const name = path.text.replace(/^\.\//, '');
  if (source.text.split(name).length !== 2) return undefined;
  const quote = source.text.charAt(path.getStart(source));
  const newText = `${quote}/tmp/${name}${quote}`;
  return {
    title: `Write it to /tmp/${name}`,
    isSafe: false,
    edits: [{ start: path.getStart(source), end: path.end, newText }],
  };
}
