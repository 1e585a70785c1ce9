import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {stringify} from 'yaml';
import {normalizeAddress} from '../../src/base/address.ts';
import {readPreset} from '../../src/config/presets.ts';
import {readPlan, resolvePlan} from '../../src/config/resolve-plan.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {keyAlgorithms, type ClusterPlan} from '../../src/pki/plan.ts';
import {formatVersion, parseVersion} from '../../src/pki/versions.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {externalEtcdNodes, haNodes, node, planWith, type PlanChanges} from '../helpers/plans.ts';

function read(text: string, ...sets: readonly string[]) {
  const {problems, ...rest} = resolvePlan({kubeadm: {text, source: 'kubeadm.yaml', folder: '/'}, sets});
  // Most texts here are as short as can be.
  return {...rest, problems: problems.filter(({code}) => code !== 'no-cluster-configuration')};
}

/** `severity line:column code`, in order. */
function told(text: string): string[] {
  return read(text).problems.map(({severity, code, at}) => `${severity} ${at.line}:${at.column} ${code}`);
}

const cluster = (lines: string, version = 'v1beta4'): string =>
  `apiVersion: kubeadm.k8s.io/${version}\nkind: ClusterConfiguration\nkubernetesVersion: v1.36.2\n${lines}`;
const init = (lines = '', version = 'v1beta4'): string =>
  `apiVersion: kubeadm.k8s.io/${version}\nkind: InitConfiguration\nlocalAPIEndpoint: {advertiseAddress: 10.0.0.11}\nnodeRegistration: {name: cp-1}\n${lines}`;
const join = (name: string, address: string, more = ''): string =>
  `apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\nnodeRegistration:\n  name: ${name}\n  kubeletExtraArgs: [{name: node-ip, value: "${address}"}]\n${more}`;
const documents = (...texts: readonly string[]): string => texts.join('\n---\n');

describe('a file that kubeadm really got', () => {
  test('is read without a word: everything in it is in the plan', () => {
    const {plan, problems} = read(kubeadmFile('/etc/kubernetes/kubeadm-config.yaml'));
    expect(problems).toEqual([]);
    expect(plan).toEqual(
      planWith({
        cluster: {kubernetesVersion: '1.36.2'},
        nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
        sans: {apiserver: ['api.demo.test', '10.0.0.10']},
      }),
    );
  });

  test('of two families keeps their order', () => {
    const {plan, problems} = read(kubeadmFile('/etc/kubernetes/kubeadm-config.yaml', 'kubeadm-1.36-ipv6'));
    expect(problems).toEqual([]);
    expect(plan.network).toEqual({
      serviceSubnets: ['fd00:10:96::/112', '10.96.0.0/12'],
      podSubnets: ['fd00:10:244::/56', '10.244.0.0/16'],
      dnsDomain: 'cluster.local',
    });
    expect(plan.nodes).toEqual([node('cp-1', '2001:db8::11', 'control-plane')]);
  });
});

/** What the nodes' files of a bundle come to, laid one after the other as kubeadm gets them. */
function written(plan: ClusterPlan): string {
  const files = makeBlueprint(plan).files.filter(({path}) => path.endsWith('/kubeadm-config.yaml'));
  return files
    .flatMap(({content}) => (content.kind === 'yaml' ? content.documents : []))
    .map((document) => stringify(document))
    .join('---\n');
}

/** The part of a plan that kubeadm's configuration can say. */
function sayable(plan: ClusterPlan): unknown {
  const {bootstrap: _token, users: _users, kubelets: _kubelets, ...rest} = plan;
  const version = parseVersion(plan.cluster.kubernetesVersion);
  return {
    ...rest,
    cluster: {...plan.cluster, kubernetesVersion: version && formatVersion(version)},
    // One authority for everything leaves no trace in kubeadm's files.
    trust: {topology: plan.trust.topology === 'single-ca' ? 'three-cas' : plan.trust.topology},
  };
}

