import {lessonsIn} from '../../../src/lessons/languages.ts';
import {stories, type Story, type StoryId, storyIds, type StoryStep} from '../../../src/lessons/stories.ts';
import type {ActionId, Hint} from '../../keys.ts';
import {isListMove, moveInList, placeInList} from '../../parts/list-state.ts';
import {scrollHints, scrollText} from '../../parts/scroll.ts';
import {countingGlyphs} from '../../theme.ts';
import type {Around, Room, RoomTurn} from '../room.ts';
import {stay} from '../room.ts';
import {paintStories, scrolledPart, showsMap} from './stories-lines.ts';
import type {OpenStory, StoriesAsk, StoriesTell, StoriesView, Thing} from './stories-state.ts';

/** Stories are chosen from a list and read step by step; what is real in a step is made while it is read. */
export const storiesRoom: Room<StoriesView, StoriesAsk, StoriesTell> = {
  enter: (view, given) => {
    const asks: readonly StoriesAsk[] = [
      ...(view.read === undefined ? ([{kind: 'learnt'}] as const) : []),
      ...(view.map === undefined ? ([{kind: 'map'}] as const) : []),
    ];
    const named = storyIds.find((id) => id === given);
    if (named === undefined) return stay(view, ...asks);
    const opened = openStory(view, named);
    return {...opened, asks: [...asks, ...(opened.asks ?? [])]};
  },
  crumbs: ({open}) => (open === undefined ? [] : [open.id]),
  progress: ({open}) => (open === undefined ? '' : `step ${open.step + 1}/${storyCalled(open.id).steps.length}`),
  hints: (view, around) => (view.open === undefined ? listHints : openHints(view, view.open, around)),
  hasMap: (view, {layout, tools}) => showsMap(view, layout, lessonsIn(tools.language), countingGlyphs),
  isTyping: () => false,
  act: (view, action, around) =>
    view.open === undefined ? actInList(view, action, around) : actInStory(view, view.open, action, around),
  take: (view, tell) => {
    switch (tell.kind) {
      case 'learnt':
        return stay({...view, read: new Set([...(view.read ?? []), ...tell.stories])});
      case 'map':
        return stay({...view, map: tell.map});
      case 'made':
        return stay(withThing(view, tell.id, {kind: 'made', artefact: tell.artefact}));
      case 'failed':
        return stay(withThing(view, tell.id, {kind: 'failed', failure: tell.failure}));
      default:
        return tell satisfies never;
    }
  },
  paint: (view, {layout, tools, glyphs}) => paintStories(view, layout, lessonsIn(tools.language), glyphs),
};

const listHints: readonly Hint[] = [
  {action: 'accept', label: 'read'},
  {action: 'up', with: 'down', label: 'story'},
  {action: 'page-up', with: 'page-down', quiet: true},
  {action: 'first', with: 'last', quiet: true},
  {action: 'back'},
];

function openHints(view: StoriesView, open: OpenStory, around: Around): readonly Hint[] {
  const {id, step, shows} = open;
  const {steps} = storyCalled(id);
  const hasThing = steps[step]?.artefact !== undefined;
  return [
    {action: 'story-next', label: step + 1 < steps.length ? 'next' : 'done'},
    // Where there is none, the key says so.
    hasThing
      ? {action: 'real-thing', label: shows === 'thing' ? 'the step' : 'real thing'}
      : {action: 'real-thing', quiet: true},
    ...(step === 0 ? [] : [{action: 'story-before'} as const]),
    {action: 'back', label: shows === 'thing' ? 'the step' : 'stories'},
    ...scrollHints(scrolledPart(view, around.layout, lessonsIn(around.tools.language), countingGlyphs)),
  ];
}

type Turned = RoomTurn<StoriesView, StoriesAsk>;

function actInList(view: StoriesView, action: ActionId, {layout}: Around): Turned {
  if (isListMove(action)) {
    return stay({...view, list: moveInList(view.list, action, stories.length, layout.height)});
  }
  if (action === 'back') return {view, isLeft: true};
  const chosen = storyIds[view.list.cursor];
  return action === 'accept' && chosen !== undefined ? openStory(view, chosen) : stay(view);
}

function openStory(view: StoriesView, id: StoryId): Turned {
  const row = storyIds.indexOf(id);
  const list = placeInList(view.list, row, storyIds.length, storyIds.length);
  return atStep({...view, list}, view.left.get(id) ?? {id, step: 0, shows: 'step', top: 0});
}

/** Comes to a step, and has its thing made where that has not happened yet. */
function atStep(view: StoriesView, open: OpenStory): Turned {
  const thing = stepOf(open)?.artefact;
  const known = thing === undefined ? undefined : view.things.get(thing);
  // What has failed is tried again.
  if (thing === undefined || known?.kind === 'made' || known?.kind === 'making') return stay({...view, open});
  return stay(withThing({...view, open}, thing, {kind: 'making'}), {kind: 'make', id: thing});
}

function actInStory(view: StoriesView, open: OpenStory, action: ActionId, around: Around): Turned {
  if (isListMove(action)) {
    const {count, height} = scrolledPart(view, around.layout, lessonsIn(around.tools.language), countingGlyphs);
    return stay({...view, open: {...open, top: scrollText(open.top, action, count, height)}});
  }
  const {id, step, shows} = open;
  switch (action) {
    case 'back':
      return shows === 'thing'
        ? stay({...view, open: {...open, shows: 'step', top: 0}})
        : stay({...view, open: undefined, left: new Map([...view.left, [id, open]])});
    case 'real-thing':
      if (stepOf(open)?.artefact === undefined)
        return {view, says: 'There is nothing to show for this step but its words.'};
      return stay({...view, open: {...open, shows: shows === 'thing' ? 'step' : 'thing', top: 0}});
    case 'story-before':
      return step === 0 ? stay(view) : atStep(view, {id, step: step - 1, shows: 'step', top: 0});
    case 'story-next':
      return step + 1 < storyCalled(id).steps.length
        ? atStep(view, {id, step: step + 1, shows: 'step', top: 0})
        : stay(readToTheEnd(view, id), {kind: 'remember', story: id});
    default:
      return stay(view);
  }
}

/** Back in the list, at the story that comes after it. */
function readToTheEnd(view: StoriesView, id: StoryId): StoriesView {
  const next = Math.min(storyIds.indexOf(id) + 1, storyIds.length - 1);
  const list = placeInList(view.list, next, storyIds.length, storyIds.length);
  const left = new Map([...view.left].filter(([each]) => each !== id));
  return {...view, list, left, read: new Set([...(view.read ?? []), id]), open: undefined};
}

function withThing(view: StoriesView, id: NonNullable<StoryStep['artefact']>, thing: Thing): StoriesView {
  return {...view, things: new Map([...view.things, [id, thing]])};
}

function stepOf({id, step}: OpenStory): StoryStep | undefined {
  return storyCalled(id).steps[step];
}

function storyCalled(id: StoryId): Story {
  const story = stories.find((each) => each.id === id);
  if (story === undefined) throw new TypeError(`no story ${id}`);
  return story;
}
