import {describe, expect, test} from 'vitest';
import {InputFailure} from '../../src/base/failure.ts';
import {problem, warning} from '../../src/base/problem.ts';
import {steps} from '../../src/wizard/steps.ts';
import {back, enter} from '../helpers/line-person.ts';
import {highlyAvailable, singlePlan, walk} from '../helpers/line-walk.ts';

describe('where to start from', () => {
  test('is asked: this machine, the presets, a plan file', async () => {
    const {shown, issued} = await walk({}, {start: {}});
    expect(shown).toContain('1) This machine: One control-plane node, host-1 at 192.168.1.20.\n2) kubeadm-single: ');
    expect(shown).toContain('4) A plan file: ');
    expect(issued[0]?.plan).toEqual(singlePlan);
  });

  test('is asked until there is something to start from', async () => {
    const {shown, issued} = await walk(
      {
        'Start from': [back, 'plan-file', 'plan-file', 'plan-file', 'kubeadm-ha'],
        'Path of the plan file': ['gone.yaml', 'bad.yaml', back],
      },
      {
        start: {},
        world: {
          files: {
            'bad.yaml': {
              ok: false,
              problems: [problem('unknown-key', 'nods', 'there is no key "nods" here', 'did you mean nodes?')],
            },
          },
        },
      },
    );
    expect(shown).toContain('This is the first question.');
    expect(shown).toContain('Not taken: gone.yaml does not exist\n  name a file that is there\n');
    expect(shown).toContain('Not taken: there is no key "nods" here\n  did you mean nodes?\n');
    expect(issued[0]?.plan).toEqual(highlyAvailable);
  });

  test('can be chosen anew, and what that would replace is said before', async () => {
    const {shown, issued} = await walk(
      {
        'Start from': ['kubeadm-single', 'kubeadm-ha', 'kubeadm-ha'],
        'Cluster name': ['mine', enter],
        'Kubernetes version': [back, enter],
        'Start over?': ['no', 'yes'],
      },
      {start: {}},
    );
    expect(shown).not.toContain('This replaces');
    expect(issued[0]?.plan.cluster.name).toBe('mine');
    const again = await walk(
      {
        'Start from': ['kubeadm-single', 'kubeadm-ha', 'kubeadm-ha'],
        'Cluster name': ['mine', back, enter],
        'Kubernetes version': back,
        'Start over?': ['no', 'yes'],
      },
      {start: {}},
    );
    expect(again.shown.match(/This replaces your answers: Cluster name\./g)).toHaveLength(2);
    expect(again.issued[0]?.plan).toEqual(highlyAvailable);
  });

  test('is wrong on the command line: every problem is told, and nothing is asked', async () => {
    const problems = [problem('unknown-key', 'nods', 'there is no key "nods" here')];
    const refused = await walk(
      {},
      {start: {plan: 'bad.yaml'}, world: {files: {'bad.yaml': {ok: false, problems}}}},
    ).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputFailure);
    expect(refused).toMatchObject({message: 'bad.yaml cannot be used', problems});
    await expect(walk({}, {start: {preset: 'nothing'}})).rejects.toThrow('nothing does not exist');
  });
});

