import type {PlanValue, RecordColumn, StepKind} from './step.ts';

/**
 * The text form of a plan value: what a person types into a field, gives to `--set` or edits a line of. Each kind of
 * question has one; cutting never fails, because what is wrong with the parts is said by the step's `read`.
 */

/** Text → the value that a plan file would hold. */
export function cutText(kind: StepKind, text: string): PlanValue {
  switch (kind.kind) {
    case 'text':
    case 'choice': {
      const trimmed = text.trim();
      return trimmed === '' ? null : trimmed;
    }
    case 'list':
    case 'choices':
      return items(text, /[\s,;]/);
    case 'records':
      return lines(text).map((line) => cutRecord(kind.columns, line));
    default:
      return kind satisfies never;
  }
}

/** A value → text that `cutText` cuts into the same value. */
export function joinText(kind: StepKind, value: PlanValue): string {
  switch (kind.kind) {
    case 'text':
    case 'choice':
      return typeof value === 'string' ? value : '';
    case 'list':
    case 'choices':
      return listOf(value).map(quote).join(', ');
    case 'records':
      return listOf(value)
        .map((record) => joinRecord(kind.columns, record))
        .join('\n');
    default:
      return kind satisfies never;
  }
}

/** One line of a table: `cp-1 10.0.0.11,fd00::11 control-plane`. */
function cutRecord(columns: readonly RecordColumn[], line: string): PlanValue {
  const cells = cellsOf(line);
  const record: [string, PlanValue][] = columns.flatMap((column, index) => {
    const cell = cells[index];
    return cell === undefined || cell === '-' ? [] : [[column.id, column.isList ? items(cell, /,/) : unquote(cell)]];
  });
  // More cells than columns: kept under a name that no record has, so that reading refuses it by name.
  const extra = cells.slice(columns.length);
  return Object.fromEntries(extra.length === 0 ? record : [...record, [extra.join(' '), null]]);
}

export function joinRecord(columns: readonly RecordColumn[], record: PlanValue): string {
  const cells = columns.map((column) => {
    const value = isMap(record) && Object.hasOwn(record, column.id) ? record[column.id] : undefined;
    const parts = value === undefined || value === null ? [] : listOf(value);
    return parts.length === 0 ? '-' : parts.map(quote).join(',');
  });
  while (cells.length > 1 && cells.at(-1) === '-') {
    cells.pop();
  }
  return cells.join(' ');
}

export function isMap(value: PlanValue | undefined): value is {readonly [key: string]: PlanValue} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: PlanValue | undefined): value is readonly PlanValue[] {
  return Array.isArray(value);
}

function listOf(value: PlanValue): readonly PlanValue[] {
  return isList(value) ? value : value === null ? [] : [value];
}

/** Splits at separators outside of double quotes; empty pieces are left out, quotes are kept. */
function pieces(text: string, separator: RegExp): string[] {
  // A thousand lines without a quote are the usual case, and much faster cut this way.
  if (!text.includes('"')) return text.split(separator).filter((each) => each !== '');
  const found: string[] = [];
  let piece = '';
  let quoted = false;
  let escaped = false;
  for (const letter of text) {
    if (!quoted && separator.test(letter)) {
      found.push(piece);
      piece = '';
      continue;
    }
    piece += letter;
    if (escaped) {
      escaped = false;
    } else if (quoted && letter === '\\') {
      escaped = true;
    } else if (letter === '"') {
      quoted = !quoted;
    }
  }
  found.push(piece);
  return found.filter((each) => each !== '');
}

function lines(text: string): string[] {
  return pieces(text, /[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function cellsOf(line: string): string[] {
  return pieces(line, /\s/);
}

function items(text: string, separator: RegExp): string[] {
  return pieces(text, separator).map(unquote);
}

function quote(value: PlanValue): string {
  const text = plain(value);
  return text === '' || text === '-' || /[\s,;"\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

/** A map of one key is `key:value`, as in `env:CA_PASSPHRASE`. */
function plain(value: PlanValue): string {
  if (!isMap(value)) {
    return typeof value === 'string' ? value : '';
  }
  return Object.entries(value)
    .map(([key, inside]) => `${key}:${plain(inside)}`)
    .join(':');
}

function unquote(piece: string): string {
  return piece.replace(/"((?:[^"\\]|\\[^])*)"?/g, (_, inside: string) => inside.replace(/\\([^])/g, '$1'));
}