describe('what Certwright writes for kubeadm reads back as the same plan', () => {
  const presets = ['kubeadm-single', 'kubeadm-ha', 'external-etcd', 'one-ca', 'offline-root', 'minikube'];
  test.each(presets)('%s', (preset) => {
    const {plan} = readPlan(readPreset(preset));
    const back = read(written(plan));
    expect(sayable(back.plan)).toEqual(sayable(plan));
    const ofPlan = readPlan(readPreset(preset)).problems.map(({code}) => code);
    const added = back.problems.filter(({code}) => !ofPlan.includes(code));
    expect(added.filter(({code}) => code !== 'etcd-nodes-named' && code !== 'topology-inferred')).toEqual([]);
  });

  const others: readonly (readonly [string, PlanChanges])[] = [
    ['three versions of its form: v1beta2', {cluster: {kubernetesVersion: '1.20'}, nodes: haNodes}],
    ['v1beta3', {cluster: {kubernetesVersion: '1.28'}, nodes: haNodes}],
    ['ECDSA before it was a field', {cluster: {kubernetesVersion: '1.30'}, keys: {algorithm: 'ECDSA-P256'}}],
    ['RSA-4096 for ninety days', {keys: {algorithm: 'RSA-4096'}, validity: {authorities: 8760, leaves: 2160}}],
    [
      'two families behind a gate',
      {
        cluster: {kubernetesVersion: '1.20'},
        network: {
          serviceSubnets: ['10.96.0.0/16', 'fd00:10:96::/112'],
          podSubnets: ['10.244.0.0/16', 'fd00:10:244::/56'],
        },
      },
    ],
    ['no subnet for pods', {network: {podSubnets: []}}],
    [
      'external etcd with another domain',
      {etcd: 'external', nodes: externalEtcdNodes, network: {dnsDomain: 'k8s.test'}},
    ],
    ['names of the API server', {sans: {apiserver: ['lb.demo.test', '203.0.113.5', '*.demo.test']}}],
    [
      'the first node for an endpoint, beside others',
      {cluster: {controlPlaneEndpoint: '10.0.0.11:6443'}, nodes: haNodes},
    ],
  ];
  test.each(others)('%s', (_, changes) => {
    const plan = planWith(changes);
    expect(sayable(read(written(plan)).plan)).toEqual(sayable(plan));
  });

  test('kubelets with issued certificates, and those that ask for serving ones', () => {
    const plan = planWith({kubelets: {client: 'issued', serving: 'bootstrap'}});
    expect(read(written(plan)).plan.kubelets).toEqual(plan.kubelets);
  });
});

/** Plans that kubeadm's configuration can say: every version, each family, stacked and external etcd. */
const sayablePlan: fc.Arbitrary<ClusterPlan> = fc
  .record({
    minor: fc.integer({min: 20, max: 36}),
    controlPlanes: fc.integer({min: 1, max: 3}),
    workers: fc.integer({min: 0, max: 3}),
    members: fc.constantFrom(0, 1, 3),
    isSix: fc.boolean(),
    isDual: fc.boolean(),
    hasPods: fc.boolean(),
    algorithm: fc.constantFrom(...keyAlgorithms),
    leaves: fc.integer({min: 24, max: 8760}),
    authorities: fc.integer({min: 8760, max: 87_600}),
    domain: fc.domain(),
    sans: fc.uniqueArray(fc.oneof(fc.domain(), fc.ipV4()), {maxLength: 3}),
    port: fc.integer({min: 1, max: 65_535}),
    name: fc.stringMatching(/^[a-z0-9]{1,20}$/),
    issued: fc.boolean(),
  })
  .map((of) => {
    const address = (last: number): string => (of.isSix ? `2001:db8::${last.toString(16)}` : `192.0.2.${last}`);
    const families = [
      ['10.96.0.0/16', '10.244.0.0/16'],
      ['fd00:10:96::/112', 'fd00:10:244::/56'],
    ] as const;
    const order = of.isSix ? families.toReversed() : families;
    const used = of.isDual ? order : order.slice(0, 1);
    const hasFields = of.minor >= 31;
    const joined = of.controlPlanes + of.workers > 1;
    return planWith({
      cluster: {
        name: of.name,
        kubernetesVersion: `1.${of.minor}.1`,
        controlPlaneEndpoint: `api.demo.test:${of.port}`,
      },
      network: {
        serviceSubnets: used.map(([services]) => services),
        podSubnets: of.hasPods ? used.map(([, pods]) => pods) : [],
        dnsDomain: of.domain,
      },
      keys: {algorithm: hasFields ? of.algorithm : of.algorithm.startsWith('ECDSA') ? 'ECDSA-P256' : 'RSA-2048'},
      validity: hasFields ? {leaves: of.leaves, authorities: of.authorities} : {},
      etcd: of.members > 0 ? 'external' : 'stacked',
      nodes: [
        ...Array.from({length: of.members}, (_, index) => node(`etcd-${index + 1}`, address(index + 31), 'etcd')),
        ...Array.from({length: of.controlPlanes}, (_, index) =>
          node(`cp-${index}`, address(index + 11), 'control-plane'),
        ),
        ...Array.from({length: of.workers}, (_, index) => node(`w-${index}`, address(index + 21), 'worker')),
      ],
      sans: {apiserver: of.sans.map((san) => normalizeAddress(san) ?? san)},
      kubelets: {client: of.issued && joined ? 'issued' : undefined},
    });
  });