describe('a plan file', () => {
  const given = steps.map(({id}) => id);

  test('that answers everything leaves nothing to ask, and its answers are shown', async () => {
    const {asked, shown, issued} = await walk(
      {},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan: highlyAvailable, given}}}},
    );
    expect(asked.slice(0, 2)).toEqual(['What now', 'Folder for the bundle']);
    expect(shown).toContain('Cluster name: demo\n');
    expect(shown).toContain('etcd: On the control-plane nodes\n');
    expect(shown).toContain('Nodes:\n  cp-1 10.0.0.11 control-plane\n  cp-2 10.0.0.12 control-plane\n');
    expect(issued[0]?.plan).toEqual(highlyAvailable);
    expect(shown).toContain('certwright issue --plan plan.yaml --out ./demo-bundle\n');
  });

  test('that leaves something out is asked for just that', async () => {
    const {asked, issued} = await walk(
      {Nodes: ['cp-1 10.0.0.11 control-plane', enter], 'Key algorithm': 'ECDSA-P256'},
      {
        start: {plan: 'plan.yaml'},
        world: {
          files: {
            'plan.yaml': {
              ok: true,
              plan: {...singlePlan, nodes: []},
              given: given.filter((id) => id !== 'nodes' && id !== 'keys.algorithm'),
            },
          },
        },
      },
    );
    expect(asked.slice(0, 4)).toEqual([
      'Nodes, a line or Enter when done',
      'Nodes, a line or Enter when done',
      'Key algorithm',
      'What now',
    ]);
    expect(issued[0]?.plan).toEqual({...singlePlan, keys: {algorithm: 'ECDSA-P256'}});
  });

  test('with wrong answers has their questions opened, each with what is wrong', async () => {
    const plan = {...singlePlan, network: {...singlePlan.network, podSubnets: ['10.96.0.0/16']}};
    const problems = [
      problem('not-a-duration', 'validity.leaves', '"a year" is not a length of time', 'write it like 8760h'),
    ];
    const {asked, shown, issued} = await walk(
      {'Pod subnets': '10.244.0.0/16'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan, given, problems}}}},
    );
    expect(asked.slice(0, 3)).toEqual(['Pod subnets', 'Certificates are valid for', 'What now']);
    expect(shown).toMatch(/Not taken: .*10\.96\.0\.0\/16.*\n/);
    expect(shown).toContain('Not taken: "a year" is not a length of time\n  write it like 8760h\n');
    expect(issued[0]?.plan).toEqual(singlePlan);
  });

  test('can still be changed, and its warnings are said', async () => {
    const plan = {...singlePlan, validity: {authorities: 8760, leaves: 87_600}};
    const {shown, issued} = await walk(
      {'What now': ['change', 'issue'], 'Which answer': 'validity.leaves', 'Certificates are valid for': '90d'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan, given}}}},
    );
    expect(shown).toMatch(/Certificates are valid for: 87600h\nWarning: 10 years is more/);
    expect(shown).toContain('Warning: certificates would last 10 years');
    expect(issued[0]?.plan.validity.leaves).toBe(2160);
  });

  test('that goes back as far as it can comes to the question what to start from', async () => {
    const {asked} = await walk(
      {'What now': [back, 'issue'], 'Start from': 'plan-file', 'Path of the plan file': 'plan.yaml'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan: singlePlan, given}}}},
    );
    expect(asked.slice(0, 4)).toEqual(['What now', 'Start from', 'Path of the plan file', 'What now']);
  });

  test('moves no cursor, whatever is in it', async () => {
    const plan = {...singlePlan, cluster: {...singlePlan.cluster, name: '\u001B[2J\u0007demo\u009B1m'}};
    const {shown} = await walk(
      {'Cluster name': 'demo'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan, given}}}},
    );
    expect(shown).toContain('?[2J?demo?1m');
  });
});

describe('a kubeadm configuration', () => {
  const loss = {
    ...warning('left-to-kubeadm', 'ClusterConfiguration.dns', 'no certificate depends on dns', 'keep it there'),
    at: {path: 'ClusterConfiguration.dns', line: 7, column: 1, source: 'kubeadm.yaml'},
  };
  const reading = {ok: true, plan: highlyAvailable, given: steps.map(({id}) => id), losses: [loss]} as const;

  test('is one of the things to start from, and says what no plan can', async () => {
    const {shown, issued} = await walk(
      {'Start from': 'kubeadm-config', 'Path of the kubeadm configuration': 'kubeadm.yaml'},
      {start: {}, world: {kubeadm: {'kubeadm.yaml': reading}}},
    );
    expect(shown).toContain(
      'What the file says and a plan cannot:\n- line 7: no certificate depends on dns\n  keep it there\n',
    );
    expect(issued[0]?.plan).toEqual(highlyAvailable);
    expect(shown).toContain('certwright issue --from-kubeadm kubeadm.yaml --out ./demo-bundle\n');
  });

  test('named on the command line asks nothing that it answers', async () => {
    const {asked} = await walk({}, {start: {fromKubeadm: 'kubeadm.yaml'}, world: {kubeadm: {'kubeadm.yaml': reading}}});
    expect(asked.slice(0, 2)).toEqual(['What now', 'Folder for the bundle']);
  });
});
