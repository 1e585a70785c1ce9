import type {YamlMap, YamlValue} from '../pki/blueprint-types.ts';

/**
 * Writes YAML in block style, keys in the order given, sequences not indented, nothing folded: as kubeadm and kubectl
 * print it. A string is quoted whenever YAML 1.1 (which Kubernetes reads) or 1.2 would take it for something else.
 *
 * Not the library's `stringify`, because that costs 0.3 ms a kubeconfig: a third of a second for a thousand nodes. The
 * subset written here is small, and the tests read it back with the library under both versions of YAML.
 */
export function writeYaml(documents: readonly YamlMap[]): string {
  return documents.map((document) => (isEmpty(document) ? '{}\n' : mapLines(document, ''))).join('---\n');
}

function mapLines(map: YamlMap, indent: string): string {
  let lines = '';
  for (const [key, value] of Object.entries(map)) {
    lines += `${indent}${keyText(key)}:${afterKey(value, indent)}`;
  }
  return lines;
}

function afterKey(value: YamlValue, indent: string): string {
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${listLines(value, indent)}`;
  if (isMap(value)) return isEmpty(value) ? ' {}\n' : `\n${mapLines(value, `${indent}  `)}`;
  return ` ${scalar(value, `${indent}  `)}\n`;
}

function listLines(list: readonly YamlValue[], indent: string): string {
  const deeper = `${indent}  `;
  let lines = '';
  for (const value of list) {
    if (isList(value)) {
      lines += value.length === 0 ? `${indent}- []\n` : `${indent}- ${listLines(value, deeper).trimStart()}`;
    } else if (isMap(value)) {
      lines += isEmpty(value) ? `${indent}- {}\n` : `${indent}- ${mapLines(value, deeper).trimStart()}`;
    } else {
      lines += `${indent}- ${scalar(value, deeper)}\n`;
    }
  }
  return lines;
}

function scalar(value: string | number | boolean | null, indent: string): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value) ? value : (literalBlock(value, indent) ?? quoted(value));
}

function keyText(key: string): string {
  // Longer keys would need the `? ` form; no document of ours has one.
  if (key.length > 512) throw new Error(`a YAML key of ${key.length} characters`);
  return isPlain(key) ? key : quoted(key);
}

/** Several lines of printable ASCII as `|`, so that a person can read them; undefined where a block cannot hold them. */
function literalBlock(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || !/^[\n -~]+$/.test(text)) return undefined;
  const ends = text.endsWith('\n');
  const lines = (ends ? text.slice(0, -1) : text).split('\n');
  const first = lines[0] ?? '';
  if (first === '' || first.startsWith(' ') || lines.at(-1) === '') return undefined;
  if (lines.some((line) => line.endsWith(' '))) return undefined;
  return [ends ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : indent + line))].join('\n');
}

/** Tested before `plain`, because it takes long text in one stride. */
const base64 = /^[A-Za-z/][A-Za-z0-9+/]*={0,2}$/;
/** Starts with a letter, `/` or `_`, or as a flag does; or is an IPv4 address or subnet; or a duration such as `24h0m0s`. */
const plain =
  /^(?:(?:--)?[A-Za-z/_](?:[\w./:@+=,*()[\]-]| (?=[\w./@+=(]))*|\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?|\d+[hms](?:\d+[hms])*)$/;
/** Words of YAML 1.1; and `e0`, which readers that are lax about its numbers take for one. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;

function isPlain(text: string): boolean {
  if (reserved.test(text)) return false;
  return base64.test(text) || (plain.test(text) && !text.endsWith(':') && !text.includes(': '));
}

/** A JSON string is a YAML double-quoted one, once what YAML calls unprintable or a line break is escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isMap(value: YamlValue): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(map: YamlMap): boolean {
  return Object.keys(map).length === 0;
}
