/** One walk over everything that can be on screen, in one file, so that what it has not seen can be named at its end. */
import {afterEach, expect, test, vi} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {problem} from '../../src/base/problem.ts';
import {Secret} from '../../src/base/secret.ts';
import type {SetUpEvent} from '../../src/journeys/set-up-events.ts';
import type {TokenEvent} from '../../src/journeys/token.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {draftOf} from '../../src/wizard/draft.ts';
import {readHosts} from '../../src/wizard/read-hosts.ts';
import {pageIds} from '../../src/wizard/step.ts';
import type {Place} from '../../src/wizard/wizard-state.ts';
import {roomIds} from '../../screens/learn/rooms.ts';
import {startedFrom} from '../../src/wizard/wizard.ts';
import type {RotatePlace} from '../../screens/rotate/rotate-state.ts';
import type {Overlay} from '../../screens/screen.ts';
import type {Services} from '../../screens/services.ts';
import type {PreviewMode} from '../../screens/set-up/preview-state.ts';
import {
  createGate,
  goodRotation,
  madeUpBackup,
  madeUpNode,
  madeUpRestarts,
  nothingFound,
  type FakeRotateOptions,
  type Gate,
} from '../helpers/fake-rotate.ts';
import {Lab} from '../../src/journeys/lab.ts';
import type {LabServices} from '../../src/journeys/lab-services.ts';
import type {LearnServices} from '../../src/journeys/learn-services.ts';
import type {Artefact} from '../../src/lessons/artefact.ts';
import {presetPlan} from '../helpers/presets.ts';
import {fakeLearn} from '../helpers/fake-learn.ts';
import {fakeWorld, highlyAvailablePlan, type FakeWorld} from '../helpers/fake-services.ts';
import {showApp, sizes, type ShownApp, type ShowOptions} from '../helpers/shown-app.tsx';

vi.setConfig({testTimeout: 120_000});

const shown: ShownApp[] = [];
afterEach(() => {
  for (const app of shown.splice(0)) app.close();
});

type Every<Kind extends string> = Readonly<Record<Kind, true>>;
/** All that can be on screen; whoever adds to it finds here that it has to be looked at. */
const places: Every<Place['at']> = {
  home: true,
  rotate: true,
  learn: true,
  start: true,
  page: true,
  preview: true,
  target: true,
  issuing: true,
  proof: true,
  bootstrap: true,
  done: true,
};
const overlays: Every<Overlay['kind']> = {
  none: true,
  drafts: true,
  import: true,
  help: true,
  save: true,
  passphrase: true,
};
const rotatePlaces: Every<RotatePlace['at']> = {
  looking: true,
  folder: true,
  interrupted: true,
  inventory: true,
  item: true,
  names: true,
  options: true,
  preparing: true,
  difference: true,
  changing: true,
  result: true,
};
const modes: Every<PreviewMode['kind']> = {list: true, filter: true, looking: true, exporting: true};
const wanted = [
  ...Object.keys(places).map((place) => `place ${place}`),
  ...pageIds.map((page) => `page ${page}`),
  ...Object.keys(overlays).map((overlay) => `overlay ${overlay}`),
  ...Object.keys(modes).map((mode) => `preview ${mode}`),
  ...Object.keys(rotatePlaces).map((place) => `rotate ${place}`),
  ...['menu', ...roomIds].map((room) => `learn ${room}`),
];

/** The same screens with colour and without, which get the same keys. */
class Pair {
  readonly seen = new Set<string>();
  #apps: readonly [coloured: ShownApp, plain: ShownApp] | undefined;

  /** @param options anew for each: a made-up world is used up by what happens in it */
  async opens(options: () => ShowOptions): Promise<void> {
    this.#apps = [await showApp({...options(), color: true}), await showApp({...options(), color: false})];
    shown.push(...this.#apps);
    this.#look();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      for (const app of this.#both) await app.press(key);
      this.#look();
    }
  }

