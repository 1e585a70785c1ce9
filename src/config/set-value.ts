import {nearest} from '../base/nearest.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {acceptLater} from '../wizard/accept.ts';
import {shown} from '../wizard/read-value.ts';
import type {Parsed, PlanValue, Step} from '../wizard/step.ts';
import {steps} from '../wizard/steps.ts';
import {cutText, isList, isMap} from '../wizard/text-form.ts';

/**
 * `--set KEY=VALUE`. The key is a plan key (`keys.algorithm`), or goes on into its value: an entry of a map
 * (`trust.assign.kubelet-serving`), a record by its name or index and one of its fields (`nodes.cp-1.sans`,
 * `nodes[0].addresses`), an item of a list (`sans.apiserver[1]`).
 */
export interface Setting {
  readonly key: string;
  readonly value: string;
  /** The step whose value it changes, once the key is known. */
  readonly step: Step;
  /** What is left of the key below the step: `''`, `.cp-1.sans`, `[0]`. */
  readonly rest: string;
}

export type ReadSetting =
  | {readonly ok: true; readonly setting: Setting}
  | {readonly ok: false; readonly problem: Problem};

export function readSetting(text: string): ReadSetting {
  const equals = text.indexOf('=');
  const key = text.slice(0, Math.max(equals, 0)).trim();
  if (key === '') {
    // Only what is left of the sign may be repeated: the rest can be a passphrase.
    return refused(
      'not-a-setting',
      '',
      'a setting has a key, an equals sign and a value',
      'write it like keys.algorithm=ECDSA-P256',
    );
  }
  const value = text.slice(equals + 1);
  const step = steps.find(({id}) => key === id || key.startsWith(`${id}.`) || key.startsWith(`${id}[`));
  if (step !== undefined) {
    return {ok: true, setting: {key, value, step, rest: key.slice(step.id.length)}};
  }
  const ids = steps.map(({id}) => id);
  const inside = ids.filter((id) => id.startsWith(`${key}.`));
  const meant = ids.find((id) => id.endsWith(`.${key}`)) ?? nearest(key.slice(0, 80), ids);
  return refused(
    'unknown-key',
    key,
    inside.length > 0 ? `${shown(key)} is a group of keys` : `there is no plan key ${shown(key)}`,
    inside.length > 0
      ? `set one of ${inside.join(', ')}`
      : meant === undefined
        ? 'certwright presets kubeadm-single shows every key'
        : `did you mean ${meant}?`,
  );
}

function refused(code: string, path: string, message: string, fix: string): ReadSetting {
  return {ok: false, problem: problem(code, path, message, fix)};
}

/**
 * The plan with the setting in it, judged by its form.
 * @returns also the path in the plan of what was set: `nodes[1].sans` for `nodes.cp-2.sans`
 */
export function applySetting({value, step, rest}: Setting, plan: ClusterPlan): {parsed: Parsed; path: string} {
  if (rest === '') {
    return {parsed: step.parse(value, plan), path: step.id};
  }
  const changed = setInside(step, step.write(plan), rest, value);
  return 'problem' in changed
    ? {parsed: {ok: false, plan, problems: [changed.problem]}, path: changed.problem.at.path}
    : {parsed: acceptLater(step, changed.value, plan), path: changed.path};
}

type Changed = {readonly value: PlanValue; readonly path: string} | {readonly problem: Problem};

function setInside(step: Step, whole: PlanValue, rest: string, text: string): Changed {
  const path = `${step.id}${rest}`;
  if (isList(whole)) {
    return setItem(step, whole, rest, text);
  }
  if (isMap(whole)) {
    return setEntry(step, whole, rest.slice(1), text);
  }
  return {problem: problem('unknown-key', path, `${step.id} has nothing inside`, `set ${step.id} itself`)};
}

