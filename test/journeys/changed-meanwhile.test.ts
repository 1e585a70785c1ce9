import {readlinkSync, rmSync, symlinkSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {carryOut} from '../../src/journeys/renew.ts';
import {currentPem, layKubeletPem, layKubeletServing} from '../helpers/kubelet-pem.ts';
import {fixtureNode, fixtureNow} from '../helpers/node-fixture.ts';
import {filesOf, plannedOn as planned} from '../helpers/node-run.ts';

const changedMeanwhile: unknown = expect.objectContaining({code: 'changed-meanwhile'});

const carriedOut = (plan: Awaited<ReturnType<typeof planned>>): string =>
  carryOut(plan, {own: 'this run', isOver: () => false}, fixtureNow).id;

describe('what was planned a while ago is not done', () => {
  test('when the kubelet has renewed its certificate itself meanwhile', async () => {
    const node = fixtureNode();
    const plan = await planned(node, 'kubelet-client');
    const young = {node: 'cp-1', now: fixtureNow, validity: 8760, stamp: '2027-01-01-00-00-01'};
    const own = await layKubeletPem(node.root, young);
    const before = filesOf(node);
    expect(() => carriedOut(plan)).toThrow(changedMeanwhile);
    expect(readlinkSync(node.at(currentPem))).toBe(own);
    expect(filesOf(node)).toEqual(before);
  });

  test('when the kubelet’s serving certificate is another one meanwhile', async () => {
    const node = fixtureNode();
    await layKubeletServing(node.root, {node: 'cp-1', now: new Date('2025-06-01')});
    const plan = await planned(node, 'kubelet-serving');
    await layKubeletServing(node.root, {node: 'cp-1', now: fixtureNow});
    const before = filesOf(node);
    expect(() => carriedOut(plan)).toThrow(changedMeanwhile);
    expect(filesOf(node)).toEqual(before);
  });

  test('when the authority that has signed is another one meanwhile', async () => {
    const node = fixtureNode();
    const plan = await planned(node, 'apiserver');
    node.write('/etc/kubernetes/pki/ca.crt', node.read('/etc/kubernetes/pki/front-proxy-ca.crt'));
    const before = filesOf(node);
    expect(() => carriedOut(plan)).toThrow(changedMeanwhile);
    expect(filesOf(node)).toEqual(before);
  });

  test('but a link that leads to the same place again is the same link', async () => {
    const node = fixtureNode();
    const plan = await planned(node, 'kubelet-client');
    const target = readlinkSync(node.at(currentPem));
    rmSync(node.at(currentPem));
    symlinkSync(target, node.at(currentPem));
    expect(carriedOut(plan)).toBe('20270101-000000');
  });
});
