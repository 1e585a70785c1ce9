import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import {certificateIds} from '../../src/pki/certificates.ts';
import {layoutIds, topologyIds} from '../../src/pki/plan.ts';
import {externalEtcdNodes, planWith, type PlanChanges} from '../helpers/plans.ts';

function flagsOf(blueprint: Blueprint, node: string, component: string): Map<string, string> {
  const found = blueprint.components.find((each) => each.node === node && each.component === component);
  return new Map([...(found?.flags ?? []), ...(found?.settings ?? [])].map((flag) => [flag.name, flag.value]));
}

/** What a file on a node holds: the ids of authorities. */
function held(blueprint: Blueprint, node: string, target: string | undefined): readonly string[] | undefined {
  const file = blueprint.files.find((each) => each.node === node && each.target === target);
  return file?.content.kind === 'authorities' ? file.content.authorities : undefined;
}

function trusted(changes: PlanChanges, component: string, flag: string, node = 'cp-1'): readonly [string?, string[]?] {
  const blueprint = makeBlueprint(planWith(changes));
  const path = flagsOf(blueprint, node, component).get(flag);
  const ids = held(blueprint, node, path);
  return path === undefined ? [] : [path, [...(ids ?? [])]];
}

const pki = '/etc/kubernetes/pki';

describe('what each verifier holds', () => {
  test('with three authorities is what kubeadm gives it', () => {
    const plan: PlanChanges = {trust: {topology: 'three-cas'}};
    expect(trusted(plan, 'etcd', '--trusted-ca-file')).toEqual([`${pki}/etcd/ca.crt`, ['etcd-ca']]);
    expect(trusted(plan, 'kube-apiserver', '--client-ca-file')).toEqual([`${pki}/ca.crt`, ['kubernetes-ca']]);
    expect(trusted(plan, 'kube-apiserver', '--requestheader-client-ca-file')).toEqual([
      `${pki}/front-proxy-ca.crt`,
      ['front-proxy-ca'],
    ]);
    expect(trusted(plan, 'kube-apiserver', '--kubelet-certificate-authority')).toEqual([]);
  });

  test('with one authority is that one, in files that keep their names', () => {
    const plan: PlanChanges = {trust: {topology: 'single-ca'}};
    expect(trusted(plan, 'etcd', '--trusted-ca-file')).toEqual([`${pki}/etcd/ca.crt`, ['kubernetes-ca']]);
    expect(trusted(plan, 'kube-apiserver', '--requestheader-client-ca-file')).toEqual([
      `${pki}/front-proxy-ca.crt`,
      ['kubernetes-ca'],
    ]);
  });

  test('with intermediates is the intermediate alone for clients, with its root for servers', () => {
    const plan: PlanChanges = {trust: {topology: 'intermediates'}};
    expect(trusted(plan, 'etcd', '--trusted-ca-file')).toEqual([`${pki}/etcd/ca.crt`, ['etcd-ca']]);
    expect(trusted(plan, 'etcd', '--peer-trusted-ca-file')).toEqual([`${pki}/etcd/ca.crt`, ['etcd-ca']]);
    expect(trusted(plan, 'kube-apiserver', '--client-ca-file')).toEqual([`${pki}/ca.crt`, ['kubernetes-ca']]);
    expect(trusted(plan, 'kubelet', 'authentication.x509.clientCAFile')).toEqual([`${pki}/ca.crt`, ['kubernetes-ca']]);
    expect(trusted(plan, 'kube-apiserver', '--etcd-cafile')).toEqual([
      `${pki}/etcd/ca-chain.crt`,
      ['etcd-ca', 'root-ca'],
    ]);
    expect(trusted(plan, 'kube-controller-manager', '--root-ca-file')).toEqual([
      `${pki}/ca-chain.crt`,
      ['kubernetes-ca', 'root-ca'],
    ]);
  });
});