function setItem(step: Step, whole: readonly PlanValue[], rest: string, text: string): Changed {
  const path = `${step.id}${rest}`;
  const place = placeIn(whole, rest);
  if (place === undefined) {
    const names = whole.flatMap((item) => nameOf(item) ?? []);
    const meant = nearest(rest.replace(/^\.|\..*$/g, '').slice(0, 80), names);
    const indexes = whole.length === 0 ? 'it is empty' : `its indexes are 0 to ${whole.length - 1}`;
    return {
      problem: problem(
        'unknown-item',
        path,
        `${step.id} has no such item`,
        meant !== undefined
          ? `did you mean ${step.id}.${meant}?`
          : names.length > 0
            ? `it has ${names.slice(0, 10).join(', ')}`
            : indexes,
      ),
    };
  }
  const item = whole[place.index] ?? null;
  if (!isMap(item)) {
    return place.field === ''
      ? {value: whole.with(place.index, text.trim()), path: `${step.id}[${place.index}]`}
      : {problem: problem('unknown-key', path, `an item of ${step.id} has nothing inside`, 'set the item itself')};
  }
  if (place.field === '') {
    return {
      problem: problem(
        'unknown-key',
        path,
        'a record is set field by field',
        `name a field: ${path}.${fieldsOf(step).join(`, ${path}.`)}`,
      ),
    };
  }
  const value = fieldValue(step, place.field, text);
  return {
    value: whole.with(place.index, {...item, [place.field]: value}),
    path: `${step.id}[${place.index}].${place.field}`,
  };
}

function setEntry(step: Step, whole: {readonly [key: string]: PlanValue}, rest: string, text: string): Changed {
  const fields = fieldsOf(step);
  // trust.assign has texts inside, trust.authorities has records.
  if (fields.length < 2) {
    return {value: {...whole, [rest]: text.trim()}, path: `${step.id}.${rest}`};
  }
  const known = longest(Object.keys(whole), rest);
  const id = known ?? rest.split('.')[0] ?? '';
  const field = rest.slice(id.length + 1);
  if (field === '') {
    const path = `${step.id}.${rest}`;
    return {
      problem: problem(
        'unknown-key',
        path,
        'a record is set field by field',
        `name a field: ${path}.${fields.join(`, ${path}.`)}`,
      ),
    };
  }
  const entry = Object.hasOwn(whole, id) ? whole[id] : undefined;
  const value = {...whole, [id]: {...(isMap(entry) ? entry : {}), [field]: text.trim()}};
  return {value, path: `${step.id}.${id}.${field}`};
}

/** Which item of a list, by index or by its name; names may have dots in them. */
function placeIn(
  list: readonly PlanValue[],
  rest: string,
): {readonly index: number; readonly field: string} | undefined {
  const indexed = /^\[(\d{1,9})\](?:\.(.*))?$/s.exec(rest);
  if (indexed !== null) {
    const index = Number(indexed[1]);
    return index < list.length ? {index, field: indexed[2] ?? ''} : undefined;
  }
  const named = rest.slice(1);
  const name = longest(
    list.flatMap((item) => nameOf(item) ?? []),
    named,
  );
  return name === undefined
    ? undefined
    : {index: list.findIndex((item) => nameOf(item) === name), field: named.slice(name.length + 1)};
}

/** The longest of the names that the text is, or begins with before a dot. */
function longest(names: readonly string[], text: string): string | undefined {
  return names
    .filter((name) => name !== '' && (text === name || text.startsWith(`${name}.`)))
    .reduce<string | undefined>(
      (best, name) => (best === undefined || name.length > best.length ? name : best),
      undefined,
    );
}

function nameOf(item: PlanValue): string | undefined {
  const name = isMap(item) ? item['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Fields of a record below its name. */
function fieldsOf({kind}: Step): readonly string[] {
  return kind.kind === 'records'
    ? kind.columns.slice(kind.columns[0].id === 'name' ? 0 : 1).map((column) => column.id)
    : [];
}

function fieldValue({kind}: Step, field: string, text: string): PlanValue {
  const isListField = kind.kind === 'records' && kind.columns.some((column) => column.id === field && column.isList);
  return isListField ? cutText({kind: 'list'}, text) : text.trim();
}
