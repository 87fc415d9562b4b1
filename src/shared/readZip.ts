import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';

/** An entry of an archive that was found to be sound. */
export interface ZipEntry {
  /** Path with slashes, relative to the archive's root; never leads out of it. */
  readonly name: string;
  readonly kind: 'file' | 'link';
  readonly executable: boolean;
  /** Of the contents, as the archive says. */
  readonly size: number;
  /** CRC-32 of the contents, as the archive says. */
  readonly checksum: number;
  /** @throws Error when the contents are not what the archive says. */
  read(): Promise<Buffer>;
}

export type ZipContents =
  | { readonly kind: 'entries'; readonly entries: readonly ZipEntry[]; readonly size: number }
  /** What is wrong with it. */
  | { readonly kind: 'broken'; readonly reason: string };

/** The files of a zip archive; folders are left out. Nothing is inflated yet. */
export function readZip(archive: Buffer): ZipContents {
  try {
    return entriesOf(archive);
  } catch (error) {
    if (error instanceof RangeError) return broken('it ends too early');
    throw error;
  }
}

function entriesOf(archive: Buffer): ZipContents {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) return broken('it is no zip archive');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) return broken('it is a Zip64 archive');
  const entries: ZipEntry[] = [];
  let size = 0;
  for (let left = count; left > 0; left--) {
    if (archive.toString('latin1', at, at + 4) !== 'PK\x01\x02') return broken('its directory is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    const rest = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const flags = archive.readUInt16LE(at + 8);
    const method = archive.readUInt16LE(at + 10);
    if ((flags & 1) !== 0) return broken(`${name} is encrypted`);
    if (method !== 0 && method !== 8) return broken(`${name} is compressed in a way that is not known`);
    if (leadsOut(name)) return broken(`${name} lies outside of it`);
    if (!name.endsWith('/')) {
      const entry = entryAt(archive, at, name, method);
      entries.push(entry);
      size += entry.size;
    }
    at += 46 + nameLength + rest;
  }
  return { kind: 'entries', entries, size };
}

function entryAt(archive: Buffer, at: number, name: string, method: number): ZipEntry {
  const checksum = archive.readUInt32LE(at + 16);
  const compressed = archive.readUInt32LE(at + 20);
  const size = archive.readUInt32LE(at + 24);
  const mode = archive.readUInt32LE(at + 38) >>> 16;
  const header = archive.readUInt32LE(at + 42);
  return {
    name,
    kind: (mode & 0o170000) === symbolicLink ? 'link' : 'file',
    executable: (mode & 0o111) !== 0,
    size,
    checksum,
    async read() {
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const bytes = archive.subarray(start, start + compressed);
      // No more than the archive owns up to, so that a small archive cannot fill the memory.
      const contents =
        method === 8 ? await promisify(inflateRaw)(bytes, { maxOutputLength: Math.max(size, 1) }) : bytes;
      if (contents.length !== size || crc32(contents) !== checksum) throw new Error(`${name} is damaged`);
      return contents;
    },
  };
}

const symbolicLink = 0o120000;

function leadsOut(name: string): boolean {
  return (
    name === '' ||
    name.startsWith('/') ||
    name.includes('\\') ||
    name.includes('\0') ||
    /^[A-Za-z]:/.test(name) ||
    name.split('/').includes('..')
  );
}

function broken(reason: string): ZipContents {
  return { kind: 'broken', reason };
}