describe('trust.assign', () => {
  test('gives the kubelets’ serving certificates an authority of their own, and the API server its file', () => {
    const plan: PlanChanges = {
      kubelets: {client: 'issued', serving: 'signed'},
      trust: {topology: 'three-cas', assign: {'kubelet-serving': 'kubelet-serving-ca'}},
    };
    expect(trusted(plan, 'kube-apiserver', '--kubelet-certificate-authority')).toEqual([
      `${pki}/kubelet-serving-ca.crt`,
      ['kubelet-serving-ca'],
    ]);
    const blueprint = makeBlueprint(planWith(plan));
    expect(blueprint.authorities.map(({id}) => id)).toEqual([
      'kubernetes-ca',
      'etcd-ca',
      'front-proxy-ca',
      'kubelet-serving-ca',
    ]);
    expect(flagsOf(blueprint, 'cp-1', 'kube-controller-manager').get('--cluster-signing-cert-file')).toBe(
      `${pki}/ca.crt`,
    );
    expect(held(blueprint, 'worker-1', `${pki}/ca.crt`)).toEqual(['kubernetes-ca']);
  });

  test('splits the signing files a signer each when two authorities sign requests', () => {
    const blueprint = makeBlueprint(
      planWith({
        kubelets: {client: 'bootstrap', serving: 'bootstrap'},
        trust: {topology: 'three-cas', assign: {'kubelet-serving': 'kubelet-serving-ca'}},
      }),
    );
    const flags = flagsOf(blueprint, 'cp-1', 'kube-controller-manager');
    expect(flags.has('--cluster-signing-cert-file')).toBe(false);
    expect(flags.get('--cluster-signing-kubelet-serving-cert-file')).toBe(`${pki}/kubelet-serving-ca.crt`);
    expect(flags.get('--cluster-signing-kubelet-client-key-file')).toBe(`${pki}/ca.key`);
    const keys = blueprint.files.filter((file) => file.node === 'cp-1' && file.content.kind === 'authority-key');
    expect(keys.map((file) => file.target)).toContain(`${pki}/kubelet-serving-ca.key`);
    expect(blueprint.files.filter((file) => file.node === 'worker-1' && file.content.kind === 'authority-key')).toEqual(
      [],
    );
  });

  test('bundles two authorities where one file must verify both', () => {
    const plan: PlanChanges = {
      users: [{name: 'viewer', groups: []}],
      trust: {topology: 'three-cas', assign: {user: 'people-ca'}},
    };
    expect(trusted(plan, 'kube-apiserver', '--client-ca-file')).toEqual([
      `${pki}/apiserver-clients.crt`,
      ['kubernetes-ca', 'people-ca'],
    ]);
    expect(trusted(plan, 'kube-controller-manager', '--root-ca-file')).toEqual([`${pki}/ca.crt`, ['kubernetes-ca']]);
  });

  test('makes five authorities as k3s has them: servers apart from clients, etcd peers apart from etcd clients', () => {
    const assign = {
      apiserver: 'server-ca',
      'kubelet-serving': 'server-ca',
      'etcd-peer': 'etcd-peer-ca',
    };
    const plan: PlanChanges = {kubelets: {client: 'issued', serving: 'signed'}, trust: {topology: 'three-cas', assign}};
    expect(trusted(plan, 'etcd', '--peer-trusted-ca-file')).toEqual([`${pki}/etcd/etcd-peer-ca.crt`, ['etcd-peer-ca']]);
    expect(trusted(plan, 'kube-controller-manager', '--root-ca-file')).toEqual([`${pki}/server-ca.crt`, ['server-ca']]);
    expect(trusted(plan, 'kube-apiserver', '--client-ca-file')).toEqual([`${pki}/ca.crt`, ['kubernetes-ca']]);
    const blueprint = makeBlueprint(planWith(plan));
    expect(blueprint.kubeconfigs.find(({id}) => id === 'admin')?.trusts).toEqual(['server-ca']);
    expect(blueprint.authorities).toHaveLength(5);
  });

  test('closes etcd to kubelets under one authority when etcd gets another', () => {
    const etcd = Object.fromEntries(
      ['etcd-server', 'etcd-peer', 'etcd-healthcheck-client', 'apiserver-etcd-client'].map((id) => [id, 'etcd-ca']),
    );
    const verdict = (assign: Record<string, string>) =>
      makeBlueprint(planWith({trust: {topology: 'single-ca', assign}})).intrusions.find(
        ({id}) => id === 'cluster-client-at-etcd',
      )?.expected;
    expect(verdict({})).toBe('let-in');
    expect(verdict(etcd)).toBe('refused');
  });
});

describe('an external authority', () => {
  const brought = {'kubernetes-ca': {certificate: '/ca.crt'}};

  test('leaves no key anywhere, and empty signing flags as kubeadm writes them', () => {
    const blueprint = makeBlueprint(planWith({trust: {topology: 'three-cas', authorities: brought}}));
    expect(blueprint.files.map(({path}) => path)).not.toContain('nodes/cp-1/rootfs/etc/kubernetes/pki/ca.key');
    expect(blueprint.files.map(({path}) => path)).not.toContain('authorities/kubernetes-ca.key');
    expect(flagsOf(blueprint, 'cp-1', 'kube-controller-manager').get('--cluster-signing-cert-file')).toBe('');
    expect(blueprint.advice.map(({code}) => code)).toContain('external-authority-signs-nothing');
  });
});

