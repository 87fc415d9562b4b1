import { readFile, writeFile } from 'node:fs/promises';
import { applyEdits } from '../model/applyEdits.ts';
import { UserError } from '../shared/errors.ts';
import type { CheckedFile } from './checkReport.ts';

/**
 * Applies one safe fix to each file that has any, since a fix may choose names that the next one must know of. True
 * where something was changed, so that the files are to be checked again.
 *
 * @throws UserError when a file cannot be written.
 */
export async function fixFiles(files: readonly CheckedFile[]): Promise<boolean> {
  let isChanged = false;
  for (const { path, shown, findings } of files) {
    const fix = findings.find(finding => finding.fix?.isSafe)?.fix;
    if (!fix) continue;
    try {
      await writeFile(path, applyEdits(await readFile(path, 'utf8'), fix.edits));
    } catch (cause) {
      throw new UserError(`Cannot fix ${shown}: the file cannot be written.`, { cause });
    }
    isChanged = true;
  }
  return isChanged;
}
