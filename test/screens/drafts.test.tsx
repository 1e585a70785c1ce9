import {afterEach, describe, expect, test, vi} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {draftOf} from '../../src/wizard/draft.ts';
import type {FoundDraft} from '../../src/state/drafts.ts';
import {openDrafts} from '../../src/state/drafts.ts';
import {startedFrom} from '../../src/wizard/wizard.ts';
import type {Services} from '../../screens/services.ts';
import {createEngine} from '../../screens/engine.ts';
import {fakeWorld, highlyAvailablePlan, singlePlan} from '../helpers/fake-services.ts';
import type {ShownApp} from '../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../helpers/shown-app.tsx';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

let app: ShownApp;
afterEach(() => app.close());

const {services} = fakeWorld();

function found(title: string, more: Partial<FoundDraft> = {}): FoundDraft {
  const begun = startedFrom({kind: 'preset', name: 'kubeadm-ha'}, highlyAvailablePlan, services);
  const typed = {...begun, typed: {'cluster.name': 'No Name!'}};
  const draft = draftOf(typed, services, undefined) ?? expect.fail();
  return {
    path: `/state/${title}.json`,
    title,
    saved: new Date(0),
    draft,
    begunIn: undefined,
    mayBeOpen: false,
    ...more,
  };
}

interface Asked {
  readonly thrownAway: string[];
  readonly takenOver: string[];
}

function withDrafts(failure?: Failure): {readonly services: Services; readonly asked: Asked} {
  const asked: Asked = {thrownAway: [], takenOver: []};
  const drafts: Services['drafts'] = {
    list: () => Promise.resolve({drafts: [], troubles: []}),
    takeOver: ({path}) => asked.takenOver.push(path),
    throwAway: ({path}) => {
      asked.thrownAway.push(path);
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    },
    keep: () => undefined,
    planSaved: () => undefined,
    onTrouble: () => undefined,
    close: () => Promise.resolve(undefined),
  };
  return {services: {...services, drafts}, asked};
}

const two = [found('14:02, demo, 5 nodes'), found('9 Nov 09:15, lab, 1 node')];

describe.each(sizes)('drafts that earlier runs have left, at %s', (_, size) => {
  test('are offered before anything else, and Enter goes on where one was left', async () => {
    const {services: kept, asked} = withDrafts();
    app = await showApp({services: kept, size, drafts: {drafts: two, troubles: []}});
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toContain('Go on with the draft of 14:02, demo, 5 nodes?');
    expect(app.frame()).toMatch(/❯ 14:02, demo, 5 nodes +left at: Cluster and trust/);
    await app.press('down');
    expect(app.frame()).toContain('Go on with the draft of 9 Nov 09:15, lab, 1 node?');
    await app.press('up', 'enter');
    expect(app.frame()).toContain('› Cluster and trust');
    expect(app.frame()).toContain('No Name!');
    expect(app.frame()).toContain('✗');
    expect(asked.takenOver).toEqual(['/state/14:02, demo, 5 nodes.json']);
  });

  test('can be looked at in full', async () => {
    app = await showApp({services: withDrafts().services, size, drafts: {drafts: two, troubles: []}});
    await app.press('v');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toContain('The draft of 14:02, demo, 5 nodes');
    expect(app.frame()).toMatch(/Cluster name {2}not finished\n +No Name!/);
    expect(app.frame()).toContain('worker-1 10.0.0.21 worker');
    await app.press('G', 'esc');
    expect(app.frame()).toContain('Go on with the draft of');
  });

  test('are thrown away only when that is asked for twice, with two keys', async () => {
    const {services: kept, asked} = withDrafts();
    app = await showApp({services: kept, size, drafts: {drafts: two, troubles: []}});
    await app.press('d', 'd', 'd');
    expect(app.frame()).toContain('Enter throws these answers away for good; Esc keeps them.');
    await app.press('esc', 'd', 'esc');
    expect(asked.thrownAway).toEqual([]);
    await app.press('d', 'enter');
    await app.waitFor('Go on with the draft of 9 Nov 09:15, lab, 1 node?');
    expect(asked.thrownAway).toEqual(['/state/14:02, demo, 5 nodes.json']);
    await app.press('d', 'enter');
    await app.waitFor('❯ Set up');
  });

  test('that are left alone are offered again, by a key, until there are answers', async () => {
    app = await showApp({services: withDrafts().services, size, drafts: {drafts: two, troubles: []}});
    await app.press('esc');
    expect(app.frame()).toContain('❯ Set up');
    expect(app.frame()).toContain('o drafts');
    await app.press('o');
    expect(app.frame()).toContain('Go on with the draft of');
    await app.press('esc', 'enter', '2', 'enter');
    await app.waitFor('Cluster name');
    await app.type('x');
    await app.press('tab', 'esc');
    expect(app.frame()).toContain('› Start');
    expect(app.frame()).not.toContain('o drafts');
  });

  test('that cannot be read are a sentence, and all else works', async () => {
    const trouble =
      '/state/x.json was written by certwright 9.0.0 (draft version 2; this one reads 1): go on with that one; it stays as it is.';
    app = await showApp({services, size, drafts: {drafts: [], troubles: [trouble]}});
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame().replaceAll(/\s+/g, ' ')).toContain(trouble);
    await app.press('esc');
    expect(app.frame()).toContain('❯ Set up');
  });
});