describe('external etcd', () => {
  const blueprint = makeBlueprint(planWith({nodes: externalEtcdNodes, etcd: 'external'}));

  test('is dialled at each member’s own address', () => {
    expect(flagsOf(blueprint, 'cp-1', 'kube-apiserver').get('--etcd-servers')).toBe(
      'https://10.0.0.31:2379,https://10.0.0.32:2379,https://10.0.0.33:2379',
    );
  });

  test('puts nothing of the cluster’s on a member, and no etcd key on a control plane', () => {
    const on = (name: string) =>
      blueprint.files.filter((file) => file.node === name).map((file) => file.target ?? file.path);
    expect(on('etcd-1')).toEqual([
      `${pki}/etcd/server.crt`,
      `${pki}/etcd/server.key`,
      `${pki}/etcd/peer.crt`,
      `${pki}/etcd/peer.key`,
      `${pki}/etcd/healthcheck-client.crt`,
      `${pki}/etcd/healthcheck-client.key`,
      `${pki}/etcd/ca.crt`,
      'nodes/etcd-1/flags/etcd.flags',
    ]);
    expect(on('cp-1').filter((path) => path.startsWith(`${pki}/etcd/`))).toEqual([`${pki}/etcd/ca.crt`]);
  });
});

describe('versions', () => {
  const subjectOf = (version: string, id: string) =>
    makeBlueprint(planWith({cluster: {kubernetesVersion: version}})).certificates.find((c) => c.id === id)?.subject
      .organizations;

  test.each([
    ['1.20', ['system:masters']],
    ['1.28', ['system:masters']],
    ['1.29', ['kubeadm:cluster-admins']],
    ['1.36.0', ['kubeadm:cluster-admins']],
    ['1.36.1', []],
    ['1.36', []],
  ])('in %s the API server calls kubelets with the organizations %j', (version, organizations) => {
    expect(subjectOf(version, 'apiserver-kubelet-client')).toEqual(organizations);
  });

  test('super-admin.conf exists from 1.29, when admin.conf loses system:masters', () => {
    expect(subjectOf('1.28', 'super-admin')).toBeUndefined();
    expect(subjectOf('1.28', 'admin')).toEqual(['system:masters']);
    expect(subjectOf('1.29', 'super-admin')).toEqual(['system:masters']);
    expect(subjectOf('1.29', 'admin')).toEqual(['kubeadm:cluster-admins']);
  });

  test('etcd’s flags follow the etcd that goes with the version', () => {
    const etcd = (version: string) => {
      const flags = flagsOf(makeBlueprint(planWith({cluster: {kubernetesVersion: version}})), 'cp-1', 'etcd');
      return [...flags.keys()].filter((name) => /corrupt|progress|feature/.test(name));
    };
    expect(etcd('1.20')).toEqual([]);
    expect(etcd('1.30')).toEqual([
      '--experimental-initial-corrupt-check',
      '--experimental-watch-progress-notify-interval',
    ]);
    expect(etcd('1.36')).toEqual(['--feature-gates', '--watch-progress-notify-interval']);
  });

  test('plain HTTP is closed where a version would open it', () => {
    const ports = (version: string) => {
      const blueprint = makeBlueprint(planWith({cluster: {kubernetesVersion: version}}));
      return ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(
        (component) =>
          flagsOf(blueprint, 'cp-1', component).get(component === 'kube-apiserver' ? '--insecure-port' : '--port') ??
          '-',
      );
    };
    expect(ports('1.20')).toEqual(['0', '0', '0']);
    expect(ports('1.22')).toEqual(['-', '0', '0']);
    expect(ports('1.24')).toEqual(['-', '-', '-']);
  });
});

test('any assignment gives a blueprint in which each verifier holds what signs what it is shown', () => {
  const authority = fc.constantFrom('kubernetes-ca', 'etcd-ca', 'front-proxy-ca', 'one-ca', 'other-ca');
  const assignment = fc.dictionary(fc.constantFrom(...certificateIds), authority, {maxKeys: 6});
  const kubelets = fc.record({
    client: fc.constantFrom('issued' as const, 'bootstrap' as const),
    serving: fc.constantFrom('signed' as const, 'self-signed' as const, 'bootstrap' as const),
  });
  fc.assert(
    fc.property(fc.constantFrom(...topologyIds), fc.constantFrom(...layoutIds), kubelets, assignment, (...drawn) => {
      const [topology, layout, choice, assign] = drawn;
      const blueprint = makeBlueprint(planWith({layout, kubelets: choice, trust: {topology, assign}}));
      const signer = new Map(blueprint.certificates.map((c) => [c.name, c.authority]));
      for (const {presents, callerTrusts, credential, providerTrusts} of blueprint.connections) {
        if ('certificate' in presents && 'authorities' in callerTrusts)
          expect(callerTrusts.authorities).toContain(signer.get(presents.certificate));
        if ('certificate' in credential && 'authorities' in providerTrusts)
          expect(providerTrusts.authorities).toContain(signer.get(credential.certificate));
      }
    }),
  );
});
