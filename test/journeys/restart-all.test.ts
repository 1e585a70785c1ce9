import {describe, expect, test} from 'vitest';
import {restartAll, restartBack} from '../../src/journeys/restart-all.ts';
import type {RestartQuestion} from '../../src/journeys/rotate-services.ts';
import type {RotationEvent} from '../../src/journeys/rotation-events.ts';
import {keepingUnder} from '../../src/node/change/journal.ts';
import {lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import type {Restart} from '../../src/pki/rotation.ts';
import {fixtureNode} from '../helpers/node-fixture.ts';

/** Nothing of this node says how it is started, so it cannot be restarted. */
const proxy: Restart = {component: 'kube-proxy', kind: 'unknown'};
const scheduler: Restart = {
  component: 'kube-scheduler',
  kind: 'static-pod',
  path: '/etc/kubernetes/manifests/kube-scheduler.yaml',
};

function makeNode() {
  const directory = fixtureNode().root;
  const root = openRoot(directory);
  const found = lookAtNode(root, {isLive: false, homes: []});
  return {root, keeping: keepingUnder(directory), found, now: () => new Date()};
}

function told() {
  const events: RotationEvent[] = [];
  return {tell: (event: RotationEvent) => void events.push(event), kinds: () => events.map(({kind}) => kind)};
}

describe('what cannot be restarted', () => {
  test('is not taken for restarted after somebody waits: it is tried again, and asked again', async () => {
    const answers = ['wait', 'leave'] as const;
    const asked: RestartQuestion[] = [];
    const {tell, kinds} = told();
    const {done, failed} = await restartAll(
      makeNode(),
      {
        restart: [proxy],
        decide: async (question) => answers[asked.push(question) - 1] ?? 'leave',
        signal: new AbortController().signal,
      },
      tell,
    );
    expect({done, failed}).toEqual({done: [], failed: {restart: proxy, decision: 'leave'}});
    expect(asked.map(({why}) => why)).toEqual([
      'nothing on this node says how kube-proxy is started',
      'nothing on this node says how kube-proxy is started',
    ]);
    expect(kinds()).toEqual(['restart-begun', 'restart-failed']);
  });
});

describe('what is restarted with the old files', () => {
  test('is left to a person, each of them, when a signal comes', async () => {
    const {tell, kinds} = told();
    const left = await restartBack(
      makeNode(),
      [scheduler, proxy],
      {restart: [], decide: () => expect.fail('nobody is asked'), signal: AbortSignal.abort()},
      tell,
    );
    expect(left).toEqual([scheduler, proxy]);
    expect(kinds()).toEqual([]);
  });

  test('goes on with the others when one does not come back', async () => {
    const {tell} = told();
    const never = new AbortController().signal;
    const options = {restart: [], decide: () => expect.fail('nobody is asked'), signal: never};
    expect(await restartBack(makeNode(), [proxy, proxy], options, tell)).toEqual([proxy, proxy]);
  });
});
