import {afterEach, describe, expect, test} from 'vitest';
import {layoutOf} from '../../../screens/layout.ts';
import {mapRoom} from '../../../screens/learn/map/map-room.ts';
import {mapStart} from '../../../screens/learn/map/map-state.ts';
import type {Around} from '../../../screens/learn/room.ts';
import {toolsOf} from '../../../screens/remember.ts';
import {type MapChoice, writeMapChoice} from '../../../src/journeys/map-choice.ts';
import {Cancelled, Failure} from '../../../src/base/failure.ts';
import {openMap} from '../../../src/journeys/learn-map.ts';
import {fakeLearn} from '../../helpers/fake-learn.ts';
import {fakeWorld} from '../../helpers/fake-services.ts';
import {fixtureNode, fixtureNow} from '../../helpers/node-fixture.ts';
import {presetPlan} from '../../helpers/presets.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp | undefined;
afterEach(() => {
  app?.close();
  app = undefined;
});

describe.each(sizes)('the map at %s', (_, size) => {
  test('is walked over with the arrow keys, and tells of what is chosen', async () => {
    app = await inMap({size});
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toContain('❯kube-apiserver');
    await app.press('right');
    expect(app.frame()).toContain('❯1');
    await app.press('down', 'right');
    expect(app.frame()).toContain('❯kubelet');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('opens all of what is chosen, scrolls it, and shuts it', async () => {
    app = await inMap({size});
    await app.press('right', 'enter');
    expect(app.frame()).toContain('Who calls');
    await app.press('G');
    expect(app.frame()).toContain('What breaks without it');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('esc');
    expect(app.frame()).toContain('❯1');
  });

  test('has connections and certificates as lists beside it', async () => {
    app = await inMap({size});
    await app.press('tab', 'down');
    expect(app.frame()).toMatch(/❯ +2 {2}etcd → etcd/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('tab');
    expect(app.frame()).toMatch(/❯ apiserver +kubernetes-ca/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('tab');
    // One stands on the figure where one stood in the list.
    expect(app.frame()).toContain('❯2');
    await app.press('shift-tab');
    expect(app.frame()).toMatch(/❯ apiserver +kubernetes-ca/);
  });
});

describe('another map', () => {
  test('a preset is chosen from the list', async () => {
    app = await inMap({});
    await app.press('s', 'down', 'enter');
    await app.waitFor('kubeadm-ha');
    expect(app.frame()).toContain('3 nodes');
  });

  test('a path is typed, and what is not there says so', async () => {
    const asked: MapChoice[] = [];
    app = await inMap({
      openMap: (choice) => {
        asked.push(choice);
        if (choice.kind === 'preset') return fakeLearn().openMap(choice);
        throw new Failure('no-bundle', 'there is no bundle in ./x', {nextSteps: ['name another folder']});
      },
    });
    await app.press('s', 'G', 'up', 'enter');
    await app.type('./x');
    expect(shapeFaults(app.frame(), small)).toEqual([]);
    await app.press('enter');
    await app.waitFor('There is no bundle in ./x');
    expect(asked.at(-1)).toEqual({kind: 'bundle', text: './x'});
    await app.press('esc');
    expect(app.frame()).toContain('Which certificate goes where, and why');
  });

  test('what is pasted where no path is asked for goes nowhere', async () => {
    const asked: MapChoice[] = [];
    app = await inMap({
      openMap: (choice) => {
        asked.push(choice);
        return fakeLearn().openMap(choice);
      },
    });
    await app.press('s', 'down');
    await app.paste('./x');
    await app.press('enter');
    await app.waitFor('kubeadm-ha');
    expect(asked.at(-1)).toEqual({kind: 'preset', text: 'kubeadm-ha'});
  });

  test('Esc goes back one step at a time', async () => {
    app = await inMap({});
    await app.press('s', 'G', 'enter', 'esc');
    expect(app.frame()).toContain('this machine');
    await app.press('esc');
    expect(app.frame()).toContain('❯kube-apiserver');
    await app.press('esc');
    expect(app.frame()).toContain('❯ Map');
  });
});

test('nothing is tried any more once its room is left, and all of it anew when one comes back', async () => {
  const stops: AbortSignal[] = [];
  const preset = {kind: 'preset', name: 'kubeadm-single', plan: presetPlan('kubeadm-single')} as const;
  app = await inMap({
    openMap: () =>
      Promise.resolve({
        ...openMap(preset),
        judge: async (_, signal) => {
          if (signal === undefined) throw new TypeError('it could not be stopped');
          stops.push(signal);
          const stopped = Promise.withResolvers<never>();
          signal.addEventListener('abort', () => stopped.reject(new Cancelled()));
          await stopped.promise;
        },
      }),
  });
  await app.waitFor('tried 0/');
  await app.press('right', 'esc');
  expect(app.frame()).toContain('Which certificate goes where, and why');
  expect(stops.map(({aborted}) => aborted)).toEqual([true]);
  await app.press('enter');
  await app.waitFor('tried 0/');
  expect(app.frame()).toContain('❯1');
  expect(stops.map(({aborted}) => aborted)).toEqual([true, false]);
});

describe('what is chosen', () => {
  test.each(['en', 'ja', 'zh'] as const)(
    'says at 80x24 with which file or flag each end checks, in %s',
    async (language) => {
      app = await inMap({language});
      await app.press('tab');
      for (const flag of [/--etcd-cafile/, /--peer-trusted-ca-file/, /--cacert/]) {
        expect(app.frame()).toMatch(flag);
        await app.press('down');
      }
      app.close();
      app = await inMap({language});
      for (const {id} of openMap({kind: 'preset', name: 'x', plan: presetPlan('kubeadm-single')}).cluster.map.arrows) {
        app.engine.enterRoom({room: 'map', given: writeMapChoice({kind: 'preset', text: 'kubeadm-single'}, id)});
        await app.waitFor('❯');
        expect(app.frame(), id).not.toContain('…');
        expect(shapeFaults(app.frame(), small)).toEqual([]);
      }
    },
  );
});

test('lists say how much of them is above and below', async () => {
  app = await inMap({size: {columns: 60, rows: 16}});
  await app.press('tab');
  expect(app.frame()).toMatch(/↓ \d+ below/);
  await app.press('G');
  expect(app.frame()).toMatch(/↑ \d+ above$/m);
});

describe.each([...sizes, ['60x16', {columns: 60, rows: 16}] as const])('the help of the map at %s', (_, size) => {
  test('says what its signs mean, and cuts nothing', async () => {
    app = await inMap({size});
    expect(app.frame()).toContain('? help, signs');
    await app.press('?');
    const seen: string[] = [app.frame()];
    for (let page = 0; page < 6; page += 1) {
      await app.press('pagedown');
      seen.push(app.frame());
    }
    const all = seen.join('\n').replaceAll(/\s+/g, ' ');
    expect(all).toContain('The caller shows a token, or nothing.');
    expect(all).toContain('where one is missing');
    expect(all).toContain('exit code 130');
    for (const frame of seen) {
      expect(frame).not.toContain('…');
      expect(shapeFaults(frame, size)).toEqual([]);
    }
  });
});

test('the way out stays in the footer, and how far one is in the header, at 60x16', async () => {
  const smallest = {columns: 60, rows: 16};
  app = await inMap({
    size: smallest,
    openMap: async () => ({
      ...openMap({kind: 'preset', name: 'x', plan: presetPlan('kubeadm-single')}),
      name: '/srv/a/long/way/to/a/bundle/of/files',
      judge: () => Promise.withResolvers<void>().promise,
    }),
  });
  await app.waitFor('tried 0/');
  expect(app.frame()).toMatch(/esc back {3}q quit {3}\? help/);
  expect(app.frame()).toContain('certwright');
});

test('verdicts arrive on a node’s map while one looks at it', async () => {
  const node = fixtureNode();
  const place = {kind: 'node', root: node.root, now: fixtureNow, sudoUser: undefined, addresses: []} as const;
  app = await inMap({openMap: async () => openMap(place)});
  await app.press('s', 'G', 'up', 'up', 'up', 'enter');
  await app.waitFor('nothing fails');
  expect(app.frame()).toMatch(/─1✓─/);
  await node.reissue('/etc/kubernetes/pki/apiserver-etcd-client.crt', 'etcd/ca', {
    commonName: 'kube-apiserver-etcd-client',
    usages: ['server auth'],
  });
  await app.press('r');
  await app.waitFor('1 of 18 calls fail');
  await app.press('right');
  expect(app.frame()).toContain('it fails: etcd (cp-1) refuses');
});

test('that files of a node may not be read is said beside what was tried', async () => {
  const place = {kind: 'node', root: fixtureNode().root, now: fixtureNow, sudoUser: undefined, addresses: []} as const;
  app = await inMap({openMap: async () => ({...openMap(place), name: '/', unread: 3})});
  await app.waitFor('nothing fails, 3 unread');
  await app.resize({columns: 60, rows: 16});
  expect(app.frame()).toContain('nothing fails, 3 unread');
});

test('what the command line named is chosen once the map is there', () => {
  const around: Around = {layout: layoutOf(small, false), tools: toolsOf(fakeWorld().services)};
  const given = writeMapChoice({kind: 'preset', text: 'kubeadm-ha'}, 'etcd-server');
  const entered = mapRoom.enter(mapStart, given, around);
  expect(entered.asks).toEqual([{kind: 'open', choice: {kind: 'preset', text: 'kubeadm-ha'}}]);
  const {name, cluster} = openMap({kind: 'preset', name: 'kubeadm-ha', plan: presetPlan('kubeadm-ha')});
  const {view} = mapRoom.take(entered.view, {kind: 'opened', name, cluster, unread: 0, isTrying: false}, around);
  expect(view).toMatchObject({at: 'certificates', certificate: 'etcd-server'});
});

test('the smallest terminal shows all of it too', async () => {
  const smallest = {columns: 60, rows: 16};
  app = await inMap({});
  await app.press('right');
  await app.resize(smallest);
  expect(app.frame()).toContain('❯1');
  expect(app.frame()).toContain('1  kube-apiserver → etcd');
  for (const keys of [['tab'], ['tab'], ['enter'], ['esc', 's']]) {
    await app.press(...keys);
    expect(shapeFaults(app.frame(), smallest)).toEqual([]);
  }
});

test('what is said is in the language of the person', async () => {
  app = await inMap({language: 'ja'});
  await app.press('right', 'enter');
  expect(app.frame()).toContain('呼び出す側');
  expect(shapeFaults(app.frame(), small)).toEqual([]);
});

async function inMap({
  size = small,
  language = 'en',
  openMap: opens,
}: {
  readonly size?: typeof small;
  readonly language?: 'en' | 'ja' | 'zh';
  readonly openMap?: ReturnType<typeof fakeLearn>['openMap'];
}): Promise<ShownApp> {
  const learn = fakeLearn(language);
  const shown = await showApp({
    services: fakeWorld({learn: opens === undefined ? learn : {...learn, openMap: opens}}).services,
    size,
  });
  await shown.press('3', 'enter');
  shown.engine.enterRoom({room: 'map', given: undefined});
  await shown.waitFor('apiserver');
  return shown;
}
