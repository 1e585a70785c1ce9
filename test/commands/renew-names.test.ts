import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {type FixtureNode, fixtureNode} from '../helpers/node-fixture.ts';
import {changed, filesOf, runOn} from '../helpers/node-run.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const pki = '/etc/kubernetes/pki';

/** Whose scheduler dials a name that the API server's certificate lacks. */
function movedNode(): FixtureNode {
  const node = fixtureNode();
  node.edit('/etc/kubernetes/scheduler.conf', 'https://10.0.0.11:6443', 'https://LB.demo.test:6443');
  return node;
}

function namesOf(node: FixtureNode, path = `${pki}/apiserver.crt`): readonly string[] {
  return inspectCertificate(node.read(path)).sans.map(({value}) => value);
}

/** Stands for the plan's path in rows of a table. */
const aPlan = 'PLAN';

/** What kubeadm made the fixture with: names as they are, and one that is new. */
const nodeOf = (name: string, address: string): string =>
  `  - {name: ${name}, addresses: [${address}], roles: [control-plane], sans: [api.demo.test, new.demo.test]}\n`;

function planFile(nodes = nodeOf('cp-1', '10.0.0.11')): string {
  const path = join(temporaryFolder(), 'plan.yaml');
  writeFileSync(
    path,
    `planVersion: 1
cluster: {name: demo, kubernetesVersion: "1.36", controlPlaneEndpoint: api.demo.test:6443}
layout: kubeadm
trust: {topology: three-cas}
network: {serviceSubnets: [10.96.0.0/12], podSubnets: [10.244.0.0/16]}
nodes:
${nodes}`,
  );
  return path;
}

interface ShownJson {
  readonly renewed: readonly {
    readonly name: string;
    readonly names?: readonly {
      readonly name: string;
      readonly has: string | null;
      readonly neededBy: readonly string[];
      readonly planned?: string | null;
      readonly after: string | null;
    }[];
  }[];
  readonly warnings: readonly {readonly code: string; readonly message: string}[];
  readonly kubeadmNames: unknown;
}

async function shownAsJson(node: FixtureNode, words: readonly string[]): Promise<ShownJson> {
  const {out} = await runOn(node, ['renew', ...words, '--dry-run', '-o', 'json']);
  return JSON.parse(out) as ShownJson;
}

describe('--sans keep', () => {
  test('leaves names alone, and says which one is dialled and lacking, and by whom', async () => {
    const node = movedNode();
    const before = namesOf(node);
    const {out} = await runOn(node, ['renew', 'apiserver', '--yes']);
    expect(out).toMatch(/\n {11}! lb\.demo\.test +no +\/etc\/kubernetes\/scheduler\.conf\n/);
    expect(out).toContain(
      'warning: apiserver still lacks lb.demo.test, which is dialled by /etc/kubernetes/scheduler.conf',
    );
    expect(namesOf(node)).toEqual(before);
  });

  test('shows no names where all are as they have to be', async () => {
    const {out} = await runOn(fixtureNode(), ['renew', 'apiserver', 'etcd-server']);
    expect(out).not.toContain('NEEDED BY');
  });

  test('warns of a name that is taken away though somebody dials it, and who', async () => {
    const {warnings} = await shownAsJson(fixtureNode(), [
      'apiserver',
      '--remove-san',
      'api.demo.test',
      '--remove-san',
      '10.0.0.10',
    ]);
    expect(warnings).toMatchObject([
      {
        code: 'name-taken-away',
        message: expect.stringMatching(/loses api\.demo\.test, which is dialled by \/etc\/kubernetes\/admin\.conf, /),
      },
    ]);
  });

  test('takes addresses by their bytes: another spelling is the same name', async () => {
    const node = fixtureNode();
    await runOn(node, ['renew', 'etcd-peer', '--yes', '--add-san', '0:0::1', '--remove-san', '::ffff:127.0.0.1']);
    expect(namesOf(node, `${pki}/etcd/peer.crt`)).toEqual(['cp-1', 'localhost', '10.0.0.11', '::1']);
  });
});

describe('--sans needed', () => {
  test('chooses what lacks a name that is dialled, and adds it behind the others', async () => {
    const node = movedNode();
    const [before, names] = [filesOf(node), namesOf(node)];
    const {out, err} = await runOn(node, ['renew', '--sans', 'needed', '--yes']);
    expect(out).toContain('1 certificate to renew; 11 stay as they are.');
    expect(out).not.toContain('warning');
    expect(changed(before, filesOf(node))).toEqual([`${pki}/apiserver.crt`, `${pki}/apiserver.key`]);
    expect(namesOf(node)).toEqual([...names, 'lb.demo.test']);
    expect(err).toContain('edit configmap kubeadm-config\n  add:        lb.demo.test\n');
    expect((await runOn(node, ['check'])).code).toBe(0);
    expect((await runOn(node, ['renew', '--sans', 'needed'])).out).toBe(
      '0 certificates to renew; 12 stay as they are.\n',
    );
  });

  test('adds nothing that a wildcard covers', async () => {
    const node = movedNode();
    const words = ['apiserver', '--sans', 'needed', '--add-san', '*.demo.test'];
    await runOn(node, ['renew', ...words, '--yes']);
    const {renewed} = await shownAsJson(node, ['apiserver', '--sans', 'needed', '--remove-san', 'api.demo.test']);
    expect(renewed[0]?.names?.find(({name}) => name === 'api.demo.test')).toMatchObject({
      has: 'api.demo.test',
      after: '*.demo.test',
    });
  });

  test('is what requests ask for too', async () => {
    const node = movedNode();
    const directory = join(temporaryFolder(), 'to-sign');
    const {out} = await runOn(node, ['renew', '--sans', 'needed', '--requests', directory, '-o', 'json']);
    const {requests} = JSON.parse(out) as {requests: {sans: string[]; names: {name: string; neededBy: string[]}[]}[]};
    expect(requests).toHaveLength(1);
    expect(requests[0]?.sans).toContain('lb.demo.test');
    expect(requests[0]?.names.at(-1)).toMatchObject({
      name: 'lb.demo.test',
      neededBy: ['/etc/kubernetes/scheduler.conf'],
    });
  });
});

