import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import type {Issued} from '../../src/pki/issued.ts';
import {issueBlueprint} from '../../src/x509/issue.ts';
import {externalEtcdNodes, haNodes, planWith, type PlanChanges} from '../helpers/plans.ts';

export const now = new Date('2026-11-23T21:07:46.123Z');
export const planYaml = 'planVersion: 1\n# a comment stays\n';

/** A plan, what follows from it and what was issued of it: everything that a bundle is written from. */
export interface Made {
  readonly blueprint: Blueprint;
  readonly issued: Issued;
  readonly planYaml: string;
  readonly now: Date;
}

/** ECDSA unless the plan says otherwise, because its keys cost next to nothing. */
export async function make(changes: PlanChanges = {}): Promise<Made> {
  const blueprint = makeBlueprint(planWith({keys: {algorithm: 'ECDSA-P256'}, ...changes}));
  return {blueprint, issued: await issueBlueprint(blueprint, {now}), planYaml, now};
}

/** Plans of every layout and topology, with people and kubelets of each kind. */
export const variety: readonly (readonly [name: string, changes: PlanChanges])[] = [
  ['kubeadm, three CAs, three control-plane nodes', {nodes: haNodes, users: [{name: 'viewer', groups: ['read-only']}]}],
  ['kubeadm, kubelets issued and signed', {nodes: haNodes, kubelets: {client: 'issued', serving: 'signed'}}],
  ['one CA', {nodes: haNodes, trust: {topology: 'single-ca'}, kubelets: {client: 'issued', serving: 'signed'}}],
  [
    'an offline root',
    {nodes: haNodes, trust: {topology: 'intermediates'}, kubelets: {client: 'issued', serving: 'signed'}},
  ],
  ['external etcd', {nodes: externalEtcdNodes, etcd: 'external'}],
  ['the hard way', {nodes: haNodes, layout: 'the-hard-way', trust: {topology: 'single-ca'}}],
  ['minikube', {layout: 'minikube', users: [{name: 'me', groups: ['system:masters']}]}],
];

/** Every entry below a folder by its path, `''` for the folder itself, with its permission bits. */
export function modesIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, {recursive: true, encoding: 'utf8'}).sort();
  const bits = (path: string): string => (statSync(join(folder, path)).mode & 0o7777).toString(8).padStart(4, '0');
  return new Map(['', ...paths].map((path) => [path, bits(path)]));
}
