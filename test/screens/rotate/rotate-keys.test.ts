import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {AppEvent} from '../../../screens/app-state.ts';
import {appStart, hintsOf, isTyping, reduceApp} from '../../../screens/app-state.ts';
import {hasKey, keyTable, liveActions, workingKeys} from '../../../screens/keys.ts';
import {toolsOf} from '../../../screens/remember.ts';
import {beginRotation} from '../../../screens/rotate/rotation-run.ts';
import type {RotateEvent} from '../../../screens/rotate/rotate-effects.ts';
import type {AppState, Effect} from '../../../screens/screen.ts';
import {wizardStart} from '../../../src/wizard/wizard-state.ts';
import {goodRotation, madeUpNode, madeUpRestarts} from '../../helpers/fake-rotate.ts';
import {fakeWorld} from '../../helpers/fake-services.ts';

const {services} = fakeWorld();
const tools = toolsOf(services);
const pressed = (name: string): AppEvent => ({
  kind: 'pressed',
  press: {name, text: name === 'space' ? ' ' : name.length === 1 ? name : ''},
});
const told = (event: RotateEvent): AppEvent => ({kind: 'rotate', event});

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

const start = appStart(wizardStart, {columns: 80, rows: 24}, tools);
const entered = play(start, [pressed('down'), pressed('enter')]);
const looked = told({kind: 'looked', view: madeUpNode});
const inventory = play(entered.state, [looked]).state;

const failure = {message: 'the disk is full', nextSteps: ['make room'], problems: []};
const [restart = expect.fail()] = madeUpRestarts;
const shown = {renewed: [], blocked: [], left: 5};
const happenings: readonly RotateEvent[] = [
  {kind: 'looked', view: madeUpNode},
  {kind: 'looked', view: {...madeUpNode, root: '/mnt', isLive: false, interrupted: 'renew apiserver'}},
  {kind: 'not-looked', failure},
  {kind: 'prepared', shown, restarts: madeUpRestarts},
  {kind: 'not-prepared', failure},
  {kind: 'recovered', recovered: undefined},
  {kind: 'not-recovered', failure},
  {kind: 'told', events: goodRotation({restart: madeUpRestarts}).slice(0, 18)},
  {kind: 'told', events: []},
  {kind: 'asked', question: {restart, why: 'it does not answer', nextSteps: []}},
  {kind: 'ended', failure: undefined},
  {kind: 'ended', failure},
];
const pressable = [
  'up down left right enter enter enter tab shift-tab esc space backspace pageup pagedown home end',
  'ctrl-u ctrl-a ctrl-g j k g G n o f r e v x y = / ? a 1 .',
].flatMap((line) => line.split(' '));
const events: fc.Arbitrary<AppEvent> = fc.oneof(
  {weight: 12, arbitrary: fc.constantFrom(...pressable).map(pressed)},
  {weight: 4, arbitrary: fc.constantFrom(...happenings).map(told)},
  {
    weight: 1,
    arbitrary: fc.constantFrom('10.0.0.9', '\u001b[31m', '').map((text): AppEvent => ({kind: 'pasted', text})),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({columns: fc.integer({min: 1, max: 200}), rows: fc.integer({min: 1, max: 60})})
      .map((size): AppEvent => ({kind: 'resized', size})),
  },
);

