import {problem, type Problem} from '../base/problem.ts';
import type {BroughtAuthority, PassphraseSource} from '../pki/plan.ts';
import {fields, optional, text, wrongType, type Reader} from './read-value.ts';
import type {PlanValue} from './step.ts';
import {isList, isMap} from './text-form.ts';

/** Readers for the maps under `trust`: in a plan file they are maps, as text one line an entry. */

const passphrase: Reader<PassphraseSource | undefined> = {
  schema: {
    oneOf: [
      {type: 'object', properties: {file: {type: 'string'}}, required: ['file'], additionalProperties: false},
      {type: 'object', properties: {env: {type: 'string'}}, required: ['env'], additionalProperties: false},
    ],
  },
  // What was typed is never repeated here: it may be the passphrase itself.
  read: (value, path) => {
    if (value === null) {
      return {value: undefined, problems: []};
    }
    const [kind, name] = passphraseParts(value);
    if (kind === 'file') {
      return {value: {file: name}, problems: []};
    }
    if (kind === 'env') {
      return {value: {env: name}, problems: []};
    }
    return {
      value: undefined,
      problems: [
        problem(
          typeof value === 'string' ? 'passphrase-in-plan' : 'passphrase-form',
          path,
          typeof value === 'string'
            ? 'a plan holds no passphrase, only where it is to be found'
            : 'a passphrase comes from one place: a file or a variable of the environment',
          'write {file: PATH} or {env: NAME}, or leave it out to be asked',
        ),
      ],
    };
  },
};

/** `{file: x}`, `{env: X}`, and `file:x` or `env:X` as text. */
function passphraseParts(value: PlanValue): readonly [kind: 'file' | 'env' | undefined, name: string] {
  const entries = isMap(value) ? Object.entries(value) : [];
  const [key, name] =
    typeof value === 'string'
      ? (/^(file|env):(.+)$/s.exec(value)?.slice(1) ?? [])
      : entries.length === 1
        ? (entries[0] ?? [])
        : [];
  const found = typeof name === 'string' && name !== '';
  return found && (key === 'file' || key === 'env') ? [key, name] : [undefined, ''];
}

export const brought: Reader<BroughtAuthority> = fields(
  {certificate: text(), key: text(), passphrase},
  ['certificate'],
  (get) => {
    const key = get(optional(text()), 'key');
    const source = get(passphrase, 'passphrase');
    return {
      certificate: get(text(), 'certificate'),
      ...(key === undefined ? {} : {key}),
      ...(source === undefined ? {} : {passphrase: source}),
    };
  },
);

export function writeBrought(authority: BroughtAuthority): PlanValue {
  return {
    certificate: authority.certificate,
    ...(authority.key === undefined ? {} : {key: authority.key}),
    ...(authority.passphrase === undefined ? {} : {passphrase: {...authority.passphrase}}),
  };
}

/** Lines of a table → map by the first column; two lines for one id stay a list, which reading then refuses. */
export function byFirstColumn(
  id: string,
  records: PlanValue,
  inside: (record: {readonly [key: string]: PlanValue}) => PlanValue,
): PlanValue {
  const entries = (isList(records) ? records : []).map((record): readonly [string, PlanValue] => {
    const {[id]: name, ...rest} = isMap(record) ? record : {};
    return [typeof name === 'string' ? name : '', inside(rest)];
  });
  const twice = new Set(entries.map(([name]) => name)).size < entries.length;
  return twice ? records : Object.fromEntries(entries);
}

export function toRecords(
  id: string,
  value: PlanValue,
  outside: (inner: PlanValue) => {readonly [key: string]: PlanValue},
): PlanValue {
  return isMap(value) ? Object.entries(value).map(([name, inner]) => ({[id]: name, ...outside(inner)})) : [];
}

/** A map whose text form has lines: the same id twice is a list by the time it gets here. */
export function once<V>(reader: Reader<Readonly<Record<string, V>>>): Reader<Readonly<Record<string, V>>> {
  return {
    schema: reader.schema,
    read: (value, path) => {
      if (!isList(value) || value.length === 0) {
        return reader.read(value, path);
      }
      const twice = value.every((each) => isMap(each));
      const refused: Problem = twice
        ? problem('duplicate-key', path, 'the same id has two lines', 'keep one of them')
        : wrongType(path, 'a record of named values', value);
      return {value: {}, problems: [refused]};
    },
  };
}
