import { isUtf8 } from 'node:buffer';

/** Where a text stops being JSON, and why. Lines and columns count from 1, columns in bytes. */
export interface JsonFault {
  /** In the words of Jackson, which is what AWS Lambda answers with. */
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Undefined for valid JSON, which costs no more than JSON.parse. */
export function findJsonFault(bytes: Uint8Array): JsonFault | undefined {
  if (isUtf8(bytes)) {
    try {
      JSON.parse(decoder.decode(bytes));
      return undefined;
    } catch {
      // The position is found below: V8 tells it for some faults only.
    }
  }
  try {
    scan(new Cursor(bytes));
  } catch (fault) {
    if (fault instanceof Fault) return { message: fault.message, ...lineAndColumn(bytes, fault.offset) };
    throw fault;
  }
  return { message: 'Unexpected content', ...lineAndColumn(bytes, bytes.length) };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const valueExpected =
  "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const tokenExpected = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

class Fault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

class Cursor {
  readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The next byte; -1 at the end. */
  peek(): number {
    return this.bytes[this.at] ?? -1;
  }

  skipSpace(): void {
    while (' \t\r\n'.includes(String.fromCharCode(this.peek()))) this.at++;
  }

  is(character: string): boolean {
    return this.peek() === character.charCodeAt(0);
  }

  take(character: string): boolean {
    if (!this.is(character)) return false;
    this.at++;
    return true;
  }
}

/** Throws a Fault where the grammar is broken. Keeps its own stack: a payload may be millions of brackets. */
function scan(cursor: Cursor): void {
  const open: ('Object' | 'Array')[] = [];
  cursor.skipSpace();
  if (cursor.peek() === -1) throw new Fault('No content to map due to end-of-input', cursor.at);
  for (;;) {
    cursor.skipSpace();
    const opened = scanValueStart(cursor);
    if (opened !== undefined) {
      open.push(opened);
      cursor.skipSpace();
      if (opened === 'Object' && !cursor.is('}')) {
        scanFieldName(cursor);
        continue;
      }
      if (opened === 'Array' && !cursor.is(']')) continue;
    }
    if (!closeAndSeparate(cursor, open)) return;
  }
}

/** After a value: closes what ends here. False when the whole text has ended. */
function closeAndSeparate(cursor: Cursor, open: ('Object' | 'Array')[]): boolean {
  for (;;) {
    cursor.skipSpace();
    const inside = open.at(-1);
    if (inside === undefined) {
      if (cursor.peek() === -1) return false;
      throw new Fault(`Unexpected character (${describe(cursor)}): ${valueExpected}`, cursor.at);
    }
    if (cursor.take(inside === 'Object' ? '}' : ']')) {
      open.pop();
      continue;
    }
    if (cursor.peek() === -1) {
      throw new Fault(`Unexpected end-of-input: expected close marker for ${inside}`, cursor.at);
    }
    if (!cursor.take(',')) {
      throw new Fault(
        `Unexpected character (${describe(cursor)}): was expecting comma to separate ${inside} entries`,
        cursor.at,
      );
    }
    cursor.skipSpace();
    if (inside === 'Object') scanFieldName(cursor);
    return true;
  }
}

function scanFieldName(cursor: Cursor): void {
  if (!cursor.is('"')) {
    throw cursor.peek() === -1
      ? new Fault('Unexpected end-of-input: expected close marker for Object', cursor.at)
      : new Fault(
          `Unexpected character (${describe(cursor)}): was expecting double-quote to start field name`,
          cursor.at,
        );
  }
  scanString(cursor);
  cursor.skipSpace();
  if (!cursor.take(':')) {
    throw cursor.peek() === -1
      ? new Fault('Unexpected end-of-input: expected close marker for Object', cursor.at)
      : new Fault(
          `Unexpected character (${describe(cursor)}): was expecting a colon to separate field name and value`,
          cursor.at,
        );
  }
}

/** Reads a scalar whole, or the opening bracket of what it returns. */
function scanValueStart(cursor: Cursor): 'Object' | 'Array' | undefined {
  if (cursor.take('{')) return 'Object';
  if (cursor.take('[')) return 'Array';
  if (cursor.is('"')) scanString(cursor);
  else if (/[-0-9]/.test(String.fromCharCode(cursor.peek()))) scanNumber(cursor);
  else if (/[A-Za-z_$]/.test(String.fromCharCode(cursor.peek()))) scanWord(cursor);
  else if (cursor.peek() === -1) throw new Fault('Unexpected end-of-input: expected a value', cursor.at);
  else throw new Fault(`Unexpected character (${describe(cursor)}): ${valueExpected}`, cursor.at);
  return undefined;
}

function scanString(cursor: Cursor): void {
  cursor.at++;
  for (;;) {
    const byte = cursor.peek();
    if (byte === -1) {
      throw new Fault('Unexpected end-of-input: was expecting closing quote for a string value', cursor.at);
    }
    if (byte < 0x20) {
      throw new Fault(
        `Illegal unquoted character (${describe(cursor)}): has to be escaped using backslash to be included in string value`,
        cursor.at,
      );
    }
    if (cursor.take('"')) return;
    if (cursor.take('\\')) scanEscape(cursor);
    else skipCharacter(cursor);
  }
}

function scanEscape(cursor: Cursor): void {
  const escaped = String.fromCharCode(cursor.peek());
  if (escaped !== 'u') {
    if (!'"\\/bfnrt'.includes(escaped)) {
      throw new Fault(`Unrecognized character escape ${describe(cursor)}`, cursor.at);
    }
    cursor.at++;
    return;
  }
  cursor.at++;
  for (let digit = 0; digit < 4; digit++) {
    if (!/[0-9a-fA-F]/.test(String.fromCharCode(cursor.peek()))) {
      throw new Fault(
        `Unexpected character (${describe(cursor)}): expected a hex-digit for character escape sequence`,
        cursor.at,
      );
    }
    cursor.at++;
  }
}

function scanNumber(cursor: Cursor): void {
  const start = cursor.at;
  while (/[-+.0-9eE]/.test(String.fromCharCode(cursor.peek()))) cursor.at++;
  const text = Buffer.from(cursor.bytes.subarray(start, cursor.at)).toString('latin1');
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) {
    throw new Fault(`Invalid numeric value: ${text.slice(0, 64)}`, start);
  }
}

function scanWord(cursor: Cursor): void {
  const start = cursor.at;
  while (cursor.peek() >= 0x80 || /[A-Za-z0-9_$]/.test(String.fromCharCode(cursor.peek()))) {
    skipCharacter(cursor);
  }
  const word = Buffer.from(cursor.bytes.subarray(start, cursor.at)).toString('utf8');
  if (!['null', 'true', 'false'].includes(word)) {
    throw new Fault(`Unrecognized token '${word.slice(0, 256)}': ${tokenExpected}`, cursor.at);
  }
}

/** One UTF-8 sequence. Jackson has consumed the bad byte when it reports one, so its column is one further. */
function skipCharacter(cursor: Cursor): void {
  const lead = cursor.peek();
  const length = lead < 0x80 ? 1 : lead >= 0xf8 || lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length === 0) {
    throw new Fault(`Invalid UTF-8 start byte 0x${lead.toString(16)}`, cursor.at + 1);
  }
  cursor.at++;
  for (let rest = 1; rest < length; rest++) {
    const byte = cursor.peek();
    if (byte === -1) throw new Fault('Unexpected end-of-input in a UTF-8 character', cursor.at);
    if ((byte & 0xc0) !== 0x80) {
      throw new Fault(`Invalid UTF-8 middle byte 0x${byte.toString(16)}`, cursor.at + 1);
    }
    cursor.at++;
  }
}

function describe(cursor: Cursor): string {
  const code = cursor.peek();
  if (code === -1) return 'end-of-input';
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return isControl ? `(CTRL-CHAR, code ${code})` : `'${String.fromCharCode(code)}' (code ${code})`;
}

function lineAndColumn(bytes: Uint8Array, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset && at < bytes.length; at++) {
    if (bytes[at] === 0x0a) {
      line++;
      lineStart = at + 1;
    }
  }
  return { line, column: offset - lineStart + 1 };
}