describe('whatever is pressed and whatever happens in Rotate', () => {
  test('nothing throws, no key of a footer leads nowhere, and nothing leaves but by the keys that say so', () => {
    fc.assert(
      fc.property(fc.array(events, {maxLength: 60}), (sequence) => {
        const {state, effects} = play(inventory, sequence);
        const hints = hintsOf(state, tools);
        const typing = isTyping(state, tools);
        expect(liveActions(hints)).toContain('abort');
        for (const {action, quiet} of hints) {
          if (quiet !== true && !typing) {
            expect(workingKeys(action, hints, typing), `${action} in ${state.rotate.place.at}`).not.toEqual([]);
          }
        }
        expect(effects.filter(({kind}) => kind === 'leave')).toEqual([]);
      }),
      {numRuns: 150},
    );
  });

  test('nothing is changed without Enter on the row that says so', () => {
    const withoutEnter = fc.array(
      events.filter((event) => !(event.kind === 'pressed' && event.press.name === 'enter')),
      {maxLength: 60},
    );
    fc.assert(
      fc.property(withoutEnter, (sequence) => {
        const {effects} = play(inventory, sequence);
        expect(effects.filter((one) => one.kind === 'rotate' && one.effect.kind === 'rotate')).toEqual([]);
      }),
      {numRuns: 80},
    );
  });

  test('two actions of a place share a key only where the first of them is meant', () => {
    const ways: readonly (readonly string[])[] = [[], ['enter'], ['enter', 'e', 'up'], ['o', 'tab'], ['n']];
    const shared = ways.flatMap((way) => {
      const {state} = play(inventory, way.map(pressed));
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
});

describe('what an effect leads to', () => {
  test('Rotate looks at this machine at once', () => {
    expect(entered.effects).toEqual([{kind: 'rotate', effect: {kind: 'look', root: '/'}}]);
    expect(entered.state.rotate.place).toEqual({at: 'looking'});
  });

  test('while it changes the node no key leaves or stops the program, and a question is seen through the help', () => {
    const prepared = told({kind: 'prepared', shown: {...shown, renewed: []}, restarts: madeUpRestarts});
    const difference = play(inventory, [pressed('n'), prepared]).state;
    const run = beginRotation('/', 1, madeUpRestarts, [], 0);
    const changing: AppState = {
      ...difference,
      rotate: {
        ...difference.rotate,
        place: {
          at: 'changing',
          run,
          top: undefined,
          answer: 0,
          difference: {shown, restarts: madeUpRestarts, opened: undefined, failure: undefined},
        },
      },
    };
    expect(liveActions(hintsOf(changing, tools))).not.toContain('suspend');
    expect(liveActions(hintsOf(changing, tools))).not.toContain('quit');
    const helped = play(changing, [pressed('?')]).state;
    expect(helped.overlay.kind).toBe('help');
    const asked = play(helped, [
      told({kind: 'asked', question: {restart, why: 'it does not answer', nextSteps: []}}),
    ]).state;
    expect(asked.overlay.kind).toBe('none');
    expect(play(asked, [pressed('enter')]).effects).toEqual([
      {kind: 'rotate', effect: {kind: 'answer', answer: 'wait'}},
    ]);
    const once = play(changing, [pressed('ctrl-c')]);
    expect(once.effects).toEqual([{kind: 'rotate', effect: {kind: 'stop-rotation'}}]);
    expect(play(once.state, [pressed('ctrl-c')]).effects).toEqual([{kind: 'leave', exitCode: 130}]);
    expect(play(once.state, [told({kind: 'ended', failure: undefined})]).effects).toEqual([
      {kind: 'leave', exitCode: 130},
    ]);
  });

  test('that comes too late is let go', () => {
    const left = play(entered.state, [pressed('esc')]);
    expect(left.effects).toEqual([{kind: 'rotate', effect: {kind: 'stop'}}]);
    expect(left.state.wizard.place.at).toBe('home');
    const preparing = play(inventory, [pressed('n'), pressed('esc'), told({kind: 'prepared', shown, restarts: []})]);
    expect(preparing.state.rotate.place.at).toBe('inventory');
  });

  test('a new look keeps the choice and the row, and those of another node are its own', () => {
    const chosen = play(inventory, [
      pressed('j'),
      pressed('j'),
      pressed('j'),
      pressed('space'),
      pressed('r'),
      looked,
    ]).state;
    expect(chosen.rotate.choice.names).toEqual(new Set(['apiserver', 'etcd-server', 'admin.conf']));
    expect(chosen.rotate.list.cursor).toBe(inventory.rotate.list.cursor + 3);
    const other = play(chosen, [pressed('r'), told({kind: 'looked', view: {...madeUpNode, root: '/mnt'}})]).state;
    expect(other.rotate.choice.names).toBeUndefined();
  });
});
