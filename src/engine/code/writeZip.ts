import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

/** A file of an archive. */
export interface ArchiveFile {
  /** Path with slashes, relative to the archive's root. */
  readonly name: string;
  readonly contents: Uint8Array;
  readonly executable?: boolean;
}

/**
 * A zip archive that is the same for the same files, whatever their order, times and owners.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function writeZip(files: readonly ArchiveFile[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = Buffer.from(file.name);
    const deflated = await promisify(deflateRaw)(file.contents);
    const stored = deflated.length >= file.contents.length;
    const contents = stored ? Buffer.from(file.contents) : deflated;
    const common = commonHeader(file, stored, contents.length, name.length);
    parts.push(Buffer.from([0x50, 0x4b, 3, 4]), common, name, contents);
    directory.push(directoryEntry(common, file.executable === true, offset), name);
    offset += 4 + common.length + name.length + contents.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directoryBytes, end]);
}

/** From the version that is needed to extract up to the length of the extra field. */
function commonHeader(file: ArchiveFile, stored: boolean, size: number, nameLength: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(utf8Names, 2);
  header.writeUInt16LE(stored ? 0 : 8, 4);
  header.writeUInt16LE(firstDay, 8);
  header.writeUInt32LE(crc32(file.contents), 10);
  header.writeUInt32LE(size, 14);
  header.writeUInt32LE(file.contents.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}

function directoryEntry(common: Buffer, executable: boolean, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.write('PK\x01\x02', 'latin1');
  entry.writeUInt16LE(madeByUnix, 4);
  common.copy(entry, 6);
  entry.writeUInt32LE(((regularFile | (executable ? 0o755 : 0o644)) << 16) >>> 0, 38);
  entry.writeUInt32LE(offset, 42);
  return entry;
}

const utf8Names = 0x0800;
/** 1980-01-01, the first that there is. */
const firstDay = (1 << 5) | 1;
const madeByUnix = (3 << 8) | 20;
const regularFile = 0o100000;
