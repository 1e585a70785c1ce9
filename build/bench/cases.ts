import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {makeControlPlaneNode, makeCrowdedNode} from './nodes.ts';
import {measureProgram, timeProgram, type LimitCase, type RatioCase} from './ratio.ts';
import type {Workshop} from './workshop.ts';

const main = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

/** @param binaries folder with a real kubeadm, if there is one */
export function ratioCases(workshop: Workshop, binaries: string | undefined): readonly RatioCase[] {
  const single = () => timeProgram(process.execPath, issue(workshop, '--preset', 'kubeadm-single'));
  const many = (workers: number) => () =>
    timeProgram(process.execPath, issue(workshop, '--plan', workshop.planWithWorkers(workers)));
  const keys = keysOfOneNode();
  const hundred = many(100);
  const node = makeOnce(() => makeControlPlaneNode(main, workshop.freshPath(), workshop.freshPath()));
  return [
    {
      name: 'certwright --version against node -e 0',
      limit: 1.8,
      rounds: 21,
      measured: () => timeProgram(process.execPath, [main, '--version']),
      base: () => timeProgram(process.execPath, ['-e', '0']),
    },
    {
      name: 'certwright check of a control-plane node against node -e 0',
      limit: 4,
      rounds: 21,
      measured: async () => timeProgram(process.execPath, check(await node())),
      base: () => timeProgram(process.execPath, ['-e', '0']),
    },
    {
      // Finding primes takes as long as it takes: many rounds, or luck decides.
      name: `one control-plane node against ${keys} bare RSA-2048 keys`,
      limit: 1.6,
      rounds: 31,
      measured: single,
      base: () => timeProgram(process.execPath, ['--input-type=module', '-e', bareKeys(keys)]),
    },
    ...(binaries === undefined
      ? []
      : [
          {
            name: 'the same against kubeadm init phase certs all and kubeconfig all',
            limit: 0.6,
            rounds: 21,
            measured: single,
            base: () => workshop.timeKubeadm(join(binaries, 'kubeadm')),
          },
        ]),
    {
      name: '1,000 workers against 10 × 100 workers',
      limit: 1.1,
      rounds: 5,
      measured: many(1000),
      base: async () => 10 * (await hundred()),
    },
  ];
}

export function limitCases(workshop: Workshop): readonly LimitCase[] {
  const run = () => measureProgram(issue(workshop, '--plan', workshop.planWithWorkers(1000)));
  const crowd = makeOnce(() => makeCrowdedNode(workshop.freshPath(), 2500));
  return [
    {
      name: 'kubeadm-ha with 1,000 workers',
      unit: 's',
      limit: 5,
      rounds: 3,
      measured: async () => (await run()).seconds,
    },
    {name: 'the same', unit: 'MB', limit: 300, rounds: 3, measured: async () => (await run()).megabytes},
    {
      name: 'certwright check of a node with 5,000 files of certificates and keys',
      unit: 's',
      limit: 1,
      rounds: 5,
      measured: async () => (await timeProgram(process.execPath, check(await crowd()))) / 1000,
    },
  ];
}

function issue(workshop: Workshop, ...words: readonly string[]): readonly string[] {
  return [main, 'issue', '--no-proof', '--out', workshop.freshPath(), ...words];
}

function check(root: string): readonly string[] {
  return [main, 'check', '--root', root];
}

/** What takes long to make, and only where it is measured. */
function makeOnce<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
}

/** As many keys as the default preset has: authorities, certificates and the service-account pair. */
function keysOfOneNode(): number {
  const nodes = [{name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []}] as const;
  const {authorities, certificates, keyPairs} = makeBlueprint({...emptyPlan, nodes});
  return authorities.length + certificates.length + keyPairs.length;
}

function bareKeys(keys: number): string {
  return `import {generateKeyPair} from 'node:crypto';
for (let i = 0; i < ${keys}; i += 1) generateKeyPair('rsa', {modulusLength: 2048}, (error) => { if (error) throw error; });`;
}