test('any plan that kubeadm can be told reads back from what is written for it', () => {
  fc.assert(
    fc.property(sayablePlan, (plan) => {
      const back = read(written(plan)).plan;
      expect({...back, users: [], bootstrap: plan.bootstrap}).toEqual({...plan, users: [], bootstrap: plan.bootstrap});
    }),
    {numRuns: 60},
  );
});

describe('nodes', () => {
  test('are the one that inits and those that join, each with all its addresses', () => {
    const text = documents(
      init(),
      join('cp-2', '10.0.0.12,fd00::12', 'controlPlane: {localAPIEndpoint: {advertiseAddress: 10.0.0.12}}'),
      join('worker-1', '10.0.0.21'),
    );
    expect(read(text).plan.nodes).toEqual([
      node('cp-1', '10.0.0.11', 'control-plane'),
      node('cp-2', ['10.0.0.12', 'fd00::12'], 'control-plane'),
      node('worker-1', '10.0.0.21', 'worker'),
    ]);
  });

  test('without an address are asked for it at their own line, and get it with --set', () => {
    const text = documents(
      init(),
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\nnodeRegistration:\n  name: worker-1\n',
    );
    expect(read(text).problems.map(({code, at}) => [code, at.path, at.line])).toEqual([
      ['address-missing', 'nodes[1].addresses', 10],
    ]);
    const {plan, problems} = read(text, 'nodes.worker-1.addresses=10.0.0.21');
    expect(problems).toEqual([]);
    expect(plan.nodes[1]).toEqual(node('worker-1', '10.0.0.21', 'worker'));
  });

  test('with the address that kubeadm prints as an example are warned of', () => {
    expect(told(init().replace('10.0.0.11', '1.2.3.4'))).toContain('warning 3:38 kubeadm-placeholder');
  });

  test('of external etcd are named after their place, and are one node where they share an address', () => {
    const text = documents(
      cluster(
        'etcd: {external: {endpoints: ["https://10.0.0.31:2379", "https://10.0.0.11:2379", "https://e3.test:2379"]}}',
      ),
      init(),
    );
    expect(read(text).plan.nodes.map(({name, roles}) => [name, roles])).toEqual([
      ['etcd-1', ['etcd']],
      ['e3.test', ['etcd']],
      ['cp-1', ['control-plane', 'etcd']],
    ]);
    expect(told(text)).toContain('warning 4:19 etcd-nodes-named');
  });

  test('get the names that kubeadm gives to etcd alone, and that this is more is said', () => {
    const text = documents(
      cluster('etcd:\n  local:\n    serverCertSANs: [etcd.test]\n    peerCertSANs: [10.9.9.9, etcd.test]'),
      init(),
    );
    expect(read(text).plan.nodes[0]?.sans).toEqual(['etcd.test', '10.9.9.9']);
    expect(told(text)).toEqual(['warning 6:5 etcd-names-widened']);
  });
});

