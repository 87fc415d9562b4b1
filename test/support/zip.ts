import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** A file in a zip archive, as its central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** Permission bits, for example 0o755. */
  readonly mode: number;
  readonly size: number;
  /** The file's content, inflated. */
  read(): Buffer;
}

/** The entries of a zip archive that fits into memory and needs no Zip64. */
export async function readZip(path: string): Promise<readonly ZipEntry[]> {
  const archive = await readFile(path);
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw new Error(`${path} is no zip archive.`);
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28);
    const rest = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    entries.push(readEntry(archive, at, nameLength));
    at += 46 + nameLength + rest;
  }
  return entries;
}

function readEntry(archive: Buffer, at: number, nameLength: number): ZipEntry {
  const deflated = archive.readUInt16LE(at + 10) === 8;
  const compressedSize = archive.readUInt32LE(at + 20);
  const header = archive.readUInt32LE(at + 42);
  return {
    name: archive.toString('utf8', at + 46, at + 46 + nameLength),
    mode: (archive.readUInt32LE(at + 38) >>> 16) & 0o777,
    size: archive.readUInt32LE(at + 24),
    read() {
      const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
      const content = archive.subarray(start, start + compressedSize);
      return deflated ? inflateRawSync(content) : content;
    },
  };
}
