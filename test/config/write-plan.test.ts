import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readPlan} from '../../src/config/resolve-plan.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import {emptyPlan, type ClusterPlan} from '../../src/pki/plan.ts';
import {steps} from '../../src/wizard/steps.ts';
import {arbitraryPlan} from '../helpers/arbitrary-plan.ts';
import {haNodes, node, planWith} from '../helpers/plans.ts';

function planIn(text: string, folder = '/'): ClusterPlan {
  return readPlan({text, source: 'plan.yaml', folder}).plan;
}

describe('a plan written anew', () => {
  test('reads back as the same plan, whatever is in it', () => {
    fc.assert(
      fc.property(arbitraryPlan, fc.constantFrom(undefined, '/keys', '/elsewhere'), (plan, folder) => {
        expect(planIn(writePlan(plan, {folder}), folder)).toEqual(plan);
      }),
      {numRuns: 100},
    );
  });

  test('explains every key above it', () => {
    const text = writePlan(planWith({users: [{name: 'viewer', groups: ['Dev Team', 'no']}]}), {
      schema: '../plan.schema.json',
    });
    expect(text.split('\n').slice(0, 8)).toEqual([
      '# yaml-language-server: $schema=../plan.schema.json',
      'planVersion: 1',
      '',
      'cluster:',
      '  # Cluster name: Names the cluster in every kubeconfig: contexts read user@name. It stands in no',
      '  # certificate.',
      '  name: demo',
      '',
    ]);
    const plain = text.replace(/\n *# ?/g, ' ').replace(/ +/g, ' ');
    for (const step of steps.filter(({id}) => !id.startsWith('kubelets.'))) {
      expect(plain, step.id).toContain(`${step.ask}: ${step.help}`);
    }
    expect(text).toContain('\n  kubernetesVersion: "1.36"\n');
    expect(text).toContain('\n  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}\n');
    expect(text).toContain('\n  - {name: viewer, groups: [Dev Team, "no"]}\n');
  });

  test('leaves out what has no value and what this plan does not ask', () => {
    const text = writePlan({...emptyPlan, nodes: [node('cp-1', '10.0.0.11', 'control-plane')]});
    expect(text).not.toMatch(/controlPlaneEndpoint|kubelets|bootstrap|\$schema/);
  });

  test('names brought files below its folder by a relative path', () => {
    const plan = planWith({
      trust: {
        authorities: {
          'kubernetes-ca': {certificate: '/pki/ca.crt', key: '/pki/deep/ca.key', passphrase: {file: '/secret'}},
          'etcd-ca': {certificate: '/pkix/ca.crt', key: '/pki', passphrase: {env: 'P'}},
        },
      },
    });
    const text = writePlan(plan, {folder: '/pki'});
    expect(text).toContain('    kubernetes-ca: {certificate: ca.crt, key: deep/ca.key, passphrase: {file: /secret}}\n');
    expect(text).toContain('    etcd-ca: {certificate: /pkix/ca.crt, key: /pki, passphrase: {env: P}}\n');
    expect(planIn(text, '/pki')).toEqual(plan);
  });
});

const existing = `# Our cluster, do not touch on Fridays
planVersion: 1

nodes:
  # the old rack
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]} # noisy fan
  # the new rack
  - name: worker-1 # to be renamed
    addresses: 10.0.0.21
    roles:
      - worker
cluster:
  name: demo # as in the ticket
  controlPlaneEndpoint: "api.demo.test:6443"
validity: {leaves: 1y} # audit wants this
`;

describe('a plan saved into its file', () => {
  const plan = planIn(existing);

  test('leaves every letter as it was when nothing has changed', () => {
    expect(writePlan(plan, {existing})).toBe(existing);
  });

  test('changes the one value that changed', () => {
    const changed = {...plan, cluster: {...plan.cluster, name: 'other'}};
    expect(writePlan(changed, {existing})).toBe(existing.replace('name: demo #', 'name: other #'));
  });

  test('keeps the comments around a changed record, and the quotes of a changed text', () => {
    const nodes = plan.nodes.map((each) =>
      each.name === 'worker-1' ? {...each, addresses: ['10.0.0.22', 'fd00::22']} : each,
    );
    const cluster = {...plan.cluster, controlPlaneEndpoint: 'lb.demo.test:6443'};
    expect(writePlan({...plan, nodes, cluster}, {existing})).toBe(
      existing.replace('addresses: 10.0.0.21', 'addresses: [10.0.0.22, fd00::22]').replace('"api.', '"lb.'),
    );
  });

  test('adds a record in the style of the others, and moves comments with their records', () => {
    const [first, second] = plan.nodes;
    const nodes = [second, node('cp-2', '10.0.0.12', 'control-plane'), first].flatMap((each) => each ?? []);
    const text = writePlan({...plan, nodes}, {existing});
    expect(planIn(text).nodes).toEqual(nodes);
    expect(text).toMatch(/# the new rack\n {2}- name: worker-1 # to be renamed\n/);
    expect(text).toContain('roles: [control-plane]} # noisy fan\n');
  });

  test('adds keys that the file lacks, into their group, and takes away what has no value any more', () => {
    const changed: ClusterPlan = {
      ...plan,
      cluster: {...plan.cluster, controlPlaneEndpoint: undefined, kubernetesVersion: '1.30'},
      keys: {algorithm: 'ECDSA-P256'},
      sans: {apiserver: ['lb.demo.test']},
    };
    expect(writePlan(changed, {existing})).toBe(
      existing
        .replace('  controlPlaneEndpoint: "api.demo.test:6443"\n', '  kubernetesVersion: "1.30"\n')
        .concat('sans:\n  apiserver: [lb.demo.test]\nkeys:\n  algorithm: ECDSA-P256\n'),
    );
  });

  test('takes back a value to the default where the file names it', () => {
    const text = writePlan({...plan, validity: emptyPlan.validity}, {existing: existing.replace('1y', '90d')});
    expect(text).toBe(existing.replace('1y', '8760h'));
  });

  test('keeps the indentation that the file has', () => {
    const wide =
      'planVersion: 1\nnodes:\n- name: cp-1\n  addresses: [ 10.0.0.11 ]\n  roles: [ control-plane ]\ncluster:\n    name: demo\n';
    const text = writePlan({...planIn(wide), layout: 'minikube'}, {existing: wide.replace('    name', '  name')});
    expect(text).toBe(`${wide.replace('    name', '  name')}layout: minikube\n`);
  });

  test('keeps columns, blank lines, depths of comments and line ends as they were', () => {
    const ours = [
      '---',
      'planVersion:   1      # first',
      '',
      '',
      'cluster:',
      '    name:    demo     # short',
      '    # indented',
      '',
      '# not indented',
      "layout:      'kubeadm'  # single quotes",
      'nodes: [{name: cp-1,  addresses: [10.0.0.11],   roles: [control-plane]}]',
      '',
      '# the end',
      '',
      '',
    ].join('\r\n');
    const before = planIn(ours);
    expect(writePlan(before, {existing: ours})).toBe(ours);
    const changed = {...before, cluster: {...before.cluster, name: 'other'}, etcd: 'external' as const};
    expect(writePlan(changed, {existing: ours})).toBe(
      ours
        .replace('name:    demo     # short', 'name: other # short')
        .replace('roles: [control-plane]}]\r\n', 'roles: [control-plane]}]\r\netcd: external\r\n'),
    );
  });

  test('keeps anchors where they still serve, and gives them up where they would change something else', () => {
    const anchored = `planVersion: 1 # ours
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane], sans: &names [a.test]}
  - {name: w-1, addresses: [10.0.0.21], roles: [worker], sans: *names}
sans: {apiserver: *names}
`;
    const before = planIn(anchored);
    expect(writePlan({...before, layout: 'minikube'}, {existing: anchored})).toBe(`${anchored}layout: minikube\n`);
    const nodes = before.nodes.map((each, index) => (index === 0 ? {...each, sans: ['b.test']} : each));
    expect(planIn(writePlan({...before, nodes}, {existing: anchored}))).toEqual({...before, nodes});
  });

  test.each([
    '',
    'a: [',
    '- x',
    '{}',
    '# mine\nlayout: kubeadm\n',
    'planVersion: 1\n',
    'nodes: {a: b}\nplanVersion: 7\n',
  ])('reads back right even from a file that holds %j', (text) => {
    const wanted = planWith({nodes: haNodes});
    const back = readPlan({text: writePlan(wanted, {existing: text}), source: 'plan.yaml', folder: '/'});
    expect(back).toMatchObject({plan: wanted, problems: []});
  });

  test('reads back as the plan that was saved, from any plan to any other', () => {
    fc.assert(
      fc.property(arbitraryPlan, arbitraryPlan, (before, after) => {
        expect(planIn(writePlan(after, {existing: writePlan(before)}))).toEqual(after);
      }),
      {numRuns: 40},
    );
  });

  test('keeps every comment of a file that was written anew, whatever values change', () => {
    const keys = arbitraryPlan.map(({cluster, validity, keys: {algorithm}, network}) => ({
      ...planWith(),
      cluster: {...cluster, controlPlaneEndpoint: 'api.demo.test'},
      validity,
      keys: {algorithm},
      network,
    }));
    const comments = (text: string) => text.split('\n').filter((line) => line.trim().startsWith('#'));
    fc.assert(
      fc.property(keys, keys, (before, after) => {
        const text = writePlan(before);
        expect(comments(writePlan(after, {existing: text}))).toEqual(comments(text));
      }),
      {numRuns: 40},
    );
  });
});
