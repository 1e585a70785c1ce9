import {readMapChoice, type MapChoice} from '../../../src/journeys/map-choice.ts';
import {walkMap} from '../../../src/report/map-walk.ts';
import {certificateIds, topicNamed} from '../../../src/report/map-topics.ts';
import type {ActionId, Hint} from '../../keys.ts';
import {isListMove, type ListMove, listStart, moveInList} from '../../parts/list-state.ts';
import {scrollHints, scrollText} from '../../parts/scroll.ts';
import {insertText} from '../../parts/text-field-state.ts';
import type {Around, Room, RoomTurn} from '../room.ts';
import {stay} from '../room.ts';
import {choosing, choosingHints} from './map-choosing.ts';
import {detailHead, detailRows, mapLines} from './map-screen-lines.ts';
import {type Drawn, type MapAsk, type MapTab, mapTabs, type MapTell, type MapView} from './map-state.ts';

type MapTurn = RoomTurn<MapView, MapAsk>;

/** The figure is walked over with the arrow keys; connections and certificates are lists beside it. */
export const mapRoom: Room<MapView, MapAsk, MapTell> = {
  enter: (view, given) => {
    if (given === undefined) return view.drawn.kind === 'none' ? open(view, view.choice) : stay(view);
    const {choice, what} = readMapChoice(given);
    return open({...view, wanted: what}, choice);
  },
  crumbs: ({drawn, at, choosing: chooses}) => [
    ...(drawn.kind === 'drawn' ? [drawn.name] : []),
    ...(chooses === undefined ? (at === 'map' ? [] : [at]) : ['another map']),
  ],
  progress: ({drawn}) => (drawn.kind === 'drawn' ? triedWords(drawn) : ''),
  hints: hintsOf,
  hasMap: ({choosing: chooses, details, drawn}) =>
    chooses === undefined && details === undefined && drawn.kind === 'drawn',
  isTyping: ({choosing: chooses}) => chooses?.field !== undefined,
  act: (view, action, around) => {
    if (view.choosing !== undefined) return choosing(view, view.choosing, action, around, open);
    return view.details === undefined
      ? actOnMap(view, action, around)
      : actOnDetails(view, view.details, action, around);
  },
  type: (view, text) => typed(view, text),
  take: (view, tell) => stay(taken(view, tell)),
  paint: (view, around) => mapLines(view, around),
};

function open(view: MapView, choice: MapChoice): MapTurn {
  const next: MapView = {...view, choice, drawn: {kind: 'reading'}, details: undefined, choosing: undefined};
  return stay(next, {kind: 'open', choice});
}

function triedWords({cluster, unread, verdicts, isTrying}: Extract<Drawn, {kind: 'drawn'}>): string {
  const count = cluster.map.arrows.reduce((sum, {instances}) => sum + instances.length, 0);
  if (isTrying) return `tried ${verdicts.size}/${count}`;
  if (verdicts.size === 0) return '';
  const lacking = unread === 0 ? '' : `, ${unread} unread`;
  const failing = [...verdicts.values()].filter(({kind}) => kind === 'failed').length;
  return (failing === 0 ? 'nothing fails' : `${failing} of ${count} calls fail`) + lacking;
}

function hintsOf(view: MapView, around: Around): readonly Hint[] {
  const {choosing: chooses, details, drawn, at, choice} = view;
  if (chooses !== undefined) return choosingHints(chooses);
  if (details !== undefined) {
    const count = detailRows(view, around).length;
    return [{action: 'back', label: 'map'}, ...scrollHints({count, height: around.layout.height - detailHead})];
  }
  if (drawn.kind !== 'drawn') return [{action: 'other-map'}, {action: 'look-again'}, {action: 'back'}];
  return [
    ...(at === 'map'
      ? ([
          {action: 'up', with: 'down', keys: 'arrows', label: 'walk'},
          {action: 'walk-left', with: 'walk-right', quiet: true},
        ] as const)
      : ([
          {action: 'up', with: 'down', label: at === 'connections' ? 'connection' : 'certificate'},
          {action: 'page-up', with: 'page-down', quiet: true},
          {action: 'first', with: 'last', quiet: true},
        ] as const)),
    {action: 'accept', label: 'all of it'},
    {action: 'next-view', label: at === 'map' ? 'lists' : nextTab(at, 1)},
    {action: 'previous-view', quiet: true},
    {action: 'other-map'},
    // A preset is the same however often one looks.
    ...(choice.kind === 'preset' ? [] : ([{action: 'look-again'}] as const)),
    {action: 'back'},
  ];
}

function nextTab(at: MapTab, step: number): MapTab {
  return mapTabs[(mapTabs.indexOf(at) + step + mapTabs.length) % mapTabs.length] ?? 'map';
}

