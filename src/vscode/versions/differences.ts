// What of two versions differs; no IO.

/** A file by what tells its contents from others. */
export interface ComparedFile {
  readonly size: number;
  readonly checksum: number;
}

export type FileDifference<File> =
  | { readonly name: string; readonly left: File; readonly right: File }
  | { readonly name: string; readonly left: File; readonly right?: undefined }
  | { readonly name: string; readonly left?: undefined; readonly right: File };

/** The files that are on one side only, or are others there; by their names. */
export function differingFiles<File extends ComparedFile>(
  left: ReadonlyMap<string, File>,
  right: ReadonlyMap<string, File>,
): readonly FileDifference<File>[] {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((name): readonly FileDifference<File>[] => {
    const [a, b] = [left.get(name), right.get(name)];
    if (a && b) return isSame(a, b) ? [] : [{ name, left: a, right: b }];
    if (a) return [{ name, left: a }];
    return b ? [{ name, right: b }] : [];
  });
}

function isSame(a: ComparedFile, b: ComparedFile): boolean {
  return a.size === b.size && a.checksum === b.checksum;
}

/** What says which version it is and when it was made, and not how it runs. */
const identifying = new Set([
  'CodeSha256',
  'CodeSize',
  'Description',
  'FunctionArn',
  'LastModified',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
  'MasterArn',
  'RevisionId',
  'State',
  'StateReason',
  'StateReasonCode',
  'Version',
]);

/** A configuration as text that differs only where the configurations do: members by their names, one to a line. */
export function configurationText(document: Readonly<Record<string, unknown>>): string {
  const shown = Object.entries(document).filter(([name]) => !identifying.has(name));
  return `${JSON.stringify(sorted(Object.fromEntries(shown)), undefined, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]),
  );
}
