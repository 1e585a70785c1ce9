import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {emptyPlan} from '../../src/pki/plan.ts';
import {readPlan, type ResolvedPlan} from '../../src/config/resolve-plan.ts';

function read(text: string): ResolvedPlan {
  return readPlan({text, source: 'plan.yaml', folder: '/plans'});
}

/** `line:column code path`, as an editor would jump there. */
function lines({problems}: ResolvedPlan): string[] {
  return problems.map(({code, at}) => `${at.line}:${at.column} ${code} ${at.path}`.trimEnd());
}

const good = `planVersion: 1
nodes:
  - {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}
`;

describe('a plan file', () => {
  test('needs only what differs from the defaults', () => {
    const {plan, problems, sources} = read(good);
    expect(problems).toEqual([]);
    expect(plan).toEqual({
      ...emptyPlan,
      nodes: [{name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []}],
    });
    expect([...sources]).toEqual([['nodes', 'file']]);
  });

  test('with every key is read', () => {
    const {plan, problems} = read(`planVersion: 1
cluster: {name: demo, kubernetesVersion: 1.30, controlPlaneEndpoint: "api.demo.test:6443"}
layout: the-hard-way
trust:
  topology: intermediates
  authorities:
    root-ca: {certificate: root.crt}
    etcd-ca: {certificate: /pki/etcd.crt, key: sub/etcd.key, passphrase: {file: ../secret}}
    kubernetes-ca: {certificate: ca.crt, key: ca.key, passphrase: {env: CA_PASSPHRASE}}
  assign: {kubelet-serving: kubelet-serving-ca}
network: {serviceSubnets: "10.96.0.0/12,FD00:0010:96::/112", podSubnets: [], dnsDomain: demo.internal}
keys: {algorithm: ECDSA-P384}
validity: {authorities: 5y, leaves: 90d}
etcd: external
nodes:
  - {name: cp-1, addresses: 10.0.0.11, roles: control-plane, sans: [cp.demo.test]}
  - {name: etcd-1, addresses: [10.0.0.31, "FD00::31"], roles: [etcd]}
sans: {apiserver: [lb.demo.test]}
kubelets: {client: bootstrap, serving: signed}
users: [{name: viewer, groups: [read-only, 007]}]
bootstrap: {token: {ttl: 0, description: "", groups: [], usages: [authentication, signing]}}
`);
    expect(plan).toEqual({
      cluster: {name: 'demo', kubernetesVersion: '1.30', controlPlaneEndpoint: 'api.demo.test:6443'},
      layout: 'the-hard-way',
      trust: {
        topology: 'intermediates',
        authorities: {
          'root-ca': {certificate: '/plans/root.crt'},
          'etcd-ca': {certificate: '/pki/etcd.crt', key: '/plans/sub/etcd.key', passphrase: {file: '/secret'}},
          'kubernetes-ca': {certificate: '/plans/ca.crt', key: '/plans/ca.key', passphrase: {env: 'CA_PASSPHRASE'}},
        },
        assign: {'kubelet-serving': 'kubelet-serving-ca'},
      },
      network: {serviceSubnets: ['10.96.0.0/12', 'fd00:10:96::/112'], podSubnets: [], dnsDomain: 'demo.internal'},
      keys: {algorithm: 'ECDSA-P384'},
      validity: {authorities: 43_800, leaves: 2160},
      etcd: 'external',
      nodes: [
        {name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: ['cp.demo.test']},
        {name: 'etcd-1', addresses: ['10.0.0.31', 'fd00::31'], roles: ['etcd'], sans: []},
      ],
      sans: {apiserver: ['lb.demo.test']},
      kubelets: {client: 'bootstrap', serving: 'signed'},
      users: [{name: 'viewer', groups: ['read-only', '007']}],
      bootstrap: {token: {ttl: 0, description: '', groups: [], usages: ['signing', 'authentication']}},
    });
    expect(problems.filter(({severity}) => severity === 'error')).toEqual([]);
  });

  test('gets all its problems at once, each with its line and column, in their order', () => {
    const found = read(`planVersion: 1
clusterr: {name: x}
cluster:
  nmae: y
  kubernetesVersion: 1.19
serviceSubnets: [10.0.0.0/16]
nodes:
  - name: CP_1
    adresses: [10.0.0.1]
    roles: [control-plain]
  - {name: w, addresses: [10.0.0.1, 10.0.0.300], roles: worker, roles: etcd}
validity: {leaves: 8760, authorities: 0}
keys.algorithm: RSA-2048
`);
    expect(lines(found)).toEqual([
      '2:1 unknown-key clusterr',
      '4:3 unknown-key cluster.nmae',
      '5:22 unsupported-version cluster.kubernetesVersion',
      '6:1 unknown-key serviceSubnets',
      '8:11 name-has-underscore nodes[0].name',
      '9:5 unknown-key nodes[0].adresses',
      '10:13 unknown-choice nodes[0].roles[0]',
      '11:27 duplicate-address nodes[1].addresses[0]',
      '11:37 not-an-address nodes[1].addresses[1]',
      '11:65 duplicate-key nodes[1].roles',
      '12:20 not-a-duration validity.leaves',
      '12:39 validity-zero validity.authorities',
      '13:1 unknown-key keys.algorithm',
    ]);
    expect(found.problems.every(({at, fix}) => at.source === 'plan.yaml' && fix !== undefined)).toBe(true);
  });

  test.each([
    ['clusterr: {}', 'did you mean cluster?'],
    ['cluster: {nmae: x}', 'did you mean name?'],
    ['serviceSubnets: [10.96.0.0/12]', 'did you mean network: {serviceSubnets: …}?'],
    ['algoritm: RSA-2048', 'did you mean keys: {algorithm: …}?'],
    ['keys.algorithm: RSA-2048', 'did you mean keys: {algorithm: …}?'],
    ['cluster: {ttl: 24h}', 'did you mean bootstrap: {token: {ttl: …}}?'],
    ['bootstrap: {tokens: {}}', 'did you mean token?'],
    ['users: [{nam: x}]', 'did you mean name?'],
    ['users: [{name: x, colour: red}]', 'use one of name, groups, or remove it'],
    [
      'quite-another: 1',
      'use one of planVersion, cluster, layout, etcd, trust, nodes, kubelets, network, sans, keys, validity, users, bootstrap, or remove it',
    ],
  ])('with the unknown key in "%s" is told: %s', (text, fix) => {
    const {problems} = read(`${good}${text}\n`);
    expect(problems.map((each) => [each.code, each.fix])).toEqual([['unknown-key', fix]]);
  });

  test.each([
    ['', 'empty-plan'],
    ['# only a comment\n', 'empty-plan'],
    ['---\n', 'empty-plan'],
    ['null', 'empty-plan'],
    ['just words', 'wrong-type'],
    ['- a\n- b\n', 'wrong-type'],
  ])('that is no record of keys (%j) is refused', (text, code) => {
    expect(read(text).problems.map((each) => each.code)[0]).toBe(code);
  });

  test.each([
    ['nodes: []', '1:1 plan-version-missing'],
    ['planVersion: 2', '1:14 plan-version-unknown planVersion'],
    ['planVersion: [1]', '1:14 plan-version-unknown planVersion'],
    ['planVersion:', '1:13 plan-version-unknown planVersion'],
  ])('of another version or of none (%s) is refused', (text, line) => {
    expect(lines(read(text))).toContain(line);
  });

  test.each([
    ['a tab', 'cluster:\n\tname: x\n', '2:1 tab-in-yaml'],
    ['two documents', `${good}---\n${good}`, '4:1 several-documents'],
    ['a tag', 'cluster: !secret {name: x}\n', '1:10 tag-in-yaml'],
    ['an open bracket', 'nodes: [a, b\n', '2:1 not-yaml'],
    ['a stray colon', 'cluster: a: b\n', '1:10 not-yaml'],
    ['a missing anchor', 'planVersion: 1\ncluster: *none\n', '2:10 unknown-anchor cluster'],
  ])('with %s is refused where it is', (_, text, line) => {
    expect(lines(read(text))).toContain(line);
  });

  test.each([
    ['a text for a group', 'cluster: demo', '4:10 wrong-type cluster'],
    ['a list for a group', 'cluster: [demo]', '4:10 wrong-type cluster'],
    ['a list for a text', 'layout: [kubeadm]', '4:9 wrong-type layout'],
    ['a record for a list', 'sans: {apiserver: {a: b}}', '4:19 wrong-type sans.apiserver'],
    ['a text for a record', 'users: [viewer]', '4:9 wrong-type users[0]'],
    ['a list in a list', 'network: {podSubnets: [[10.0.0.0/8]]}', '4:24 wrong-type network.podSubnets[0]'],
    ['nothing for a text', 'cluster: {name: }', '4:17 value-missing cluster.name'],
    ['a list for a map', 'trust: {assign: [a, b]}', '4:17 wrong-type trust.assign'],
    [
      'a text for a brought authority',
      'trust: {authorities: {etcd-ca: ca.crt}}',
      '4:32 wrong-type trust.authorities.etcd-ca',
    ],
    [
      'two places for a passphrase',
      'trust: {authorities: {etcd-ca: {certificate: a, key: b, passphrase: {file: x, env: Y}}}}',
      '4:69 passphrase-form trust.authorities.etcd-ca.passphrase',
    ],
  ])('with %s is refused where it is', (_, text, line) => {
    expect(lines(read(`${good}${text}\n`))).toEqual([line]);
  });

  test('never has a passphrase or a key repeated in its problems', () => {
    const {problems} = read(`${good}trust:
  authorities:
    etcd-ca: {certificate: a, key: "-----BEGIN PRIVATE KEY-----\\nMIIsecret", passphrase: hunter2}
`);
    expect(problems.map(({code}) => code)).toEqual(['pem-in-plan', 'passphrase-in-plan']);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|MIIsecret/);
  });

  test('takes a null for nothing given, where nothing is a value', () => {
    const {plan, problems} = read(
      `${good}cluster: {controlPlaneEndpoint: ~}\nusers:\nnetwork:\nkubelets: {client: null}\n`,
    );
    expect(problems).toEqual([]);
    expect(plan).toMatchObject({cluster: {controlPlaneEndpoint: undefined}, users: [], kubelets: {client: undefined}});
  });

  test('keeps words and numbers as they are written', () => {
    const {plan} = read(
      `${good}cluster: {name: 1.0, kubernetesVersion: 1.30}\nusers: [{name: yes, groups: [0x10, 1e3, 2026-11-23, no]}]\n`,
    );
    expect(plan.cluster).toMatchObject({name: '1.0', kubernetesVersion: '1.30'});
    expect(plan.users).toEqual([{name: 'yes', groups: ['0x10', '1e3', '2026-11-23', 'no']}]);
  });

  test('may use anchors, aliases and merge keys', () => {
    const {plan, problems} = read(`planVersion: 1
nodes:
  - &first {name: cp-1, addresses: &net [10.0.0.11], roles: [control-plane]}
  - <<: *first
    name: w-1
    addresses: [10.0.0.21]
    roles: [worker]
  - {<<: [{sans: [a.test]}, {sans: [b.test], roles: [worker]}], name: w-2, addresses: [10.0.0.22]}
sans: {apiserver: *net}
`);
    expect(problems).toEqual([]);
    expect(plan.nodes).toEqual([
      {name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []},
      {name: 'w-1', addresses: ['10.0.0.21'], roles: ['worker'], sans: []},
      {name: 'w-2', addresses: ['10.0.0.22'], roles: ['worker'], sans: ['a.test']},
    ]);
    expect(plan.sans.apiserver).toEqual(['10.0.0.11']);
  });

  test('with a wrong value behind an alias is told where the alias stands', () => {
    expect(lines(read(`${good}network: {dnsDomain: &d Bad, serviceSubnets: [*d]}\n`))).toEqual([
      '4:25 name-has-upper-case network.dnsDomain',
      '4:47 not-a-subnet network.serviceSubnets[0]',
    ]);
  });

  test('has no trap for the reader in its keys', () => {
    const {plan, problems} = read(`${good}__proto__: {a: 1}\ntrust: {assign: {__proto__: x, constructor: y}}\n`);
    expect(problems.map(({code, at}) => [code, at.path])).toEqual([
      ['unknown-key', '__proto__'],
      ['unknown-certificate', 'trust.assign.__proto__'],
      ['unknown-certificate', 'trust.assign.constructor'],
    ]);
    expect(Object.getPrototypeOf(plan.trust.assign)).toBe(Object.prototype);
    expect(({} as {a?: unknown}).a).toBeUndefined();
  });

  test('is told when a key of it has no effect in this plan', () => {
    const token = 'bootstrap: {token: {ttl: 48h}}\n';
    expect(lines(read(`${good}${token}`))).toEqual(['4:26 without-effect bootstrap.token.ttl']);
    expect(lines(read(`${good}  - {name: w-1, addresses: [10.0.0.21], roles: [worker]}\n${token}`))).toEqual([]);
    expect(lines(read(`${good}bootstrap: {token: {ttl: 24h}}\n`))).toEqual([]);
  });
});