  async type(text: string): Promise<void> {
    for (const app of this.#both) await app.type(text);
    this.#look();
  }

  /** Presses what leads to something that comes by and by, and waits for it. */
  async leads(key: string, to: string): Promise<void> {
    for (const app of this.#both) await app.press(key);
    await this.shows(to);
  }

  async shows(text: string | RegExp): Promise<void> {
    for (const app of this.#both) await app.waitFor(text);
    this.#look();
  }

  /** All that was written, with colour and without. */
  get written(): readonly [coloured: string, plain: string] {
    const [coloured, plain] = this.#both;
    return [coloured.written(), plain.written()];
  }

  get #both(): readonly [coloured: ShownApp, plain: ShownApp] {
    return this.#apps ?? expect.fail('nothing is open');
  }

  #look(): void {
    const [coloured, plain] = this.#both;
    expectSame(coloured, plain);
    const {wizard, overlay, views, rotate, learn} = coloured.engine.state();
    const {place} = wizard;
    this.seen.add(`overlay ${overlay.kind}`);
    if (overlay.kind !== 'none') return;
    this.seen.add(`place ${place.at}`);
    if (place.at === 'rotate') this.seen.add(`rotate ${rotate.place.at}`);
    if (place.at === 'learn') this.seen.add(`learn ${learn.at}`);
    if (place.at === 'page') this.seen.add(`page ${place.page}`);
    if (place.at === 'preview') this.seen.add(`preview ${views.preview?.mode.kind}`);
  }
}

function expectSame(coloured: ShownApp, plain: ShownApp): void {
  expect(plain.frame()).toBe(coloured.frame());
}

/** Parameters of all that is not text, each once. */
function looksIn(written: string): readonly string[] {
  const sequences = [...written.matchAll(/\u001B\[([^A-Za-z]*)([A-Za-z])/g)];
  return [...new Set(sequences.map(([, parameters, end]) => `${parameters}${end}`))].sort();
}

/** Weight, dim and inverse, each with its end, and the foreground colours that every terminal has. */
const sixteen = /^(?:1|2|7|22|27|39|3[0-7]|9[0-7])m$/;
const weight = /^(?:1|2|7|22|27)m$/;

/** By text: in which of the colours that tell a state (bad, good, warn) it was painted. */
function stateColours(written: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  let colour = '39';
  for (const [, parameter, text = ''] of written.matchAll(/\u001B\[(\d+)m|([^\u001B\n]+)/g)) {
    if (parameter !== undefined) {
      if (/^(?:3|9)\d$/.test(parameter)) colour = parameter;
    } else if (/^3[123]$/.test(colour) && text.trim() !== '') {
      found.set(text.trim(), (found.get(text.trim()) ?? new Set()).add(colour));
    }
  }
  return found;
}

function expectNoColourAlone(pair: Pair): void {
  const [coloured, plain] = pair.written;
  const looks = looksIn(coloured);
  expect(looks.filter((look) => /^3[0-7]m$/.test(look))).not.toEqual([]);
  expect(looks.filter((look) => !sixteen.test(look))).toEqual([]);
  expect(looksIn(plain).filter((look) => !weight.test(look))).toEqual([]);
  const ambiguous = [...stateColours(coloured)].filter(([, colours]) => colours.size > 1);
  expect(ambiguous).toEqual([]);
}

const failed = {
  kind: 'failed',
  side: 'provider',
  said: 'provider etcd: bad certificate',
  why: 'issue it anew',
} as const;
const proved = {kind: 'proved', how: 'mutual', why: 'fine'} as const;
const unverified = {kind: 'unverified-by-design', why: 'the flag for it is not set'} as const;
const verdicts = [proved, failed, unverified] as const;

async function* createToken(): AsyncGenerator<TokenEvent> {
  yield await Promise.resolve({kind: 'command-started' as const, words: ['kubeadm', 'token', 'create']});
  const checks = [true, false].map((isGood) => ({id: 'pin' as const, isGood, says: 'what was seen', fix: undefined}));
  for (const check of checks) yield {kind: 'checked', check};
  const token = new Secret('abcdef.0123456789abcdef');
  const settings = {ttl: 24, description: '', groups: [], usages: []};
  const joinCommand = new Secret(`kubeadm join api.demo.test:6443 --token ${token.reveal()}`);
  const ends = new Date('2026-11-24T12:00:00Z');
  yield {kind: 'finished', made: {token, id: 'abcdef', settings, ends, joinCommand, joined: undefined, checks}};
}

/** A node on which an earlier run was cut off, and etcd does not come back. */
const cutOff: FakeRotateOptions = {
  view: {...madeUpNode, interrupted: 'renew apiserver'},
  script: (options) => {
    const events = goodRotation(options);
    const [restart] = madeUpRestarts;
    if (restart === undefined) return events;
    const because = 'it still shows the old one';
    return [
      ...events.slice(0, 18),
      {restart, why: 'its process did not end', nextSteps: []},
      {kind: 'restart-failed', restart, why: 'its process did not end', nextSteps: []},
      {kind: 'judged', evidence: {of: 'etcd', claim: 'shows the new certificate', verdict: 'failed', because}},
      ...events.slice(-3, -1),
      {
        kind: 'finished',
        outcome: {state: 'partly', backup: madeUpBackup, left: madeUpRestarts, remains: ['look there']},
      },
    ];
  },
};

/** A made-up world in which something goes every way, and an encrypted key is opened before anything is issued. */
function variedWorld(): Services {
  const {services} = fakeWorld({
    verdict: (index) => verdicts[index % verdicts.length] ?? proved,
    findings: [problem('expires-soon', 'authorities/etcd-ca.crt', 'it ended on 2020-01-01', 'bring another')],
    createToken,
    findNodes: () => Promise.resolve(readHosts('127.0.0.1 localhost\n10.0.0.11 other\n10.0.0.41 node-4\n')),
  });
  async function* setUp(plan: ClusterPlan, request: Parameters<Services['setUp']>[1]): AsyncGenerator<SetUpEvent> {
    await request.askPassphrase?.('kubernetes-ca');
    yield* services.setUp(plan, request);
  }
  return {...services, setUp};
}

/** What comes at once and is the same each time: two screens that are compared are made one after the other. */
function madeUpLearn(): LearnServices {
  const learn = fakeLearn('en', oneFault());
  const shown: Artefact = {
    parts: [
      {
        title: '/etc/kubernetes/pki/apiserver.crt',
        rows: [
          {kind: 'fact', fact: 'file', value: '/etc/kubernetes/pki/apiserver.key 0600'},
          {kind: 'check', check: 'dates', isPassed: true, value: 'today'},
          {kind: 'check', check: 'name', isPassed: false, value: 'no such name'},
          {kind: 'said', who: 'etcd', isPassed: false, says: 'refuses', words: 'bad certificate'},
        ],
      },
    ],
  };
  return {...learn, stories: {...learn.stories, artefact: () => Promise.resolve(shown)}};
}

/** A lab with one thing to break, which has no clock in its words. */
function oneFault(): Partial<LabServices> {
  return {
    faults: () => Promise.resolve([{id: 'old-client-ca', preset: 'kubeadm-single'}]),
    open: (preset, signal) => Promise.resolve(new Lab(presetPlan(preset), {now: () => new Date(), signal})),
  };
}

test.each(sizes)(
  'at %s no screen says by colour what it does not say by text, and sixteen colours do',
  async (_, size) => {
    const pair = new Pair();
    const {services} = fakeWorld();
    const from = startedFrom({kind: 'preset', name: 'kubeadm-ha'}, highlyAvailablePlan, services);
    const draft = draftOf({...from, typed: {'cluster.name': 'No Name!'}}, services, undefined) ?? expect.fail();
    const left = {path: '/a', title: '14:02, demo', saved: new Date(0), draft, begunIn: undefined, mayBeOpen: true};

    // What was left, the first screens, and answers that are refused there.
    await pair.opens(() => ({services, size, drafts: {drafts: [left], troubles: []}}));
    await pair.press(
      'v',
      'esc',
      'd',
      'esc',
      'esc',
      'down',
      'down',
      'enter',
      'esc',
      'up',
      'up',
      '?',
      'esc',
      'enter',
      '5',
    );
    await pair.type('plam.yaml');
    await pair.leads('enter', 'There is no file plam.yaml.');
    expectNoColourAlone(pair);

    // Every page, with what is wrong and what is doubtful there.
    await pair.opens(() => ({services: variedWorld(), size, wizard: from}));
    await pair.press('ctrl-u');
    await pair.type('No Name!');
    await pair.press('tab', 'shift-tab', 'ctrl-u');
    await pair.type('demo');
    await pair.press('enter', 'enter');
    await pair.shows('▌ Layout');
    await pair.press('c', 'down', 'v', 'esc', 'c', 'ctrl-s', 'esc', 'pagedown');
    await pair.shows('› Nodes');
    await pair.press('G', 'C', 'u', 'c', 'd', 'i');
    await pair.leads('enter', '1 wrong');
    await pair.press('down', 'space', 'esc', 'e', 'tab', 'ctrl-u');
    await pair.type('10.0.0.999');
    await pair.press('enter', 'esc', 'p', 'esc', '?', 'esc');
    for (const page of ['› Network', '› Keys', '› People', '› Preview']) await pair.leads('pagedown', page);

    // Every view of what would be made.
    for (const view of ['2', '3', '4', '5', '1']) await pair.press(view, 'down', 'v', 'esc', 's');
    await pair.press('w', 'esc', '/');
    await pair.type('no-such');
    await pair.press('esc', 'y');

    // Making, proving and handing over.
    await pair.press('n', 'ctrl-g', 'esc', 'ctrl-u', 'enter');
    await pair.type('./demo-bundle');
    await pair.leads('enter', 'is encrypted');
    await pair.type('hunter2');
    await pair.leads('enter', 'Not proved: something is not as it must be');
    await pair.press('enter', 'esc', 'tab', 'enter', 'esc', 'tab', 'enter', 'esc', 'n');
    await pair.shows('Let nodes in');
    await pair.leads('enter', 'made and checked');
    await pair.press('r', 'down', 'down', 'n');
    await pair.shows('What lies where');
    expectNoColourAlone(pair);

    // What is under way, and what has failed.
    const worlds: FakeWorld[] = [];
    const place = {at: 'page', page: 'people'} as const;
    await pair.opens(() => {
      worlds.push(fakeWorld({isHeld: true}));
      return {services: worlds.at(-1)?.services ?? services, size, wizard: {...from, place}};
    });
    await pair.press('pagedown', 'n', 'enter');
    await pair.shows('Issuing into ./demo-bundle');
    for (const {release} of worlds) release(5);
    await pair.shows(/keys .* 4\//);
    await pair.leads('esc', 'Stopped. Nothing is left behind.');
    expectNoColourAlone(pair);
    const failure = new Failure('folder-not-empty', './demo-bundle is not empty', {nextSteps: ['name another folder']});
    await pair.opens(() => ({services: fakeWorld({failure}).services, size, wizard: {...from, place}}));
    await pair.press('pagedown', 'n');
    await pair.leads('enter', 'is not empty');
    expectNoColourAlone(pair);

    // A node that is looked at, and what is renewed on it.
    const gates: Gate[] = [];
    await pair.opens(() => {
      gates.push(createGate());
      return {services: fakeWorld({rotate: {...cutOff, gate: gates.at(-1)}}).services, size};
    });
    await pair.press('down');
    await pair.leads('enter', 'An earlier run was cut off');
    await pair.leads('enter', 'Certificates 5');
    await pair.press('j', 'j', 'space', 'g', 'enter', 'esc', 'j', 'enter', 'G', 'e');
    await pair.type('no name!');
    await pair.press('enter', 'up', 'space', 'esc', 'esc', 'f', 'esc', '/');
    await pair.type('nothing like it');
    await pair.press('esc', 'o', 'ctrl-u', 'enter', 'esc');
    await pair.leads('n', 'What would change');
    await pair.press('enter', 'esc', 'j', 'j', 'n', 'enter');
    for (const {open} of gates) open(19);
    await pair.shows('has not come back');
    await pair.press('down', 'down', 'enter');
    for (const {open} of gates) open(9);
    await pair.shows('not everything shows it');
    await pair.press('y', 'G');
    expectNoColourAlone(pair);
    await pair.opens(() => ({services: fakeWorld({rotate: {lookFailure: nothingFound}}).services, size}));
    await pair.press('down');
    await pair.leads('enter', 'sudo certwright');
    expectNoColourAlone(pair);
    await pair.opens(() => ({services: fakeWorld({rotate: {isSlow: true}}).services, size}));
    await pair.press('down');
    await pair.leads('enter', 'Looking at this machine');
    await pair.opens(() => ({services: fakeWorld({rotate: {prepareFailure: nothingFound}}).services, size}));
    await pair.press('down');
    await pair.leads('enter', 'Certificates 5');
    await pair.leads('n', 'could not be worked out');
    expectNoColourAlone(pair);

    // The rooms of Learn.
    await pair.opens(() => ({services: fakeWorld({learn: madeUpLearn()}).services, size}));
    await pair.press('down', 'down', 'enter');
    await pair.press('1');
    await pair.leads('enter', 'What a certificate and a CA are');
    await pair.leads('enter', 'step 1/');
    await pair.leads('right', 'step 2/');
    await pair.leads('tab', 'no such name');
    await pair.press('tab', 'left', 'esc', 'esc');
    await pair.press('2');
    await pair.leads('enter', 'kube-apiserver');
    await pair.press('right', 'right', 'tab', 'down', 'enter', 'esc', 'esc');
    await pair.press('3');
    await pair.leads('enter', 'What shall break?');
    await pair.leads('enter', 'step 2/4');
    await pair.press('1');
    await pair.leads('enter', 'enter mend the fault');
    await pair.leads('enter', 'all is whole');
    await pair.press('esc', 'esc');
    await pair.press('4');
    await pair.leads('enter', 'Flags and files');
    await pair.press('enter', '1', 'enter', 'esc', 'esc');
    await pair.press('5', 'enter');
    await pair.type('apiserver');
    await pair.leads('enter', 'apiserver (certificate)');
    await pair.press('esc', 'esc');
    expectNoColourAlone(pair);

    expect([...pair.seen].sort()).toEqual([...wanted].sort());
  },
);
