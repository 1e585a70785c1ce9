import type {ActionId, Hint} from './keys.ts';
import {keyGroupIds, keyGroups, keyTable, liveActions, textActions, workingKeys} from './keys.ts';
import type {Line} from './parts/text.ts';
import {blank, line, pad, span} from './parts/text.ts';

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
  const live = [...new Set([...liveActions(hints), ...(isTyping ? textActions : [])])];
  const alive = live.filter((id) => workingKeys(id, hints, isTyping).length > 0);
  const sections = keyGroupIds.flatMap((group): readonly Line[] => {
    const actions = alive.filter((id) => keyTable[id].group === group);
    if (actions.length === 0) return [];
    return [
      blank,
      line(keyGroups[group], 'title'),
      ...actions.map((id) => actionLine(id, workingKeys(id, hints, isTyping), keyName)),
    ];
  });
  return [line('Keys that work here', 'accent'), ...sections];
}

function actionLine(id: ActionId, keys: readonly string[], keyName: (key: string) => string): Line {
  const shown = id === 'digit' ? '1 … 9' : keys.map(keyName).join('  ');
  return [span(`  ${pad(shown, keyColumn)}`, 'key'), span(keyTable[id].description)];
}
