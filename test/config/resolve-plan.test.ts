import {describe, expect, test} from 'vitest';
import {resolvePlan, type PlanSource, type ResolvedPlan} from '../../src/config/resolve-plan.ts';

const preset: PlanSource = {
  source: 'preset two',
  folder: '/presets',
  text: `planVersion: 1
cluster: {name: preset, controlPlaneEndpoint: "api.demo.test:6443"}
keys: {algorithm: RSA-3072}
validity: {leaves: 90d}
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
  - {name: w-1.demo.test, addresses: [10.0.0.21], roles: [worker]}
`,
};
const planFile: PlanSource = {
  source: 'my.yaml',
  folder: '/home/me',
  text: `planVersion: 1
cluster: {name: mine}
keys: {algorithm: ECDSA-P256}
trust: {authorities: {kubernetes-ca: {certificate: ca.crt}}}
users: [{name: viewer, groups: [read-only]}]
`,
};

function set(...sets: string[]): ResolvedPlan {
  return resolvePlan({preset, planFile, sets, folder: '/work'});
}

function errors({problems}: ResolvedPlan): string[] {
  return problems.filter(({severity}) => severity === 'error').map(({code, at}) => `${at.source} ${code} ${at.path}`);
}

describe('a plan from several sources', () => {
  test('has each key from the last one that gives it, and knows which', () => {
    const {plan, sources} = set('keys.algorithm=ECDSA-P384');
    expect(plan).toMatchObject({
      cluster: {name: 'mine', controlPlaneEndpoint: 'api.demo.test:6443', kubernetesVersion: '1.36'},
      keys: {algorithm: 'ECDSA-P384'},
      validity: {leaves: 2160, authorities: 87_600},
    });
    expect(Object.fromEntries(sources)).toEqual({
      'cluster.name': 'file',
      'cluster.controlPlaneEndpoint': 'preset',
      'keys.algorithm': 'set',
      'validity.leaves': 'preset',
      nodes: 'preset',
      'trust.authorities': 'file',
      users: 'file',
    });
  });

  test('is empty when nothing is given, and says so', () => {
    const resolved = resolvePlan({});
    expect([...resolved.sources]).toEqual([]);
    expect(resolved.problems.map(({code, at}) => [code, at])).toEqual([['no-control-plane', {path: 'nodes'}]]);
  });

  test('forgets what was wrong with a value that a later source replaces', () => {
    const wrong = {...preset, text: preset.text.replace('RSA-3072', 'DSA').replace('90d', 'long')};
    expect(errors(resolvePlan({preset: wrong}))).toEqual([
      'preset two unknown-choice keys.algorithm',
      'preset two not-a-duration validity.leaves',
    ]);
    expect(errors(resolvePlan({preset: wrong, planFile, sets: ['validity.leaves=1y']}))).toEqual([]);
  });

  test('has its problems where their values come from', () => {
    const resolved = set('network.podSubnets=10.96.0.0/16', 'sans.apiserver=https://x.test');
    expect(resolved.problems.filter(({severity}) => severity === 'error').map(({code, at}) => [code, at])).toEqual([
      ['subnets-overlap', {path: 'network.podSubnets[0]', source: '--set network.podSubnets'}],
      ['name-is-url', {path: 'sans.apiserver[0]', source: '--set sans.apiserver'}],
    ]);
  });

  test('has brought files relative to the source that names them', () => {
    expect(set().plan.trust.authorities).toEqual({'kubernetes-ca': {certificate: '/home/me/ca.crt'}});
    expect(
      set('trust.authorities.kubernetes-ca.key=keys/ca.key', 'trust.authorities.kubernetes-ca.passphrase=file:pass')
        .plan.trust.authorities,
    ).toEqual({
      'kubernetes-ca': {certificate: '/home/me/ca.crt', key: '/work/keys/ca.key', passphrase: {file: '/work/pass'}},
    });
  });

  test('says nothing of values when a file cannot be read at all', () => {
    const broken = resolvePlan({preset, planFile: {...planFile, text: 'cluster: [\n'}});
    expect(broken.problems.map(({code, at}) => [code, at.source])).toEqual([['not-yaml', 'my.yaml']]);
  });
});

