/**
 * A tar archive as POSIX.1-2001 describes it: ustar headers, and a pax header before a path that does not fit one.
 * Everything belongs to root:root, and nothing depends on the machine that writes it.
 */
export interface TarEntry {
  /** `/`-separated, relative; a folder's without the final `/`. */
  readonly path: string;
  readonly mode: number;
  readonly changed: Date;
  /** undefined = a folder, or a link. */
  readonly content: Buffer | undefined;
  /** Where a symbolic link leads: at most 100 ASCII characters. */
  readonly link?: string;
}

const block = 512;

/** The bytes of one entry, padded to whole blocks. */
export function tarEntry(entry: TarEntry): Buffer {
  const isFolder = entry.content === undefined && entry.link === undefined;
  const path = isFolder ? `${entry.path}/` : entry.path;
  const parts = isAscii(path) ? splitPath(path) : undefined;
  const header = (name: string, prefix: string): Buffer =>
    ustarHeader({
      name,
      prefix,
      mode: entry.mode,
      size: entry.content?.length ?? 0,
      changed: entry.changed,
      type: entry.link !== undefined ? '2' : isFolder ? '5' : '0',
      link: entry.link ?? '',
    });
  const content = entry.content === undefined ? [] : padded(entry.content);
  if (parts !== undefined) return Buffer.concat([header(parts.name, parts.prefix), ...content]);
  const record = paxRecord('path', path);
  const pax = ustarHeader({
    name: 'PaxHeader',
    prefix: '',
    mode: 0o644,
    size: record.length,
    changed: entry.changed,
    type: 'x',
    link: '',
  });
  // The name in the second header is only for readers that know no pax.
  return Buffer.concat([pax, ...padded(record), header(asciiTail(path), ''), ...content]);
}

/** Two empty blocks. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * block);
}

interface Header {
  readonly name: string;
  readonly prefix: string;
  readonly mode: number;
  readonly size: number;
  readonly changed: Date;
  readonly type: '0' | '2' | '5' | 'x';
  readonly link: string;
}

function ustarHeader({name, prefix, mode, size, changed, type, link}: Header): Buffer {
  if (link.length > 100 || !isAscii(link)) throw new RangeError('a link that does not fit into a tar header');
  const header = Buffer.alloc(block);
  const seconds = Math.max(0, Math.floor(changed.getTime() / 1000));
  header.write(name, 0, 100, 'latin1');
  header.write(octal(mode, 8), 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  header.write(octal(size, 12), 124, 'latin1');
  header.write(octal(seconds, 12), 136, 'latin1');
  header.write(' '.repeat(8), 148, 'latin1');
  header.write(type, 156, 'latin1');
  header.write(link, 157, 100, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write('root', 265, 'latin1');
  header.write('root', 297, 'latin1');
  header.write(octal(0, 8), 329, 'latin1');
  header.write(octal(0, 8), 337, 'latin1');
  header.write(prefix, 345, 155, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return header;
}

function octal(value: number, width: number): string {
  const digits = value.toString(8);
  if (digits.length >= width) throw new RangeError(`${value} does not fit into ${width} characters of a tar header`);
  return `${digits.padStart(width - 1, '0')}\u0000`;
}

/** `prefix/name` within 155 and 100 bytes, cut at a slash; undefined when there is no such cut. */
function splitPath(path: string): {readonly name: string; readonly prefix: string} | undefined {
  if (path.length <= 100) return {name: path, prefix: ''};
  const cut = path.indexOf('/', path.length - 101);
  if (cut <= 0 || cut > 155 || cut === path.length - 1) return undefined;
  return {name: path.slice(cut + 1), prefix: path.slice(0, cut)};
}

/** `LENGTH key=value\n`, where LENGTH counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  length = bytes + String(length).length;
  return Buffer.from(`${length}${rest}`);
}

function padded(content: Buffer): readonly Buffer[] {
  const left = content.length % block;
  return left === 0 ? [content] : [content, Buffer.alloc(block - left)];
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

function asciiTail(path: string): string {
  return path.replaceAll(/[^ -~]/g, '_').slice(-100);
}
