import {describe, expect, test} from 'vitest';
import type {RotationEvent} from '../../../src/journeys/rotation-events.ts';
import {afterEvents, beginRotation, leftToRestart} from '../../../screens/rotate/rotation-run.ts';
import {goodRotation, madeUpBackup, madeUpRestarts} from '../../helpers/fake-rotate.ts';

const [etcd = expect.fail(), apiServer = expect.fail()] = madeUpRestarts;
const kubelet = {component: 'kubelet', kind: 'unit', unit: 'kubelet'} as const;

describe('a rotation as its events tell it', () => {
  test('counts files, and knows how long each restart took', () => {
    const begun = beginRotation('/', 2, [etcd, apiServer], [], 1000);
    const events = goodRotation({restart: [etcd, apiServer]});
    const at = events.findIndex(({kind}) => kind === 'restarted');
    const waiting = afterEvents(begun, events.slice(0, at), 5000);
    expect(waiting.steps.swapped).toEqual({files: 4, path: '/etc/kubernetes/pki/etcd/server.key'});
    expect(waiting.backup).toBe(madeUpBackup);
    expect(afterEvents(waiting, [], 9000).restarts[0]?.state).toMatchObject({
      since: 5000,
      waitsFor: 'its process to end',
    });
    const done = afterEvents(waiting, events.slice(at), 19_000);
    expect(done.restarts[0]?.state).toEqual({kind: 'restarted', took: 14_000});
    expect(done.evidence).toHaveLength(2);
    expect(leftToRestart(done)).toEqual([]);
  });

  test('that ended early leaves what has not come back, what never had its turn, and what was not chosen', () => {
    const events: readonly RotationEvent[] = [
      {kind: 'changed', backup: madeUpBackup},
      {kind: 'restart-begun', restart: etcd},
      {kind: 'restart-failed', restart: etcd, why: 'it does not answer', nextSteps: []},
    ];
    const run = afterEvents(beginRotation('/', 2, [etcd, apiServer], [kubelet], 0), events, 1);
    expect(leftToRestart(run)).toEqual([etcd, apiServer, kubelet]);
    const back = afterEvents(
      run,
      [
        {kind: 'rolled-back', backup: madeUpBackup},
        {kind: 'restarted', restart: etcd},
      ],
      2,
    );
    expect(leftToRestart(back)).toEqual([apiServer]);
  });

  test('a component that goes back with the files and was not chosen is told too', () => {
    const run = afterEvents(beginRotation('/', 1, [], [etcd], 0), [{kind: 'restart-begun', restart: etcd}], 1);
    expect(run.restarts.map(({restart}) => restart)).toEqual([etcd]);
  });
});
