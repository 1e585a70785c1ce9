import type {ActionId, Hint} from './keys.ts';
import {keyGroupIds, keyGroups, keyTable, liveActions, textActions, workingKeys} from './keys.ts';
import type {Line} from './parts/text.ts';
import {blank, line, pad, span, wrap} from './parts/text.ts';

/** What stands on a screen beside words, and what it means. */
export interface SignTable {
  readonly title: string;
  readonly signs: readonly {readonly sign: string; readonly means: string}[];
}

export interface Helped {
  readonly hints: readonly Hint[];
  readonly isTyping: boolean;
  /** undefined = there are none to explain. */
  readonly signs: SignTable | undefined;
  /** Cells. */
  readonly width: number;
}

const keyColumn = 24;
const signColumn = 8;

/**
 * The keys that are alive now, by what they are for; what is drawn on the screen comes first, for it can be read nowhere
 * else.
 *
 * @param keyName how the terminal shows a key: `↑` or `up`
 */
export function helpLines({hints, isTyping, signs, width}: Helped, keyName: (key: string) => string): readonly Line[] {
  const live = [...new Set([...liveActions(hints), ...(isTyping ? textActions : [])])];
  const alive = live.filter((id) => workingKeys(id, hints, isTyping).length > 0);
  const sections = keyGroupIds.flatMap((group): readonly Line[] => {
    const actions = alive.filter((id) => keyTable[id].group === group);
    if (actions.length === 0) return [];
    return [
      blank,
      line(keyGroups[group], 'title'),
      ...actions.flatMap((id) =>
        row(keysOf(id, workingKeys(id, hints, isTyping), keyName), keyTable[id].description, keyColumn, width),
      ),
    ];
  });
  return [...signLines(signs, width), line('Keys that work here', 'accent'), ...sections];
}

function signLines(table: SignTable | undefined, width: number): readonly Line[] {
  if (table === undefined) return [];
  return [
    line(table.title, 'accent'),
    ...table.signs.flatMap(({sign, means}) => row(sign, means, signColumn, width)),
    blank,
  ];
}

/** What it means is wrapped under itself. */
function row(name: string, means: string, column: number, width: number): readonly Line[] {
  return wrap(means, Math.max(16, width - column - 2)).map((text, index) => [
    span(`  ${pad(index === 0 ? name : '', column)}`, 'key'),
    span(text),
  ]);
}

function keysOf(id: ActionId, keys: readonly string[], keyName: (key: string) => string): string {
  return id === 'digit' ? '1 … 9' : keys.map(keyName).join('  ');
}
