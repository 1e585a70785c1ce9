import type {KeyPress} from './key-press.ts';

/** The one table of keys: key handling, footers, the help overlay and the documentation page read it. */
export interface KeyAction {
  /** Spelled as in `KeyPress.name`; the first is the one that a footer shows. */
  readonly keys: readonly [string, ...string[]];
  /** For footers: one or two words; a screen may say it more closely. */
  readonly label: string;
  /** For help and documentation: what it does. */
  readonly description: string;
  readonly group: KeyGroup;
  /** Takes something away; never the first thing a footer offers. */
  readonly dangerous?: true;
}

export const keyGroups = {
  move: 'Moving',
  answer: 'Answering',
  table: 'In a table',
  view: 'Looking',
  text: 'In a text field',
  everywhere: 'Everywhere',
} as const;
export type KeyGroup = keyof typeof keyGroups;
/** In the order of help and documentation: what is pressed most comes first. */
export const keyGroupIds = [
  'answer',
  'table',
  'view',
  'move',
  'text',
  'everywhere',
] as const satisfies readonly KeyGroup[];

export const keyTable = {
  up: {keys: ['up', 'k', 'ctrl-p'], label: 'up', description: 'one up', group: 'move'},
  down: {keys: ['down', 'j', 'ctrl-n'], label: 'down', description: 'one down', group: 'move'},
  'page-up': {keys: ['pageup', 'ctrl-u'], label: 'page up', description: 'one page up', group: 'move'},
  'page-down': {keys: ['pagedown', 'ctrl-d'], label: 'page down', description: 'one page down', group: 'move'},
  first: {keys: ['g', 'home'], label: 'top', description: 'to the first row', group: 'move'},
  last: {keys: ['G', 'end'], label: 'bottom', description: 'to the last row', group: 'move'},
  accept: {keys: ['enter'], label: 'next', description: 'take this answer and go on', group: 'answer'},
  'next-field': {keys: ['tab'], label: 'next field', description: 'to the next field', group: 'answer'},
  'previous-field': {keys: ['shift-tab'], label: 'field before', description: 'to the field before', group: 'answer'},
  toggle: {keys: ['space', 'x'], label: 'choose', description: 'choose it and stay here', group: 'answer'},
  'choose-all': {
    keys: ['ctrl-a'],
    label: 'all',
    description: 'choose all that can be chosen; once more: nothing',
    group: 'answer',
  },
  'choose-needed': {keys: ['='], label: 'as needed', description: 'choose what needs it, as at first', group: 'answer'},
  options: {
    keys: ['o'],
    label: 'how',
    description: 'for how long the new certificates hold, and with which keys',
    group: 'answer',
  },
  back: {
    keys: ['esc'],
    label: 'back',
    description: 'close what is open, else one step back; no answer is lost',
    group: 'answer',
  },
  compare: {
    keys: ['c'],
    label: 'compare',
    description: 'mark this option and hold others against it; once more ends that',
    group: 'view',
  },
  'in-full': {
    keys: ['v', 'ctrl-o', 'right', 'l'],
    label: 'in full',
    description: 'what the answer means for this plan, on the whole screen',
    group: 'view',
  },
  add: {keys: ['a', '+'], label: 'add', description: 'add a row', group: 'table'},
  edit: {keys: ['e'], label: 'edit', description: 'edit the row', group: 'table'},
  remove: {keys: ['d', 'delete'], label: 'remove', description: 'remove the row', group: 'table', dangerous: true},
  'paste-lines': {
    keys: ['p'],
    label: 'paste lines',
    description: 'paste or type many rows, one a line',
    group: 'table',
  },
  duplicate: {
    keys: ['c'],
    label: 'copy',
    description: 'add a row like this one, under the next free name and address',
    group: 'table',
  },
  'move-row-up': {keys: ['K'], label: 'move up', description: 'move the row up', group: 'table'},
  'move-row-down': {keys: ['J'], label: 'move row', description: 'move the row down', group: 'table'},
  'role-control-plane': {
    keys: ['C'],
    label: 'control plane',
    description: 'give the node the role control-plane, or take it',
    group: 'table',
  },
  'role-etcd': {keys: ['E'], label: 'etcd', description: 'give the node the role etcd, or take it', group: 'table'},
  'role-worker': {
    keys: ['W'],
    label: 'worker',
    description: 'give the node the role worker, or take it',
    group: 'table',
  },
  import: {
    keys: ['i'],
    label: 'import',
    description: 'take nodes from a hosts file or from kubectl',
    group: 'table',
  },
  open: {keys: ['right', 'l', 'enter'], label: 'open', description: 'open the group, or the details', group: 'view'},
  close: {keys: ['left', 'h'], label: 'close', description: 'close the group', group: 'view'},
  digit: {
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    label: 'view',
    description: 'to the option or view of that number',
    group: 'view',
  },
  filter: {
    keys: ['/'],
    label: 'filter',
    description: 'only rows with these words: names, addresses, flags, values, paths',
    group: 'view',
  },
  sort: {keys: ['s'], label: 'order', description: 'the rows in the next order', group: 'view'},
  'walk-left': {keys: ['left', 'h'], label: 'left', description: 'along a connection to the left', group: 'move'},
  'walk-right': {keys: ['right', 'l'], label: 'right', description: 'along a connection to the right', group: 'move'},
  'next-view': {keys: ['tab'], label: 'view', description: 'to the next view', group: 'view'},
  'previous-view': {keys: ['shift-tab'], label: 'view before', description: 'to the view before', group: 'view'},
  'other-map': {
    keys: ['s'],
    label: 'other map',
    description: 'the map of another preset, of a plan, a bundle or a node',
    group: 'view',
  },
  details: {
    keys: ['v'],
    label: 'look closer',
    description: 'all about the row, with links to what belongs to it',
    group: 'view',
  },
  'open-all': {keys: ['*'], label: 'open all', description: 'open every group', group: 'view'},
  'close-all': {keys: ['-'], label: 'close all', description: 'close every group', group: 'view'},
  form: {
    keys: ['f'],
    label: 'as a file',
    description: 'the component as unit, pod, YAML or flags file; again for the next form',
    group: 'view',
  },
  copy: {keys: ['y'], label: 'copy', description: 'copy it; again for the next part of it', group: 'view'},
  export: {keys: ['w'], label: 'export', description: 'write the whole preview to a file', group: 'view'},
  replace: {
    keys: ['ctrl-o'],
    label: 'replace it',
    description: 'write over the file that is there',
    group: 'answer',
    dangerous: true,
  },
  group: {keys: ['t'], label: 'group', description: 'group by authority or by node', group: 'view'},
  reveal: {
    keys: ['r', 'ctrl-r'],
    label: 'show it',
    description: 'show the secret for ten seconds, or hide it (Ctrl-R while typing)',
    group: 'view',
  },
  view: {keys: ['v'], label: 'look at it', description: 'look at it in full', group: 'view'},
  drafts: {
    keys: ['o'],
    label: 'drafts',
    description: 'what runs have left that ended before they were done',
    group: 'view',
  },
  'story-next': {
    keys: ['right', 'l', 'enter'],
    label: 'next',
    description: 'on to the next step of the story',
    group: 'view',
  },
  'story-before': {keys: ['left', 'h'], label: 'before', description: 'to the step before', group: 'view'},
  'real-thing': {
    keys: ['tab', 'v'],
    label: 'real thing',
    description: 'what was made for this step, on the whole screen; once more: the step',
    group: 'view',
  },
  'look-again': {keys: ['r'], label: 'look again', description: 'look at the files again', group: 'view'},
  'real-programs': {
    keys: ['r'],
    label: 'with real programs',
    description: 'start real etcd and kube-apiserver with the broken files, and show what they log',
    group: 'view',
  },
  connections: {
    keys: ['c'],
    label: 'connections',
    description: 'the other connections that use what is broken',
    group: 'view',
  },
  'on-map': {keys: ['m'], label: 'map', description: 'on the map of the cluster', group: 'view'},
  folder: {keys: ['f'], label: 'other folder', description: 'look at the files of a node in a folder', group: 'view'},
  continue: {keys: ['n'], label: 'next step', description: 'on to the next step', group: 'view'},
  undo: {keys: ['u'], label: 'undo', description: 'take back what was done to the table last', group: 'table'},
  'caret-left': {keys: ['left', 'ctrl-b'], label: 'left', description: 'one character left', group: 'text'},
  'caret-right': {keys: ['right', 'ctrl-f'], label: 'right', description: 'one character right', group: 'text'},
  'word-left': {keys: ['alt-b'], label: 'word left', description: 'one word left (also Ctrl-Left)', group: 'text'},
  'word-right': {keys: ['alt-f'], label: 'word right', description: 'one word right (also Ctrl-Right)', group: 'text'},
  'line-start': {keys: ['home', 'ctrl-a'], label: 'start', description: 'to the start of the line', group: 'text'},
  'line-end': {keys: ['end', 'ctrl-e'], label: 'end', description: 'to the end of the line', group: 'text'},
  'erase-left': {
    keys: ['backspace'],
    label: 'erase',
    description: 'erase the character before the cursor',
    group: 'text',
  },
  'erase-right': {
    keys: ['delete', 'ctrl-d'],
    label: 'erase',
    description: 'erase the character under the cursor',
    group: 'text',
  },
  'erase-word': {keys: ['ctrl-w'], label: 'erase word', description: 'erase the word before the cursor', group: 'text'},
  'erase-to-start': {keys: ['ctrl-u'], label: 'clear', description: 'erase to the start of the line', group: 'text'},
  'erase-to-end': {keys: ['ctrl-k'], label: 'clear rest', description: 'erase to the end of the line', group: 'text'},
  save: {
    keys: ['ctrl-s'],
    label: 'save plan',
    description: 'save the plan as a file; there is no secret in it',
    group: 'everywhere',
  },
  help: {
    keys: ['?', 'ctrl-g'],
    label: 'help',
    description: 'show or hide these keys (Ctrl-G while typing)',
    group: 'everywhere',
  },
  suspend: {
    keys: ['ctrl-z'],
    label: 'suspend',
    description: 'back to the shell; fg leads here again',
    group: 'everywhere',
  },
  quit: {
    keys: ['q', 'ctrl-q'],
    label: 'quit',
    description: 'leave; what is written stays (Ctrl-Q while typing)',
    group: 'everywhere',
  },
  abort: {
    keys: ['ctrl-c'],
    label: 'abort',
    description: 'stop and leave at once (exit code 130)',
    group: 'everywhere',
    dangerous: true,
  },
} as const satisfies Record<string, KeyAction>;