/** What is not done by then is begun anew when one comes back. */
function left(view: MapView): MapTurn {
  const {drawn} = view;
  const isGoingOn = drawn.kind === 'reading' || (drawn.kind === 'drawn' && drawn.isTrying);
  return isGoingOn
    ? {view: {...view, drawn: {kind: 'none'}}, asks: [{kind: 'stop'}], isLeft: true}
    : {view, isLeft: true};
}

const sides: Readonly<Partial<Record<ActionId, 'up' | 'right' | 'down' | 'left'>>> = {
  up: 'up',
  down: 'down',
  'walk-left': 'left',
  'walk-right': 'right',
};

function actOnMap(view: MapView, action: ActionId, around: Around): MapTurn {
  const {drawn, at, spot} = view;
  if (action === 'back') return left(view);
  if (action === 'other-map') return stay({...view, choosing: {list: listStart, field: undefined}});
  if (action === 'look-again') return open(view, view.choice);
  if (drawn.kind !== 'drawn') return stay(view);
  if (action === 'accept') return stay({...view, details: 0});
  if (action === 'next-view') return stay({...view, at: nextTab(at, 1)});
  if (action === 'previous-view') return stay({...view, at: nextTab(at, -1)});
  const side = sides[action];
  if (at === 'map') return stay(side === undefined ? view : {...view, spot: walkMap(drawn.cluster.map, spot, side)});
  return stay(isListMove(action) ? movedInTab(view, drawn, action, around) : view);
}

function movedInTab(
  view: MapView,
  {cluster}: Extract<Drawn, {kind: 'drawn'}>,
  move: ListMove,
  {layout}: Around,
): MapView {
  const to = (ids: readonly string[], from: string | undefined): string => {
    const cursor = Math.max(0, ids.indexOf(from ?? ''));
    return ids[moveInList({cursor, top: 0}, move, ids.length, layout.height).cursor] ?? '';
  };
  if (view.at === 'certificates') return {...view, certificate: to(certificateIds(cluster), view.certificate)};
  const ids = cluster.map.arrows.map(({id}) => id);
  return {...view, spot: {kind: 'connection', id: to(ids, connectionOf(view, ids))}};
}

/** The list of connections begins where one stands on the figure. */
function connectionOf({spot}: MapView, ids: readonly string[]): string | undefined {
  return spot.kind === 'connection' ? spot.id : ids[0];
}

function actOnDetails(view: MapView, top: number, action: ActionId, around: Around): MapTurn {
  if (action === 'back') return stay({...view, details: undefined});
  if (!isListMove(action)) return stay(view);
  const count = detailRows(view, around).length;
  return stay({...view, details: scrollText(top, action, count, around.layout.height - detailHead)});
}

function typed(view: MapView, text: string): MapTurn {
  const {choosing: chooses} = view;
  if (chooses?.field === undefined) return stay(view);
  return stay({...view, choosing: {...chooses, field: insertText(chooses.field, text)}});
}

function taken(view: MapView, tell: MapTell): MapView {
  const {drawn} = view;
  switch (tell.kind) {
    case 'opened':
      return placed({
        ...view,
        drawn: {
          kind: 'drawn',
          name: tell.name,
          cluster: tell.cluster,
          unread: tell.unread,
          verdicts: new Map(),
          isTrying: tell.isTrying,
        },
      });
    case 'judged': {
      if (drawn.kind !== 'drawn') return view;
      const verdicts = new Map(drawn.verdicts);
      for (const {connection, verdict} of tell.judged) verdicts.set(connection, verdict);
      return {...view, drawn: {...drawn, verdicts}};
    }
    case 'tried':
      return drawn.kind === 'drawn' ? {...view, drawn: {...drawn, isTrying: false}} : view;
    case 'failed':
      return {...view, drawn: {kind: 'failed', failure: tell.failure}};
    default:
      return tell satisfies never;
  }
}

/** Where one stands: what the command line named, or where one was, as far as the new map has it. */
function placed(view: MapView): MapView {
  const {drawn, wanted, spot} = view;
  if (drawn.kind !== 'drawn') return view;
  const {cluster} = drawn;
  const topic = wanted === undefined ? undefined : topicNamed(cluster, wanted);
  const next: MapView = {...view, wanted: undefined, certificate: undefined};
  if (topic?.kind === 'certificate') return {...next, at: 'certificates', certificate: topic.id};
  if (topic !== undefined) return {...next, at: 'map', spot: topic};
  const {boxes, arrows} = cluster.map;
  if ([...boxes, ...arrows].some(({id}) => id === spot.id)) return next;
  const [first] = boxes;
  return first === undefined ? next : {...next, spot: {kind: 'component', id: first.id}};
}