describe('what no plan can say is a warning with its line', () => {
  test.each([
    ['a port', init('').replace('10.0.0.11}', '10.0.0.11, bindPort: 8443}'), 'warning 3:59 port-not-taken'],
    [
      'a folder of certificates',
      documents(cluster('certificatesDir: /srv/pki'), init()),
      'warning 4:18 folder-not-taken',
    ],
    ['a label for a version', documents(cluster('').replace('v1.36.2', 'stable'), init()), 'warning 3:20 version-open'],
    [
      'no version',
      documents(cluster('').replace('kubernetesVersion: v1.36.2', ''), init()),
      'warning 1:1 version-open',
    ],
    [
      'a flag that names a file',
      documents(cluster('apiServer:\n  extraArgs:\n  - {name: oidc-ca-file, value: /x.crt}'), init()),
      'warning 6:5 flag-not-taken',
    ],
    [
      'a flag with another value than the derived one',
      documents(cluster('apiServer:\n  extraArgs: {etcd-cafile: /x.crt}', 'v1beta3'), init('', 'v1beta3')),
      'warning 5:15 flag-not-taken',
    ],
    [
      'the path of a certificate for etcd',
      documents(cluster('etcd:\n  external: {endpoints: ["https://10.0.0.31:2379"], caFile: /x.crt}'), init()),
      'warning 5:61 path-not-taken',
    ],
    [
      'whom a kubelet trusts',
      documents(
        init(),
        'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nauthentication: {x509: {clientCAFile: /x.crt}}',
      ),
      'warning 9:25 setting-not-taken',
    ],
    ['a field that nobody knows', documents(cluster('somethingElse: 1'), init()), 'warning 4:1 field-not-known'],
    ['a document of another kind', documents(init(), 'apiVersion: v1\nkind: Secret'), 'warning 8:7 document-not-taken'],
    [
      'a field of a later version',
      documents(cluster('encryptionAlgorithm: ECDSA-P256', 'v1beta3'), init('', 'v1beta3')),
      'warning 4:1 field-of-other-version',
    ],
  ])('%s', (_, text, expected) => {
    expect(told(text).filter((each) => each.startsWith('error'))).toEqual([]);
    expect(told(text)).toContain(expected);
  });

  test('fields that no certificate depends on are named together, with their lines', () => {
    const text = documents(
      cluster('imageRepository: registry.test\ndns: {imageTag: v1}\nfeatureGates: {EtcdLearnerMode: true}'),
      init('skipPhases: [preflight]'),
    );
    const [ofCluster, ofInit] = read(text).problems;
    expect(ofCluster?.message).toBe(
      'no certificate depends on imageRepository (line 4), dns.imageTag (line 5), featureGates.EtcdLearnerMode (line 6): a plan has no place for them',
    );
    expect(ofInit?.message).toBe('no certificate depends on skipPhases (line 12): a plan has no place for it');
  });

  test('a range of kube-proxy is the subnet of the pods where kubeadm was not told it, and no news where it was', () => {
    const proxy =
      'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: 10.42.0.0/16';
    const without = read(documents(cluster(''), init(), proxy));
    expect(without.plan.network.podSubnets).toEqual(['10.42.0.0/16']);
    expect(without.problems).toEqual([]);
    expect(told(documents(cluster('networking: {podSubnet: 10.42.0.0/16}'), init(), proxy))).toEqual([]);
    expect(told(documents(cluster('networking: {podSubnet: 10.43.0.0/16}'), init(), proxy))).toEqual([
      'warning 14:1 left-to-kubeadm',
    ]);
  });

  test('what kubeadm does by itself is not worth a word', () => {
    const text = documents(
      cluster(
        'imageRepository: registry.k8s.io\ndns: {}\nscheduler: {}\netcd: {local: {dataDir: /var/lib/etcd}}\napiServer: {extraArgs: [{name: authorization-mode, value: "Node,RBAC"}]}',
      ),
      init('timeouts: {discovery: 5m0s}'),
    );
    expect(read(text).problems).toEqual([]);
  });

  test('a field of a later version has no effect', () => {
    const {plan} = read(documents(cluster('encryptionAlgorithm: ECDSA-P256', 'v1beta3'), init('', 'v1beta3')));
    expect(plan.keys.algorithm).toBe('RSA-2048');
  });
});