describe('--set', () => {
  test.each([
    ['cluster.controlPlaneEndpoint=', {cluster: {controlPlaneEndpoint: undefined}}],
    ['network.serviceSubnets=10.96.0.0/16,fd00::/112', {network: {serviceSubnets: ['10.96.0.0/16', 'fd00::/112']}}],
    ['bootstrap.token.ttl=2d', {bootstrap: {token: {ttl: 48}}}],
    ['bootstrap.token.description=for the = new rack', {bootstrap: {token: {description: 'for the = new rack'}}}],
    ['kubelets.serving=signed', {kubelets: {serving: 'signed'}}],
    [
      'nodes=a 10.0.0.1 control-plane; b 10.0.0.2,fd00::2 worker b.test',
      {
        nodes: [
          {name: 'a', addresses: ['10.0.0.1'], roles: ['control-plane'], sans: []},
          {name: 'b', addresses: ['10.0.0.2', 'fd00::2'], roles: ['worker'], sans: ['b.test']},
        ],
      },
    ],
    ['nodes.cp-1.sans=cp.test 203.0.113.9', {nodes: [{name: 'cp-1', sans: ['cp.test', '203.0.113.9']}, {}]}],
    ['nodes.w-1.demo.test.addresses=10.0.0.22', {nodes: [{}, {name: 'w-1.demo.test', addresses: ['10.0.0.22']}]}],
    ['nodes[1].name=w-2', {nodes: [{}, {name: 'w-2'}]}],
    ['users.viewer.groups=a,b', {users: [{name: 'viewer', groups: ['a', 'b']}]}],
    ['trust.assign.kubelet-serving=kubelet-serving-ca', {trust: {assign: {'kubelet-serving': 'kubelet-serving-ca'}}}],
    [
      'trust.authorities.etcd-ca.certificate=/etcd.crt',
      {trust: {authorities: {'etcd-ca': {certificate: '/etcd.crt'}}}},
    ],
  ])('%s is taken', (text, expected) => {
    const resolved = set(text);
    expect(errors(resolved)).toEqual([]);
    expect(resolved.plan).toMatchObject(expected);
  });

  test('takes one item of a list that an earlier one set', () => {
    expect(set('sans.apiserver=a.test b.test', 'sans.apiserver[1]=c.test').plan.sans.apiserver).toEqual([
      'a.test',
      'c.test',
    ]);
  });

  test.each([
    ['keys.algorithm', '--set not-a-setting ', 'write it like keys.algorithm=ECDSA-P256'],
    ['=x', '--set not-a-setting ', 'write it like keys.algorithm=ECDSA-P256'],
    ['key.algorithm=x', '--set unknown-key key.algorithm', 'did you mean keys.algorithm?'],
    ['algorithm=x', '--set unknown-key algorithm', 'did you mean keys.algorithm?'],
    [
      'network=x',
      '--set unknown-key network',
      'set one of network.serviceSubnets, network.podSubnets, network.dnsDomain',
    ],
    ['quite.another=x', '--set unknown-key quite.another', 'certwright presets kubeadm-single shows every key'],
    ['layout.x=y', '--set layout.x unknown-key layout.x', 'set layout itself'],
    ['nodes.cp-2.sans=x', '--set nodes.cp-2.sans unknown-item nodes.cp-2.sans', 'did you mean nodes.cp-1?'],
    ['nodes.other.sans=x', '--set nodes.other.sans unknown-item nodes.other.sans', 'it has cp-1, w-1.demo.test'],
    ['nodes[2].sans=x', '--set nodes[2].sans unknown-item nodes[2].sans', 'it has cp-1, w-1.demo.test'],
    ['sans.apiserver[0]=x', '--set sans.apiserver[0] unknown-item sans.apiserver[0]', 'it is empty'],
    [
      'nodes.cp-1=x',
      '--set nodes.cp-1 unknown-key nodes.cp-1',
      'name a field: nodes.cp-1.name, nodes.cp-1.addresses, nodes.cp-1.roles, nodes.cp-1.sans',
    ],
    ['nodes.cp-1.role=worker', '--set nodes.cp-1.role unknown-key nodes[0].role', 'did you mean roles?'],
    [
      'trust.authorities.etcd-ca=/ca.crt',
      '--set trust.authorities.etcd-ca unknown-key trust.authorities.etcd-ca',
      'name a field: trust.authorities.etcd-ca.certificate, trust.authorities.etcd-ca.key, trust.authorities.etcd-ca.passphrase',
    ],
    [
      'nodes.cp-1.addresses=10.0.0.300',
      '--set nodes.cp-1.addresses not-an-address nodes[0].addresses[0]',
      'write it like 10.0.0.11 or fd00::11',
    ],
    [
      'trust.assign.kubelet-servin=x-ca',
      '--set trust.assign.kubelet-servin unknown-certificate trust.assign.kubelet-servin',
      'did you mean kubelet-serving?',
    ],
  ])('%s is refused', (text, error, fix) => {
    const resolved = set(text);
    expect(errors(resolved)).toEqual([error]);
    expect(resolved.problems.find(({severity}) => severity === 'error')?.fix).toBe(fix);
  });

  test('of a part leaves the rest where it came from, and as wrong as it was', () => {
    const wrong = {...preset, text: preset.text.replace('10.0.0.21', '10.0.0.300').replace('[worker]', '[work]')};
    const resolved = resolvePlan({preset: wrong, sets: ['nodes.cp-1.sans=https://a.test']});
    expect(errors(resolved)).toEqual([
      'preset two not-an-address nodes[1].addresses[0]',
      'preset two unknown-choice nodes[1].roles[0]',
      '--set nodes.cp-1.sans name-is-url nodes[0].sans[0]',
    ]);
    const mended = resolvePlan({preset: wrong, sets: ['nodes[1].roles=worker', 'nodes[1].addresses=10.0.0.22']});
    expect(errors(mended)).toEqual([]);
  });

  test('never has a passphrase repeated that was given by mistake', () => {
    const resolved = set('trust.authorities.kubernetes-ca.passphrase=hunter2', 'hunter2');
    expect(errors(resolved)).toHaveLength(2);
    expect(JSON.stringify(resolved.problems)).not.toContain('hunter2');
  });
});
