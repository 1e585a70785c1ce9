import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {startedFrom} from '../../src/wizard/wizard.ts';
import {steps} from '../../src/wizard/steps.ts';
import type {AppEvent} from '../../screens/app-state.ts';
import {appStart, hintsOf, isTyping, reduceApp} from '../../screens/app-state.ts';
import {hasKey, keyTable, liveActions, workingKeys} from '../../screens/keys.ts';
import {toolsOf} from '../../screens/remember.ts';
import type {AppState, Effect} from '../../screens/screen.ts';
import {eventsFor, fakeWorld, highlyAvailablePlan} from '../helpers/fake-services.ts';

const {services} = fakeWorld();
const tools = toolsOf(services);
const begun = appStart(
  startedFrom({kind: 'preset', name: 'kubeadm-ha'}, highlyAvailablePlan, services),
  {columns: 80, rows: 24},
  tools,
);

function play(
  state: AppState,
  events: readonly AppEvent[],
): {readonly state: AppState; readonly effects: readonly Effect[]} {
  const effects: Effect[] = [];
  let current = state;
  for (const event of events) {
    const turn = reduceApp(current, event, tools);
    current = turn.state;
    effects.push(...turn.effects);
  }
  return {state: current, effects};
}

const pressed = (name: string): AppEvent => ({
  kind: 'pressed',
  press: {name, text: name === 'space' ? ' ' : name.length === 1 ? name : ''},
});

const pressable = [
  'up down left right enter enter tab shift-tab esc space backspace delete pageup pagedown pagedown home end',
  'ctrl-u ctrl-w ctrl-k ctrl-s ctrl-g alt-b j k g G a e d p u n t x ? 1 2 3 4 5 9 . ,',
].flatMap((line) => line.split(' '));
const keys = fc.constantFrom(...pressable);
const events: fc.Arbitrary<AppEvent> = fc.oneof(
  {weight: 20, arbitrary: keys.map(pressed)},
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('w-1 10.9.0.1 worker\n', 'nonsense', '\u001b[31m', '')
      .map((text): AppEvent => ({kind: 'pasted', text})),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({columns: fc.integer({min: 1, max: 200}), rows: fc.integer({min: 1, max: 60})})
      .map((size): AppEvent => ({kind: 'resized', size})),
  },
  {
    weight: 1,
    arbitrary: fc.constant<AppEvent>({kind: 'progressed', events: eventsFor(highlyAvailablePlan, 'x').slice(0, 9)}),
  },
  {weight: 1, arbitrary: fc.constant<AppEvent>({kind: 'run-ended', event: {kind: 'issue-stopped'}})},
);

describe('whatever is pressed, in whatever order', () => {
  test('nothing throws, and the screen always has a key that leads on or out', () => {
    fc.assert(
      fc.property(fc.array(events, {maxLength: 80}), (sequence) => {
        const {state} = play(begun, sequence);
        const live = liveActions(hintsOf(state, tools));
        expect(live).toContain('abort');
        expect(live.some((action) => action === 'back' || action === 'quit')).toBe(true);
      }),
      {numRuns: 60},
    );
  });

  test('every key that the help names does what it says', () => {
    fc.assert(
      fc.property(fc.array(events, {maxLength: 40}), (sequence) => {
        const {state} = play(begun, sequence);
        const hints = hintsOf(state, tools);
        const typing = isTyping(state, tools);
        for (const {action, quiet} of hints) {
          const keys = workingKeys(action, hints, typing);
          // A key of the footer that leads nowhere would be missed there.
          if (quiet !== true && !typing) expect(keys, `${action} on ${state.wizard.place.at}`).not.toEqual([]);
        }
      }),
      {numRuns: 60},
    );
  });

  test('no key leaves or writes but those that say so', () => {
    fc.assert(
      fc.property(fc.array(events, {maxLength: 60}), (sequence) => {
        const {effects} = play(begun, sequence);
        expect(effects.filter(({kind}) => kind === 'leave')).toEqual([]);
      }),
      {numRuns: 40},
    );
  });

  test('a step back after a step on shows the same page with the same cursor', () => {
    const pages = fc.nat({max: 3});
    const moves = fc.array(fc.constantFrom('tab', 'down', 'up', 'shift-tab'), {maxLength: 6});
    fc.assert(
      fc.property(pages, moves, (page, steps) => {
        const there = play(begun, [
          ...Array.from({length: page}, () => pressed('pagedown')),
          ...steps.map(pressed),
        ]).state;
        const {place} = there.wizard;
        if (place.at !== 'page') return;
        const returned = play(there, [pressed('pagedown'), pressed('esc')]).state;
        expect(returned.wizard.place).toEqual(place);
        expect(returned.wizard.plan).toEqual(there.wizard.plan);
        expect(returned.views.forms[place.page]?.focus).toBe(there.views.forms[place.page]?.focus);
      }),
      {numRuns: 40},
    );
  });
});

describe('keys', () => {
  test('those in one chunk each see what the one before them did', () => {
    const typed = [...'x1'].map(pressed);
    const {state} = play(begun, [...typed, pressed('tab'), ...typed]);
    expect(state.wizard.plan.cluster.name).toBe('demox1');
    expect(state.wizard.typed['cluster.kubernetesVersion']).toBe('1.36x1');
  });

  test('two actions of a screen share a key only where the first of them is meant', () => {
    const pages = [0, 1, 2, 3, 4, 5].map(
      (page) =>
        play(
          begun,
          Array.from({length: page}, () => pressed('pagedown')),
        ).state,
    );
    const shared = pages.flatMap((state) => {
      const live = liveActions(hintsOf(state, tools));
      return live.flatMap((one, index) =>
        live
          .slice(index + 1)
          .flatMap((other) =>
            keyTable[one].keys.filter((key) => hasKey(other, key)).map((key) => `${one} before ${other}: ${key}`),
          ),
      );
    });
    expect(shared).toEqual([]);
  });

  test('every question of the plan can be reached with Tab', () => {
    const reached = new Set<string>();
    let state = begun;
    for (let step = 0; step < 120 && state.wizard.place.at === 'page'; step += 1) {
      const {page} = state.wizard.place;
      const focus = state.views.forms[page]?.focus ?? '';
      reached.add(focus);
      const tabbed = play(state, [focus === 'more' ? pressed('space') : pressed('tab')]).state;
      state =
        tabbed === state || tabbed.views.forms[page]?.focus === focus ? play(state, [pressed('enter')]).state : tabbed;
    }
    const visible = steps.filter((step) => step.when(highlyAvailablePlan)).map(({id}) => id);
    expect(visible.filter((id) => !reached.has(id))).toEqual([]);
  });
});

test('leaving while something is issued clears it away first; the second Ctrl-C does not wait', () => {
  const issuing: AppState = {
    ...begun,
    wizard: {...begun.wizard, place: {at: 'issuing', stopping: false}},
  };
  const first = play(issuing, [pressed('ctrl-c')]);
  expect(first.effects).toEqual([{kind: 'stop-set-up'}]);
  expect(play(first.state, [pressed('ctrl-c')]).effects).toEqual([{kind: 'leave', exitCode: 130}]);
  expect(play(first.state, [{kind: 'run-ended', event: {kind: 'issue-stopped'}}]).effects).toEqual([
    {kind: 'leave', exitCode: 130},
  ]);
});