test('a draft that cannot be thrown away says why, and stays', async () => {
  const failure = new Failure('x', 'the draft cannot be removed: the disk is read-only', {nextSteps: ['x']});
  app = await showApp({services: withDrafts(failure).services, drafts: {drafts: two, troubles: []}});
  await app.press('d', 'enter');
  await app.waitFor('the draft cannot be removed: the disk is read-only');
  expect(app.frame()).toContain('Go on with the draft of 14:02');
});

test('what is to be known before going on with a draft is said after it', async () => {
  const far = found('14:02, demo, 5 nodes', {begunIn: '/srv/clusters'});
  app = await showApp({services: withDrafts().services, drafts: {drafts: [far], troubles: []}});
  await app.press('enter');
  expect(app.frame().replaceAll(/\s+/g, ' ')).toContain('It was begun in /srv/clusters: relative paths in it begin in');
});

describe('what is typed is kept', () => {
  const begun = startedFrom({kind: 'preset', name: 'kubeadm-single'}, singlePlan, services);

  async function keptAfter(press: (shown: ShownApp) => Promise<void>): Promise<FoundDraft | undefined> {
    const folder = temporaryFolder();
    const options = {
      folder,
      cwd: '/',
      now: () => new Date(),
      program: '0',
      marks: {own: '', stateOf: () => 'dead' as const},
    };
    const drafts = openDrafts(options);
    app = await showApp({services: {...services, drafts}, wizard: begun});
    await press(app);
    await drafts.close();
    return (await openDrafts(options).list()).drafts[0];
  }

  test('as far as it has come in a field', async () => {
    const draft = await keptAfter((shown) => shown.type('-la'));
    expect(draft?.draft).toMatchObject({typed: {'cluster.name': 'demo-la'}, place: {at: 'page', page: 'topology'}});
  });

  test('as far as it has come in a row of a table, and in many lines', async () => {
    const row = await keptAfter(async (shown) => {
      await shown.press('pagedown', 'a');
      await shown.type('w-1\t10.0.0.2');
    });
    expect(row?.draft.typed).toEqual({nodes: 'cp-1 10.0.0.11 control-plane\nw-1 10.0.0.2'});
    app.close();
    const lines = await keptAfter(async (shown) => {
      await shown.press('pagedown', 'p');
      await shown.type('nonsense');
    });
    expect(lines?.draft.typed['nodes']).toMatch(/^cp-1 10\.0\.0\.11 control-plane\nnonsense$/);
  });

  test('and looking around keeps nothing', async () => {
    const nothing = await keptAfter(async (shown) => {
      await shown.press('down', 'pagedown', 'a', 'esc', 'e', 'esc', 'pagedown', 'esc');
    });
    expect(nothing).toBeUndefined();
  });
});

test('a state folder that cannot be written is said once, when there is nothing else to read', async () => {
  const drafts: {trouble?: (sentence: string) => void} = {};
  const {services: kept} = withDrafts();
  const engine = createEngine(
    {
      ...kept,
      drafts: {...(kept.drafts ?? expect.fail()), onTrouble: (tell) => void (drafts.trouble = tell)},
    },
    startedFrom({kind: 'preset', name: 'kubeadm-single'}, singlePlan, services),
    small,
  );
  app = await showApp({services});
  drafts.trouble?.('No draft can be kept in /x: the disk is full. All else works; save the plan to be sure.');
  await vi.waitFor(() => expect(engine.state().wizard.notice).toMatchObject({kind: 'said', tone: 'warn'}));
  engine.press([{name: 'tab', text: ''}]);
  expect(engine.state().wizard.notice).toBeUndefined();
  await engine.stop();
});
