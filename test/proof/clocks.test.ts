import {describe, expect, test} from 'vitest';
import {planWith} from '../helpers/plans.ts';
import {idsOf, judged, World} from './world.ts';

const day = 86_400_000;

describe('clocks', () => {
  test('only the one that is given counts: a bundle of another decade is proved on its own day', async () => {
    const then = new Date('2049-12-31T12:00:00Z');
    const plan = planWith({keys: {algorithm: 'ECDSA-P256'}, kubelets: {client: 'issued', serving: 'signed'}});
    const world = await World.of(plan, then);
    expect(await world.prove()).toMatchObject({state: 'ok', findings: []});
    const past = await World.of(plan, new Date('2019-06-01T00:00:00Z'));
    expect(await past.prove()).toMatchObject({state: 'ok', findings: []});
  });

  test('faults are found on another clock too', async () => {
    const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}), new Date('2019-06-01T00:00:00Z'));
    await world.reissue('cp-1/etcd-healthcheck-client', {usages: ['server auth']});
    const proof = await world.prove();
    expect(idsOf(proof, 'failed')).toEqual(['etcdctl-to-etcd']);
    expect(judged(proof, 'etcdctl-to-etcd').verdict).toMatchObject({
      said: expect.stringContaining('incompatible key usage'),
    });
  });

  test('a year later every connection with a certificate fails, and the findings say why', async () => {
    const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
    const later = world.copy({now: new Date(world.now.getTime() + 400 * day)});
    const proof = await later.prove();
    expect(idsOf(proof, 'proved')).toEqual([]);
    expect(proof.findings.every(({code}) => code === 'expired')).toBe(true);
    expect(proof.findings.length).toBe(world.blueprint.certificates.length);
  });

  test('three weeks before the end there is a warning, and everything works', async () => {
    const world = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
    const proof = await world.copy({now: new Date(world.now.getTime() + 344 * day)}).prove();
    expect(new Set(proof.findings.map(({code, severity}) => `${severity} ${code}`))).toEqual(
      new Set(['warning ends-soon']),
    );
    expect(proof.findings[0]?.message).toMatch(/ends on \d{4}-\d\d-\d\d, in 2[01] days$/);
    expect(idsOf(proof, 'failed')).toEqual([]);
    expect(proof.state).toBe('warning');
  });
});
