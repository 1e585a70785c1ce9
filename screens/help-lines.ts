import type {ActionId, Hint, KeyGroup} from './keys.ts';
import {keyGroups, keyTable, liveActions, textActions} from './keys.ts';
import type {Line} from './parts/text.ts';
import {blank, line, pad, span} from './parts/text.ts';

const groupIds = ['answer', 'table', 'view', 'move', 'text', 'everywhere'] as const satisfies readonly KeyGroup[];
const keyColumn = 24;

/**
 * The keys that are alive now, by what they are for.
 *
 * @param keyName how the terminal shows a key: `↑` or `up`
 */
export function helpLines(
  hints: readonly Hint[],
  isTyping: boolean,
  keyName: (key: string) => string,
): readonly Line[] {
  const alive = [...new Set([...liveActions(hints), ...(isTyping ? textActions : [])])];
  const sections = groupIds.flatMap((group): readonly Line[] => {
    const actions = alive.filter((id) => keyTable[id].group === group);
    if (actions.length === 0) return [];
    return [blank, line(keyGroups[group], 'title'), ...actions.map((id) => actionLine(id, isTyping, keyName))];
  });
  return [line('Keys that work here', 'accent'), ...sections];
}

function actionLine(id: ActionId, isTyping: boolean, keyName: (key: string) => string): Line {
  const all: readonly string[] = keyTable[id].keys;
  // While typing, letters type.
  const keys = isTyping ? all.filter((key) => key.length > 1 && key !== 'space') : all;
  const shown = id === 'digit' ? '1 … 9' : keys.map(keyName).join('  ');
  return [span(`  ${pad(shown, keyColumn)}`, 'key'), span(keyTable[id].description)];
}
