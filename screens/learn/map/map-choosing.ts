import type {MapChoice} from '../../../src/journeys/map-choice.ts';
import {type ActionId, type Hint, isTextAction} from '../../keys.ts';
import {isListMove, moveInList} from '../../parts/list-state.ts';
import {editText, textField} from '../../parts/text-field-state.ts';
import type {Around, RoomTurn} from '../room.ts';
import {stay} from '../room.ts';
import {choiceRows} from './map-choices.ts';
import type {Choosing, MapAsk, MapView} from './map-state.ts';

export function choosingHints({field}: Choosing): readonly Hint[] {
  return field === undefined
    ? [
        {action: 'accept', label: 'draw it'},
        {action: 'up', with: 'down', label: 'map'},
        {action: 'first', with: 'last', quiet: true},
        {action: 'back'},
      ]
    : [{action: 'accept', label: 'draw it'}, {action: 'back'}];
}

/** Another map is chosen from a list; a plan, a bundle and a node's files are asked for their paths. */
export function choosing(
  view: MapView,
  at: Choosing,
  action: ActionId,
  {tools, layout}: Around,
  open: (view: MapView, choice: MapChoice) => RoomTurn<MapView, MapAsk>,
): RoomTurn<MapView, MapAsk> {
  const {list, field} = at;
  const rows = choiceRows(tools);
  const chosen = rows[list.cursor];
  const now = (next: Choosing | undefined): RoomTurn<MapView, MapAsk> => stay({...view, choosing: next});
  if (field !== undefined) {
    if (isTextAction(action)) return now({...at, field: editText(field, action)});
    if (action === 'back') return now({...at, field: undefined});
    const text = field.text.trim();
    const kind = chosen?.choice.kind;
    if (action !== 'accept' || text === '' || kind === undefined || kind === 'here') return stay(view);
    return open(view, {kind, text});
  }
  if (isListMove(action)) return now({...at, list: moveInList(list, action, rows.length, layout.height)});
  if (action === 'back') return now(undefined);
  if (action !== 'accept' || chosen === undefined) return stay(view);
  return 'label' in chosen.choice ? now({...at, field: textField('')}) : open(view, chosen.choice);
}
