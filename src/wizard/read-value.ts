import {parseHours} from '../base/duration.ts';
import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {JsonSchema, PlanValue} from './step.ts';
import {cutText, isList, isMap} from './text-form.ts';

/**
 * Readers: plan-file value → typed value. They judge the form only (is it a list, is it one of the words); what a
 * value means in a plan is for the checks. Each gives what it could read beside the problems, so that a file with one
 * wrong word still gets all its other problems in the same run.
 */
export interface Read<V> {
  readonly value: V;
  readonly problems: readonly Problem[];
}

export interface Reader<V> {
  /** `path` is that of the value in the plan: `nodes[1].roles`. */
  readonly read: (value: PlanValue, path: string) => Read<V>;
  readonly schema: JsonSchema;
}

/** A text; `normalize` writes it in its normal form. */
export function text(schema: JsonSchema = {}, normalize: (typed: string) => string = (typed) => typed): Reader<string> {
  return {
    schema: {type: 'string', ...schema},
    read: (value, path) => {
      if (value === null) {
        return {value: '', problems: [missing(path)]};
      }
      return typeof value === 'string'
        ? {value: normalize(value.trim()), problems: []}
        : {value: '', problems: [wrongType(path, 'a text', value)]};
    },
  };
}

/** A text that may be empty. */
export const textOrEmpty: Reader<string> = {
  schema: {type: 'string'},
  read: (value, path) => text().read(value ?? '', path),
};

export function optional<V>(reader: Reader<V>): Reader<V | undefined> {
  return {
    schema: reader.schema,
    read: (value, path) => (value === null ? {value: undefined, problems: []} : reader.read(value, path)),
  };
}

/** A list; one text with commas is taken for a list too, as kubeadm takes `10.96.0.0/12,fd00::/112`. */
export function list<V>(item: Reader<V>): Reader<readonly V[]> {
  return {
    schema: {type: 'array', items: item.schema},
    read: (value, path) => {
      const items = typeof value === 'string' ? cutText({kind: 'list'}, value) : value;
      if (items === null) {
        return {value: [], problems: []};
      }
      if (!isList(items)) {
        return {value: [], problems: [wrongType(path, 'a list', items)]};
      }
      const read = items.map((each, index) => item.read(each, `${path}[${index}]`));
      return {value: read.map((each) => each.value), problems: read.flatMap((each) => each.problems)};
    },
  };
}

/** One of a few words; `otherwise` stands in for a wrong one. */
export function choice<W extends string>(words: readonly W[], otherwise: W): Reader<W> {
  return {
    schema: {enum: words},
    read: (value, path) => {
      const read = text().read(value, path);
      const word = words.find((each) => each === read.value);
      if (word !== undefined || read.problems.length > 0) {
        return {value: word ?? otherwise, problems: read.problems};
      }
      return {value: otherwise, problems: [unknownWord(path, read.value, words)]};
    },
  };
}

/** Any number of a few words, each once. */
export function choices<W extends string>(words: readonly W[]): Reader<readonly W[]> {
  return {
    schema: {type: 'array', items: {enum: words}, uniqueItems: true},
    read: (value, path) => {
      const typed = list(text()).read(value, path);
      const wrong = typed.value.flatMap((word, index) =>
        words.some((each) => each === word) || word === '' ? [] : [unknownWord(`${path}[${index}]`, word, words)],
      );
      return {value: words.filter((word) => typed.value.includes(word)), problems: [...typed.problems, ...wrong]};
    },
  };
}

/** A length of time, in hours. */
export function hours(otherwise: number): Reader<number> {
  return {
    schema: {type: ['string', 'integer'], pattern: '^([0-9]+([.][0-9]+)?[ywdhms])+$|^0$', maximum: 0, minimum: 0},
    read: (value, path) => {
      const read = text().read(value, path);
      const parsed = parseHours(read.value);
      if (parsed !== undefined || read.problems.length > 0) {
        return {value: parsed ?? otherwise, problems: read.problems};
      }
      const bare = /^\d+$/.test(read.value);
      return {
        value: otherwise,
        problems: [
          problem(
            'not-a-duration',
            path,
            bare ? `${shown(read.value)} has no unit` : `${shown(read.value)} is not a length of time`,
            bare ? `write ${read.value}h for hours or ${read.value}d for days` : 'write it like 8760h, 365d or 1y',
          ),
        ],
      };
    },
  };
}