describe('a text that was made to do harm', () => {
  test.each([
    [
      'aliases that double',
      `a0: &a0 [x]\n${Array.from({length: 40}, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}`,
      'file-too-',
    ],
    ['an alias inside its own anchor', 'nodes: &a [*a]', 'file-too-deep'],
    ['brackets without end', '['.repeat(100_000), ''],
    ['braces without end', '{a: '.repeat(50_000), ''],
    ['deep indentation', Array.from({length: 2000}, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'file-too-'],
    [
      'merges that double',
      `a0: &a0 {x: 1}\n${Array.from({length: 40}, (_, i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}]}`).join('\n')}`,
      'file-too-',
    ],
    ['far too much of it', `users: [${'a, '.repeat(2_000_000)}]`, 'file-too-large'],
  ])('%s is refused and not followed', (_, text, code) => {
    const {problems} = read(text);
    expect(problems.some((each) => each.code.startsWith(code))).toBe(true);
  });

  test('thousands of keys, each twice, are read in one pass', () => {
    const keys = Array.from({length: 6000}, (_, i) => `  k${i % 3000}: v`).join('\n');
    const {problems} = read(`${good}trust:\n assign:\n${keys}\n`);
    expect(problems.filter(({code}) => code === 'duplicate-key')).toHaveLength(3000);
  });

  test('no text makes the reader throw, and every problem has a place in it', () => {
    const piece = fc.constantFrom(
      'planVersion: 1\n',
      'nodes:\n',
      'nodes: ',
      '  - ',
      '{',
      '}',
      '[',
      ']',
      ': ',
      ', ',
      '\n',
      '  ',
      '\t',
      '"',
      "'",
      '&a ',
      '*a',
      '<<: ',
      '!!str ',
      '!x ',
      '| \n',
      '> \n',
      '# c\n',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '? ',
      'name: cp-1\n',
      'trust: ',
      'assign: ',
      'authorities: ',
      'passphrase: ',
      'null',
      '~',
      '0',
      '\0',
      '\uFEFF',
      '\r\n',
      '\u2028',
      '🔑',
    );
    const text = fc.oneof(
      fc.array(piece, {maxLength: 40}).map((all) => all.join('')),
      fc.array(piece, {maxLength: 20}).map((all) => `${good}${all.join('')}`),
      fc.string({unit: 'binary'}),
      fc.json(),
    );
    fc.assert(
      fc.property(text, (each) => {
        for (const {at, code} of read(each).problems) {
          expect(at.source, code).toBe('plan.yaml');
          expect(at.line, code).toBeLessThanOrEqual(each.split(/\r\n|\n/).length + 1);
        }
      }),
      {numRuns: 400},
    );
  });
});
