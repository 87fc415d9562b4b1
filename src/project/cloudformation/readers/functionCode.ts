import { dirname, resolve } from 'node:path';
import { descendant, textOf } from '../../document/sourceDocument.ts';
import { isUnresolved, text } from '../../intrinsics/value.ts';
import type { Facts } from './facts.ts';

/** Where a function's code is. */
export interface FunctionCode {
  /** Absolute path; the template's folder where the code is not in the workspace. */
  readonly directory: string;
  /** Whether a source file is to be looked for in the directory. */
  readonly isHere: boolean;
  /** The code itself, where the template holds it. */
  readonly inline?: string;
}

/** A local path is relative to the template, as `sam build` and `aws cloudformation package` take it. */
export function codeOf(facts: Facts): FunctionCode {
  const { folder } = facts.stack;
  const asset = textOf(descendant(facts.resource.node, 'Metadata', 'aws:asset:path'));
  if (asset !== undefined) return { directory: resolve(folder, asset), isHere: true };
  const code = facts.value('Code');
  if (!code) return { directory: folder, isHere: true };
  const inline = text(facts.value('Code', 'ZipFile'));
  if (inline !== undefined) return { directory: folder, isHere: false, inline };
  const path = text(code);
  if (path === undefined || path.startsWith('s3://') || isUnresolved(code)) {
    facts.info(
      `The code of ${facts.address} is not in this workspace. It shows, but cannot be invoked here.`,
      code,
    );
    return { directory: folder, isHere: false };
  }
  const directory = resolve(folder, path);
  if (/\.(zip|jar)$/i.test(path)) {
    facts.info(
      `The code of ${facts.address} is an archive. It shows, but cannot be invoked here: name the folder that the archive is made from.`,
      code,
    );
    return { directory: dirname(directory), isHere: false };
  }
  return { directory, isHere: true };
}