export type ActionId = keyof typeof keyTable;
/** In the order of the table. */
export const actionIds = Object.keys(keyTable).filter((id): id is ActionId => id in keyTable);

/** Actions of a text field: alive whenever one has the focus. */
export type TextAction = {[Id in ActionId]: (typeof keyTable)[Id]['group'] extends 'text' ? Id : never}[ActionId];
export const textActions = actionIds.filter((id): id is TextAction => keyTable[id].group === 'text');

/** An action that is alive on a screen, with the word that fits there. `with` shows a twin beside it: `↑↓ move`. */
export interface Hint {
  readonly action: ActionId;
  readonly with?: ActionId;
  readonly label?: string;
  /** Shown instead of the keys, where only some of them lead somewhere: `1-5`. */
  readonly keys?: string;
  /** Alive and in the help, but not worth a place in the footer. */
  readonly quiet?: true;
}

export type Resolved =
  | {readonly kind: 'action'; readonly action: ActionId; readonly key: string}
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'nothing'};

/**
 * What a key means here. While typing, keys that type a character type it; the actions of a text field come before
 * the screen's where both know a key.
 */
export function resolveKey(press: KeyPress, hints: readonly Hint[], typing: boolean): Resolved {
  const live = liveActions(hints);
  if (typing) {
    if (press.text !== '') return {kind: 'text', text: press.text};
    const editing = textActions.find((id) => hasKey(id, press.name));
    if (editing !== undefined) return {kind: 'action', action: editing, key: press.name};
    const claimed = live.find((id) => hasKey(id, press.name));
    return claimed === undefined ? {kind: 'nothing'} : {kind: 'action', action: claimed, key: press.name};
  }
  const action = live.find((id) => hasKey(id, press.name));
  return action === undefined ? {kind: 'nothing'} : {kind: 'action', action, key: press.name};
}

/** The keys that lead to the action here: not those that type, and not those that another action takes before it. */
export function workingKeys(action: ActionId, hints: readonly Hint[], typing: boolean): readonly string[] {
  return keyTable[action].keys.filter((name) => {
    const resolved = resolveKey({name, text: textOf(name)}, hints, typing);
    return resolved.kind === 'action' && resolved.action === action;
  });
}

function textOf(name: string): string {
  if (name === 'space') return ' ';
  return name.length === 1 ? name : '';
}

export function liveActions(hints: readonly Hint[]): readonly ActionId[] {
  return hints.flatMap((hint) => (hint.with === undefined ? [hint.action] : [hint.action, hint.with]));
}

export function hasKey(action: ActionId, name: string): boolean {
  const keys: readonly string[] = keyTable[action].keys;
  return keys.includes(name);
}

export function isTextAction(action: ActionId): action is TextAction {
  return keyTable[action].group === 'text';
}
