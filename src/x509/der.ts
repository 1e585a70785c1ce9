/**
 * DER, read in place and strictly: one length for one content, nothing left over. What is written goes through forge; what
 * is only looked at needs none of it, and a node has thousands of files to look at.
 */

/** One value of DER where it stands; its bytes are taken out only when they are asked for. */
export class Der {
  /** The first byte: class, form and number. */
  readonly tag: number;
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #contentStart: number;
  readonly #end: number;

  /** Throws when no value begins at `start`, or it ends after `limit`. */
  constructor(bytes: Buffer, start: number, limit: number) {
    const [tag, first] = [bytes[start], bytes[start + 1]];
    // Numbers above 30, whose tags are longer than a byte, are in nothing that is read here.
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || start + 2 > limit) throw malformed();
    let contentStart = start + 2;
    let length = first;
    if (first >= 0x80) {
      const size = first & 0x7f;
      if (size === 0 || size > 4 || contentStart + size > limit) throw malformed();
      length = bytes.readUIntBE(contentStart, size);
      contentStart += size;
      if (length < 0x80 || length < 2 ** (8 * (size - 1))) throw malformed();
    }
    if (contentStart + length > limit) throw malformed();
    this.tag = tag;
    this.#bytes = bytes;
    this.#start = start;
    this.#contentStart = contentStart;
    this.#end = contentStart + length;
  }

  /** With its tag and length, as it stands. */
  get whole(): Buffer {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  get content(): Buffer {
    return this.#bytes.subarray(this.#contentStart, this.#end);
  }

  /** How many bytes it is with its tag and length. */
  get size(): number {
    return this.#end - this.#start;
  }

  get isConstructed(): boolean {
    return (this.tag & 0x20) !== 0;
  }

  /** The values inside of it, one after the other. */
  parts(): readonly Der[] {
    const parts: Der[] = [];
    for (let offset = this.#contentStart; offset < this.#end;) {
      const part = new Der(this.#bytes, offset, this.#end);
      parts.push(part);
      offset = part.#end;
    }
    return parts;
  }
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmp: 0x1e,
  sequence: 0x30,
} as const;

/** Throws when the bytes are not exactly one value of DER. */
export function fromDer(bytes: Uint8Array): Der {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = new Der(buffer, 0, buffer.length);
  if (read.size !== buffer.length) throw new TypeError('the DER is not what was expected: bytes remain');
  return read;
}

/** The parts of a SEQUENCE, SET or constructed tag. Throws when there are none, or they are not well formed. */
export function children(der: Der): readonly Der[] {
  if (!der.isConstructed) {
    throw new TypeError('the DER is not what was expected: a value stands where a structure should');
  }
  return der.parts();
}

/** Throws when there is no such part. */
export function childAt(der: Der, index: number): Der {
  const child = children(der)[index];
  if (child === undefined) throw new TypeError('the DER is not what was expected: a part is missing');
  return child;
}

/** Throws where anything in it, however deep, is not well formed. */
export function requireWellFormed(der: Der): void {
  if (der.isConstructed) for (const part of der.parts()) requireWellFormed(part);
}

/** The bytes of a value; for a BIT STRING the first byte says how many of its last bits do not count. */
export function bytesOf(der: Der): Buffer {
  if (der.isConstructed)
    throw new TypeError('the DER is not what was expected: a structure stands where a value should');
  return der.content;
}

/** The number of a context tag; undefined for anything else. */
export function tagOf({tag}: Der): number | undefined {
  return tag >> 6 === 2 ? tag & 0x1f : undefined;
}

export function isBoolean({tag}: Der): boolean {
  return tag === tags.boolean;
}

/** `2.5.29.37.0`. Throws when it is no object identifier. */
export function oidOf(der: Der): string {
  const bytes = der.content;
  const last = bytes.at(-1);
  if (der.tag !== tags.oid || last === undefined || last >= 0x80) {
    throw new TypeError('the DER is not what was expected: no object identifier');
  }
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of bytes) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(Math.floor(arc / 40), 2), arc - 40 * Math.min(Math.floor(arc / 40), 2));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
}

/** The text of a string of a name, whatever its type: PrintableString, UTF8String, T61String, BMPString. */
export function textOf(der: Der): string {
  const bytes = bytesOf(der);
  if (der.tag === tags.utf8) return bytes.toString('utf8');
  if (der.tag === tags.bmp) return Buffer.from(bytes).swap16().toString('utf16le');
  return bytes.toString('latin1');
}

/** A UTCTime or GeneralizedTime as RFC 5280 allows them: seconds, and `Z`. Throws for any other. */
export function timeOf(der: Der): Date {
  const text = bytesOf(der).toString('latin1');
  const isShort = der.tag === tags.utcTime;
  const digits = isShort ? `${text < '5' ? '20' : '19'}${text}` : der.tag === tags.generalizedTime ? text : '';
  if (!/^\d{14}Z$/.test(digits)) throw new TypeError('the DER is not what was expected: no time');
  const field = (start: number): number => Number(digits.slice(start, start + 2));
  const [month, day, hour, minute, second] = [field(4), field(6), field(8), field(10), field(12)];
  const date = new Date(Date.UTC(Number(digits.slice(0, 4)), month - 1, day, hour, minute, second));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw new TypeError('the DER is not what was expected: no time');
  }
  return date;
}

/** Tag and length before a content. */
export function framed(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const header =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  if (length > 0xffff) throw new RangeError(`too long for a frame: ${length} bytes`);
  return Buffer.concat([Uint8Array.from(header), ...contents]);
}

function malformed(): TypeError {
  return new TypeError('the DER is not what was expected: a length is wrong');
}
