import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Eight bits a channel, four channels (red, green, blue, alpha), row by row. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Channels by PNG's colour type: grey, RGB, grey with alpha, RGB with alpha. */
const channelsOf: Record<number, number> = { 0: 1, 2: 3, 4: 2, 6: 4 };

export function decodePng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(signature)) throw new Error('This is not a PNG file');
  let header: Buffer | undefined;
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') data.push(body);
    at += 12 + length;
  }
  if (!header) throw new Error('This PNG file has no header');
  const [depth, colourType, , , interlaced] = header.subarray(8);
  const channels = channelsOf[colourType ?? -1];
  if (depth !== 8 || !channels || interlaced) {
    throw new Error('Only PNG files of 8 bits a channel, without palette or interlacing, are supported');
  }
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const raw = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
  return { width, height, pixels: toRgba(raw, channels) };
}

export function encodePng({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

/** Each row of a PNG says how it was predicted from its left and upper neighbours. */
function unfilter(rows: Buffer, stride: number, height: number, channels: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const value = rows[y * (stride + 1) + 1 + x] ?? 0;
      const left = x >= channels ? (out[y * stride + x - channels] ?? 0) : 0;
      const up = y > 0 ? (out[(y - 1) * stride + x] ?? 0) : 0;
      const upLeft = x >= channels && y > 0 ? (out[(y - 1) * stride + x - channels] ?? 0) : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter ?? 0] ?? 0;
      out[y * stride + x] = value + predicted;
    }
  }
  return out;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const distances = [left, up, upLeft].map(neighbour => Math.abs(estimate - neighbour));
  const nearest = Math.min(...distances);
  if (distances[0] === nearest) return left;
  return distances[1] === nearest ? up : upLeft;
}

function toRgba(raw: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return raw;
  const pixels = new Uint8Array((raw.length / channels) * 4);
  for (let from = 0, to = 0; from < raw.length; from += channels, to += 4) {
    const grey = channels < 3;
    pixels[to] = raw[from] ?? 0;
    pixels[to + 1] = raw[grey ? from : from + 1] ?? 0;
    pixels[to + 2] = raw[grey ? from : from + 2] ?? 0;
    pixels[to + 3] = channels === 2 ? (raw[from + 1] ?? 0) : 255;
  }
  return pixels;
}