describe('--sans plan', () => {
  test('takes the names of the plan and what is dialled, and says where the two differ', async () => {
    const node = movedNode();
    const {out} = await runOn(node, ['renew', 'apiserver', '--sans', 'plan', '--plan', planFile(), '--yes']);
    expect(out).toContain('HAS  PLAN  NEEDED BY');
    expect(out).toMatch(/ - 10\.0\.0\.10 +yes +no +-\n/);
    expect(out).toMatch(/ \+ new\.demo\.test +no +yes +-\n/);
    expect(out).toMatch(/ \+ lb\.demo\.test +no +no +\/etc\/kubernetes\/scheduler\.conf\n/);
    expect(out).toContain('warning: the plan has no lb.demo.test, and apiserver gets it all the same');
    const names = namesOf(node);
    expect(names).toEqual(expect.arrayContaining(['new.demo.test', 'lb.demo.test', 'api.demo.test', '10.0.0.11']));
    expect(names).not.toContain('10.0.0.10');
  });

  test('is there to compare with, where names are kept', async () => {
    const {renewed, warnings} = await shownAsJson(fixtureNode(), ['apiserver', '--plan', planFile()]);
    const names = renewed[0]?.names ?? [];
    expect(names.find(({name}) => name === '10.0.0.10')).toMatchObject({
      has: '10.0.0.10',
      planned: null,
      after: '10.0.0.10',
    });
    expect(names.find(({name}) => name === 'new.demo.test')).toMatchObject({
      has: null,
      planned: 'new.demo.test',
      after: null,
    });
    expect(warnings).toEqual([]);
  });

  test('reads a kubeadm configuration, and finds nothing to change where kubeadm made the node with it', async () => {
    const node = fixtureNode();
    const config = ['--from-kubeadm', node.at('/etc/kubernetes/kubeadm-config.yaml')];
    const {code, out} = await runOn(node, ['renew', '--sans', 'plan', ...config]);
    expect([code, out]).toEqual([0, '0 certificates to renew; 12 stay as they are.\n']);
  });

  test('keeps the names of certificates that are nobody’s door', async () => {
    const {renewed} = await shownAsJson(fixtureNode(), ['--all', '--sans', 'plan', '--plan', planFile()]);
    expect(renewed.filter(({names}) => names !== undefined).map(({name}) => name)).toEqual([
      'apiserver',
      'etcd-peer',
      'etcd-server',
    ]);
  });

  test.each<[how: string, node: string, words: readonly string[]]>([
    ['an address', nodeOf('another', '10.0.0.11'), []],
    ['what a person says', nodeOf('another', '10.9.9.9'), ['--node', 'another']],
  ])('knows the node of the plan by %s', async (_, nodes, words) => {
    const {renewed} = await shownAsJson(fixtureNode(), [
      'apiserver',
      '--sans',
      'plan',
      '--plan',
      planFile(nodes),
      ...words,
    ]);
    expect(renewed[0]?.names?.find(({name}) => name === 'another')).toMatchObject({has: null, after: 'another'});
  });

  test('knows a node without flags by the addresses that its certificates name', async () => {
    const node = fixtureNode();
    for (const path of ['/etc/kubernetes/manifests', '/var/lib/kubelet']) rmSync(node.at(path), {recursive: true});
    for (const name of ['kubelet', 'admin']) rmSync(node.at(`/etc/kubernetes/${name}.conf`));
    const plan = planFile(nodeOf('other', '10.0.0.9') + nodeOf('here', '10.0.0.11'));
    const {renewed} = await shownAsJson(node, ['apiserver', '--sans', 'plan', '--plan', plan]);
    expect(renewed[0]?.names?.find(({name}) => name === 'here')).toMatchObject({has: null, after: 'here'});
  });

  test.each<[why: string, words: readonly string[], message: string]>([
    ['no plan', ['--sans', 'plan'], 'name one: --plan FILE, or --from-kubeadm FILE'],
    [
      'a node but no plan',
      ['--node', 'cp-1'],
      'add --plan FILE, or say what to renew: certwright renew kubelet-client --node NAME',
    ],
    [
      'a plan of other nodes',
      ['--plan', aPlan],
      'this node is called cp-1, and no node of the plan is, nor has one of its addresses\n    add --node NAME; the plan has: cp-8, cp-9',
    ],
    ['a node that the plan does not have', ['--plan', aPlan, '--node', 'cp-1'], 'the plan has no node "cp-1"\n'],
  ])('with %s says what is missing, and changes nothing', async (_, words, message) => {
    const node = fixtureNode();
    const before = filesOf(node);
    const nodes = nodeOf('cp-8', '10.0.0.8') + nodeOf('cp-9', '10.0.0.9');
    const {code, err} = await runOn(node, [
      'renew',
      'apiserver',
      '--yes',
      ...words.map((word) => (word === aPlan ? planFile(nodes) : word)),
    ]);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(filesOf(node)).toEqual(before);
  });
});
