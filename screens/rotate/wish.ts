import {normalizeAddress} from '../../src/base/address.ts';
import {sanFault} from '../../src/base/names.ts';
import type {NodeView, RotationWish} from '../../src/journeys/rotate-services.ts';
import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import {shellWord} from '../../src/report/same-command.ts';

/** What a person has chosen so far; it outlives every way back. */
export interface Choice {
  /** Names of what is to be renewed; undefined = what needs it. */
  readonly names: ReadonlySet<string> | undefined;
  readonly keepsKeys: boolean;
  /** As typed. */
  readonly validity: string;
  readonly sans: RotationWish['sans'];
  /** Components that are not to be restarted, though they read something new. */
  readonly spared: ReadonlySet<ComponentId>;
}

const defaultValidity = '8760h';

export const choiceStart: Choice = {
  names: undefined,
  keepsKeys: false,
  validity: defaultValidity,
  sans: {},
  spared: new Set(),
};

/** What would be renewed. */
export function chosenNames({items}: NodeView, {names}: Choice): ReadonlySet<string> {
  const chosen = items.filter(
    ({name, isNeeded, blocked}) => blocked === undefined && (names === undefined ? isNeeded : names.has(name)),
  );
  return new Set(chosen.map(({name}) => name));
}

export function toggled(view: NodeView, choice: Choice, name: string): Choice {
  const names = new Set(chosenNames(view, choice));
  if (!names.delete(name)) names.add(name);
  return {...choice, names};
}

/** All that can be renewed; where all is chosen already, nothing. */
export function allOrNone(view: NodeView, choice: Choice): Choice {
  const all = view.items.flatMap(({name, blocked}) => (blocked === undefined ? [name] : []));
  const isAll = all.every((name) => chosenNames(view, choice).has(name));
  return {...choice, names: new Set(isAll ? [] : all)};
}

export function wishOf(view: NodeView, choice: Choice): RotationWish {
  const names = [...chosenNames(view, choice)];
  const sans = Object.fromEntries(
    names.flatMap((name) => (choice.sans[name] === undefined ? [] : [[name, choice.sans[name]]])),
  );
  return {names, keepsKeys: choice.keepsKeys, validity: choice.validity, sans};
}

/** A name of a certificate, and what is to become of it. */
export interface WishedName {
  readonly value: string;
  readonly state: 'stays' | 'added' | 'removed';
}

/** The names that a certificate has, and those that it is to get. */
export function wishedNames(has: readonly string[], choice: Choice, item: string): readonly WishedName[] {
  const {add, remove} = choice.sans[item] ?? nothingWished;
  return [
    ...has.map((value) => ({value, state: remove.includes(value) ? ('removed' as const) : ('stays' as const)})),
    ...add.map((value) => ({value, state: 'added' as const})),
  ];
}

const nothingWished = {add: [], remove: []} as const;

/** Takes an added name back, or takes a name that is there away, or lets it stay after all. */
export function toggledName(choice: Choice, item: string, {value, state}: WishedName): Choice {
  const {add, remove} = choice.sans[item] ?? nothingWished;
  switch (state) {
    case 'added':
      return withSans(choice, item, {add: add.filter((one) => one !== value), remove});
    case 'removed':
      return withSans(choice, item, {add, remove: remove.filter((one) => one !== value)});
    case 'stays':
      return withSans(choice, item, {add, remove: [...remove, value]});
    default:
      return state satisfies never;
  }
}

/** @returns the choice with the name in it, or why it cannot be one: a sentence, with what to do */
export function withName(
  choice: Choice,
  item: string,
  has: readonly string[],
  typed: string,
): {readonly choice: Choice} | {readonly fault: string} {
  const text = typed.trim();
  const fault = sanFault(text);
  if (fault !== undefined) return {fault: `${fault.message}: ${fault.fix}`};
  const value = normalizeAddress(text) ?? text;
  const {add, remove} = choice.sans[item] ?? nothingWished;
  if (has.includes(value)) {
    return remove.includes(value)
      ? {choice: withSans(choice, item, {add, remove: remove.filter((one) => one !== value)})}
      : {fault: `${value} is among its names already`};
  }
  return add.includes(value)
    ? {fault: `${value} is added already`}
    : {choice: withSans(choice, item, {add: [...add, value], remove})};
}

function withSans(choice: Choice, item: string, wished: {add: readonly string[]; remove: readonly string[]}): Choice {
  const {[item]: _, ...others} = choice.sans;
  const isNothing = wished.add.length + wished.remove.length === 0;
  return {...choice, sans: isNothing ? others : {...others, [item]: wished}};
}

/**
 * The same without a screen: one command for all that is renewed alike, and one more for every certificate that gets
 * names of its own.
 */
export function renewCommands(
  {root, view}: {readonly root: string; readonly view: NodeView},
  choice: Choice,
  restarts: 'all' | 'none',
): readonly (readonly string[])[] {
  const {names, sans, keepsKeys, validity} = wishOf(view, choice);
  const alike = names.filter((name) => sans[name] === undefined);
  const how = [
    ...(root === '/' ? [] : ['--root', root]),
    ...(validity === defaultValidity ? [] : ['--validity', validity]),
    ...(keepsKeys ? ['--same-key'] : []),
    '--yes',
    ...(restarts === 'all' ? ['--restart'] : []),
  ];
  return [
    ...(alike.length === 0 ? [] : [['certwright', 'renew', ...alike, ...how]]),
    ...names.flatMap((name) => {
      const wished = sans[name];
      if (wished === undefined) return [];
      const named = [
        ...wished.add.flatMap((value) => ['--add-san', value]),
        ...wished.remove.flatMap((value) => ['--remove-san', value]),
      ];
      return [['certwright', 'renew', name, ...named, ...how]];
    }),
  ].map((words) => words.map(shellWord));
}