/** A record of named fields; every field is read, with null for one that is left out. */
export function fields<V>(
  known: Readonly<Record<string, Reader<unknown>>>,
  required: readonly string[],
  build: (get: <F>(reader: Reader<F>, name: string) => F) => V,
): Reader<V> {
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(known).map(([name, reader]) => [name, reader.schema])),
      required,
      additionalProperties: false,
    },
    read: (value, path) => {
      const isRecord = isMap(value);
      const record: Record<string, PlanValue> = isRecord ? {...value} : {};
      const problems: Problem[] = isRecord ? [] : [wrongType(path, 'a record of named values', value)];
      for (const [name, inside] of Object.entries(record)) {
        if (!Object.hasOwn(known, name)) {
          problems.push(unknownKey(`${path}.${name}`, name, Object.keys(known)));
          // What was meant counts as given, lest the same slip be told a second time as something missing.
          const meant = nearest(name.slice(0, 80), Object.keys(known));
          if (meant !== undefined && !Object.hasOwn(record, meant)) {
            record[meant] = inside;
          }
        }
      }
      const built = build((reader, name) => {
        const inside = Object.hasOwn(record, name) ? (record[name] ?? null) : null;
        const read = reader.read(inside, `${path}.${name}`);
        if (isRecord) {
          problems.push(...read.problems);
        }
        return read.value;
      });
      return {value: built, problems};
    },
  };
}

/** A map from names to values of one kind. */
export function mapOf<V>(item: Reader<V>): Reader<Readonly<Record<string, V>>> {
  return {
    schema: {type: 'object', additionalProperties: item.schema},
    read: (value, path) => {
      if (value === null || (isList(value) && value.length === 0)) {
        return {value: {}, problems: []};
      }
      if (!isMap(value)) {
        return {value: {}, problems: [wrongType(path, 'a record of named values', value)]};
      }
      const read = Object.entries(value).map(([name, inside]) => [name, item.read(inside, `${path}.${name}`)] as const);
      return {
        value: Object.fromEntries(read.map(([name, each]) => [name, each.value])),
        problems: read.flatMap(([, each]) => each.problems),
      };
    },
  };
}

export function unknownKey(path: string, key: string, known: readonly string[]): Problem {
  const meant = nearest(key.slice(0, 80), known);
  return problem(
    'unknown-key',
    path,
    `there is no key ${shown(key)} here`,
    meant === undefined ? `use one of ${known.join(', ')}, or remove it` : `did you mean ${meant}?`,
  );
}

export function wrongType(path: string, wanted: string, value: PlanValue): Problem {
  const found = value === null ? 'nothing' : isList(value) ? 'a list' : isMap(value) ? 'a record' : 'a single text';
  return problem('wrong-type', path, `${wanted} is needed here, not ${found}`, `write ${wanted}`);
}

/** What was typed, in quotes and never longer than a line. */
export function shown(typed: string): string {
  return JSON.stringify(typed.length > 60 ? `${typed.slice(0, 57)}…` : typed);
}

function missing(path: string): Problem {
  return problem('value-missing', path, 'there is no value', 'give one, or leave the key out to get the default');
}

function unknownWord(path: string, typed: string, known: readonly string[]): Problem {
  const meant = nearest(typed.slice(0, 80), known);
  return problem(
    'unknown-choice',
    path,
    `${shown(typed)} is not one of ${known.join(', ')}`,
    meant === undefined ? `choose one of ${known.join(', ')}` : `did you mean ${meant}?`,
  );
}
