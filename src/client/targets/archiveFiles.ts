import type { SourceFile } from '../../model/target.ts';
import { TargetError } from '../../model/targetError.ts';
import { readZip } from '../../shared/readZip.ts';

/** The files of an archive of code, by name; they are read when they are asked for. */
export function archiveFiles(archive: Buffer): readonly SourceFile[] {
  const contents = readZip(archive);
  if (contents.kind === 'broken') {
    throw new TargetError('other', `The code cannot be read: ${contents.reason}.`);
  }
  return contents.entries
    .filter(({ kind }) => kind === 'file')
    .map(({ name, size, checksum, read }) => ({ name, size, checksum, read }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
