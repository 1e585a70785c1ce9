import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import {shown, unknownKey, wrongType} from '../wizard/read-value.ts';
import type {PlanValue} from '../wizard/step.ts';
import {stepById, steps} from '../wizard/steps.ts';
import {isMap} from '../wizard/text-form.ts';
import {locateValues, type PlaceOf} from './located-value.ts';

/** The version of the plan's form that is written here, and the only one that is read. */
export const planVersion = '1';

/** A plan file cut into its keys: which of them it gives, and what is wrong around them. Values are not read yet. */
export interface PlanText {
  readonly source: string;
  /** Step id → value. Only what stands in the text. */
  readonly values: ReadonlyMap<string, PlanValue>;
  /** Of the syntax, of unknown keys, of the version; each with its place. */
  readonly problems: readonly Problem[];
  readonly placeOf: PlaceOf;
  /** False when it is no YAML or empty: then there are no values to judge. */
  readonly isReadable: boolean;
}

/**
 * @param source what to call the text in problems: its file's name, or `preset kubeadm-ha`
 */
export function parsePlan(text: string, source: string): PlanText {
  const located = locateValues(text, source);
  const {placeOf} = located;
  if (located.value === undefined) {
    return {source, values: new Map(), problems: located.problems, placeOf, isReadable: false};
  }
  if (located.value === null) {
    const empty = problem(
      'empty-plan',
      '',
      'the file is empty',
      'begin with a preset: certwright presets kubeadm-single',
    );
    return {
      source,
      values: new Map(),
      problems: [...located.problems, {...empty, at: placeOf('')}],
      placeOf,
      isReadable: false,
    };
  }
  const found: Problem[] = [];
  const values = new Map<string, PlanValue>();
  if (isMap(located.value)) {
    const {planVersion: version, ...keys} = located.value;
    found.push(...checkPlanVersion(version));
    sort(keys, '', values, found);
  } else {
    found.push(wrongType('', 'a record of plan keys', located.value));
  }
  const placed = found.map((each) => ({...each, at: placeOf(each.at.path, placedAt(each))}));
  return {source, values, problems: [...located.problems, ...placed], placeOf, isReadable: true};
}

/** Most problems are of a value; of an unknown key it is the key that is wrong. */
export function placedAt({code}: Problem): 'key' | 'value' {
  return code === 'unknown-key' ? 'key' : 'value';
}

function checkPlanVersion(version: PlanValue | undefined): Problem[] {
  if (version === undefined) {
    return [
      problem(
        'plan-version-missing',
        '',
        'the plan does not say its version',
        `add the line planVersion: ${planVersion}`,
      ),
    ];
  }
  return version === planVersion
    ? []
    : [
        problem(
          'plan-version-unknown',
          'planVersion',
          typeof version === 'string'
            ? `plan version ${shown(version)} is not known here`
            : 'the plan version is a number',
          `write planVersion: ${planVersion}, or use the Certwright that made the plan`,
        ),
      ];
}

/** Down the groups (`cluster`, `bootstrap.token`) to the keys that a step stands for. */
function sort(
  record: {readonly [key: string]: PlanValue},
  path: string,
  values: Map<string, PlanValue>,
  found: Problem[],
): void {
  for (const [key, value] of Object.entries(record)) {
    const inner = path === '' ? key : `${path}.${key}`;
    if (key.includes('.') || key.includes('[')) {
      found.push(misplacedKey(inner, key, path));
    } else if (stepById(inner) !== undefined) {
      values.set(inner, value);
    } else if (!steps.some((step) => step.id.startsWith(`${inner}.`))) {
      found.push(misplacedKey(inner, key, path));
    } else if (isMap(value)) {
      sort(value, inner, values, found);
    } else if (value !== null) {
      found.push(wrongType(inner, 'a record of named values', value));
    }
  }
}

/** An unknown key: mistyped, or right and in the wrong place. */
function misplacedKey(path: string, key: string, group: string): Problem {
  const unknown = unknownKey(path, key, keysIn(group));
  if (unknown.fix?.startsWith('did you mean') === true) {
    return unknown;
  }
  const ids = steps.map((step) => step.id);
  const meant =
    ids.find((id) => id === key || id.endsWith(`.${key}`)) ??
    nearest(key.slice(0, 80), ids) ??
    nearestLast(key.slice(0, 80), ids);
  return meant === undefined ? unknown : {...unknown, fix: `did you mean ${nested(meant)}?`};
}

function nearestLast(key: string, ids: readonly string[]): string | undefined {
  const last = nearest(
    key,
    ids.map((id) => id.slice(id.lastIndexOf('.') + 1)),
  );
  return last === undefined ? undefined : ids.find((id) => id === last || id.endsWith(`.${last}`));
}

/** `network.dnsDomain` → `network: {dnsDomain: …}`. */
function nested(id: string): string {
  return id
    .split('.')
    .reduceRight(
      (inside, part) => (inside === '' ? part : `${part}: {${inside}${inside.endsWith('}') ? '' : ': …'}}`),
      '',
    );
}

/** The keys that may stand in a group, `''` for the top. */
function keysIn(group: string): readonly string[] {
  const prefix = group === '' ? '' : `${group}.`;
  const keys = steps.flatMap((step) =>
    step.id.startsWith(prefix) ? [step.id.slice(prefix.length).split('.')[0] ?? ''] : [],
  );
  return [...new Set(group === '' ? ['planVersion', ...keys] : keys)];
}