describe('tokens', () => {
  const text = documents(
    init(
      'bootstrapTokens:\n- token: abcdef.0123456789abcdef\n  ttl: 2h30m\n  description: rack two\n- token: fedcba.0123456789abcdef\n  ttl: 1h',
    ),
    join(
      'worker-1',
      '10.0.0.21',
      'discovery: {bootstrapToken: {token: abcdef.0123456789abcdef, apiServerEndpoint: "api.demo.test:6443"}}',
    ),
  );

  test('give their lifetime and description, and nothing of the secret', () => {
    const {plan, problems} = read(text);
    expect(plan.bootstrap.token).toMatchObject({ttl: 2.5, description: 'rack two'});
    expect(JSON.stringify([plan, problems])).not.toContain('0123456789abcdef');
    expect(problems.map(({code, at}) => [code, at.line])).toEqual([
      ['token-not-taken', 6],
      ['one-token-only', 9],
      ['token-not-taken', 17],
    ]);
  });

  test('of a node that joins name the endpoint, where nothing else does', () => {
    expect(read(text).plan.cluster.controlPlaneEndpoint).toBe('api.demo.test:6443');
  });
});

describe('what is wrong is an error with its line and column', () => {
  test.each([
    ['a mistyped field', documents(cluster('controlPlaneEndpont: api.test'), init()), ['error 4:1 unknown-key']],
    [
      'an algorithm that is none',
      documents(cluster('encryptionAlgorithm: RSA'), init()),
      ['error 4:22 unknown-choice'],
    ],
    [
      'a subnet that is none',
      documents(cluster('networking: {serviceSubnet: 10.96.0.0/33}'), init()),
      ['error 4:29 not-a-subnet'],
    ],
    [
      'a name of the API server',
      documents(cluster('apiServer:\n  certSANs:\n  - ok.test\n  - https://no.test'), init()),
      ['error 7:5 name-is-url'],
    ],
    ['an address', init('').replace('10.0.0.11', '10.0.0.300'), ['error 3:38 not-an-address']],
    [
      'an old version',
      'apiVersion: kubeadm.k8s.io/v1beta1\nkind: InitConfiguration',
      ['error 1:13 kubeadm-version-unknown'],
    ],
    ['a second cluster', documents(cluster(''), init(), cluster('')), ['error 13:7 repeated-document']],
    [
      'arguments in the form of an older version',
      documents(cluster('apiServer: {extraArgs: {v: "5"}}'), init()),
      ['error 4:24 wrong-type'],
    ],
    [
      'arguments in the form of a newer version',
      documents(cluster('apiServer: {extraArgs: [{name: v}]}', 'v1beta3'), init('', 'v1beta3')),
      ['error 4:24 wrong-type'],
    ],
    [
      'an endpoint of etcd',
      documents(cluster('etcd: {external: {endpoints: [10.0.0.31]}}'), init()),
      ['error 4:31 not-an-endpoint', 'error 6:1 no-etcd-node'],
    ],
    ['a plan', 'planVersion: 1\n', ['error 1:1 is-a-plan']],
    ['a ConfigMap', 'apiVersion: v1\nkind: ConfigMap\ndata: {ClusterConfiguration: "a"}', ['error 2:7 is-config-map']],
    ['nothing at all', '# empty\n', ['error 1:1 not-kubeadm']],
    ['no YAML', 'a: [1\n', ['error 2:1 not-yaml']],
    [
      'only a document for somebody else',
      'apiVersion: v1\nkind: Secret\n',
      ['error 1:1 not-kubeadm', 'warning 2:7 document-not-taken'],
    ],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  test('no node at all: the plan says that one is missing', () => {
    expect(read(cluster('')).problems.map(({code}) => code)).toContain('no-control-plane');
    expect(read(cluster(''), 'nodes=cp-1 10.0.0.11 control-plane').problems).toEqual([]);
  });
});

test('a text that says nothing of the cluster as a whole is told that the plan has defaults', () => {
  const codes = (text: string) =>
    resolvePlan({kubeadm: {text, source: 'kubeadm.yaml', folder: '/'}}).problems.map(({code, at}) => [code, at.line]);
  expect(codes(init())).toEqual([['no-cluster-configuration', 1]]);
  expect(codes(documents(init(), cluster('')))).toEqual([]);
});

test('line ends of other systems and a byte order mark are no matter', () => {
  const text = documents(cluster(''), init());
  expect(read(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(read(text));
});

test('--set stands above the file', () => {
  const {plan, sources} = read(kubeadmFile('/etc/kubernetes/kubeadm-config.yaml'), 'keys.algorithm=ECDSA-P256');
  expect(plan.keys.algorithm).toBe('ECDSA-P256');
  expect(sources.get('keys.algorithm')).toBe('set');
  expect(sources.get('cluster.name')).toBe('file');
});
