import {execFileSync} from 'node:child_process';
import {createHmac, X509Certificate} from 'node:crypto';
import {beforeAll, describe, expect, test} from 'vitest';
import {parseAllDocuments} from 'yaml';
import {certificatesIn} from '../../src/base/pem.ts';
import {Secret} from '../../src/base/secret.ts';
import {clusterInfo, joinCommand, tokenSecret, type BootstrapMaterial} from '../../src/bundle/bootstrap-documents.ts';
import {makeTexts, type TextOf} from '../../src/bundle/contents.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {spkiPin} from '../../src/x509/inspect.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {haNodes} from '../helpers/plans.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';
import {make, now, type Made} from './bundles.ts';

const authority = kubeadmFile('/etc/kubernetes/pki/ca.crt');
const material: BootstrapMaterial = {
  token: new Secret('abcdef.0123456789abcdef'),
  settings: emptyPlan.bootstrap.token,
  now,
  server: 'https://[fd00::11]:6443',
  certificateAuthorities: [authority],
};

function decoded(fields: unknown): Record<string, string> {
  const entries = Object.entries(fields as Record<string, string>);
  return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));
}

describe('the files of a bundle', () => {
  let made: Made;
  let textOf: TextOf;
  const subjects = (pem: string): string[] =>
    certificatesIn(pem).map((each) => new X509Certificate(each).subject.replace(/\n/g, ', '));

  beforeAll(async () => {
    made = await make({nodes: haNodes, trust: {topology: 'intermediates'}});
    textOf = makeTexts(made);
  });

  test('a server’s certificate is the leaf, then its intermediate, and never the root', () => {
    expect(subjects(textOf({kind: 'certificate', certificate: 'cp-2/apiserver'}))).toEqual([
      'CN=kube-apiserver',
      'CN=kubernetes',
    ]);
    expect(subjects(textOf({kind: 'certificate', certificate: 'cp-2/apiserver-kubelet-client'}))).toHaveLength(1);
  });

  test('authorities stand in the order of the blueprint', () => {
    const order = subjects(textOf({kind: 'authorities', authorities: ['etcd-ca', 'root-ca', 'kubernetes-ca']}));
    expect(order).toEqual([
      expect.stringContaining('etcd'),
      made.issued.authorities.get('root-ca')?.planned.subject.commonName.replace(/^/, 'CN='),
      'CN=kubernetes',
    ]);
  });

  test('keys and key pairs are what was issued', () => {
    const {issued} = made;
    const same: readonly (readonly [string, string | undefined])[] = [
      [
        textOf({kind: 'certificate-key', certificate: 'cp-1/apiserver'}),
        issued.certificates.get('cp-1/apiserver')?.key.reveal(),
      ],
      [textOf({kind: 'authority-key', authority: 'etcd-ca'}), issued.authorities.get('etcd-ca')?.key?.reveal()],
      [
        textOf({kind: 'key-pair-private', keyPair: 'service-account'}),
        issued.keyPairs.get('service-account')?.privateKey.reveal(),
      ],
      [
        textOf({kind: 'key-pair-public', keyPair: 'service-account'}),
        issued.keyPairs.get('service-account')?.publicKey,
      ],
    ];
    for (const [text, expected] of same) expect(text === expected).toBe(true);
  });

  test('a kubeconfig embeds every authority that the plan says, and the key of its own certificate', () => {
    const kubeconfig = readKubeconfig(textOf({kind: 'kubeconfig', kubeconfig: 'cp-1/admin'}));
    const planned = made.blueprint.kubeconfigs.find(({name}) => name === 'cp-1/admin');
    expect(kubeconfig.problems).toEqual([]);
    expect(kubeconfig.clusters[0]).toMatchObject({name: 'demo', server: 'https://api.demo.test:6443'});
    expect(kubeconfig.clusters[0]?.certificateAuthority).toEqual({
      kind: 'embedded',
      certificates: planned?.trusts.map((id) => made.issued.authorities.get(id)?.certificate),
    });
    expect(planned?.trusts).toEqual(['kubernetes-ca', 'root-ca']);
    expect(kubeconfig.currentContext).toBe('kubernetes-admin@demo');
  });

  test('a bootstrap kubeconfig holds the token instead of a certificate', () => {
    const [user] = readKubeconfig(textOf({kind: 'kubeconfig', kubeconfig: 'bootstrap/bootstrap-kubelet'})).users;
    expect(user).toMatchObject({name: 'tls-bootstrap-token-user', certificate: undefined, key: undefined});
    expect(user?.token?.kind === 'embedded' && user.token.secret.reveal()).toBe(made.issued.bootstrapToken?.reveal());
  });

  test('flags stand one a line, sorted, and split by a shell into what they are', () => {
    const text = textOf({kind: 'flags', node: 'cp-1', component: 'kube-controller-manager'});
    const lines = text.trimEnd().split('\n');
    expect(lines).toEqual(lines.toSorted());
    expect(lines).toContain('--controllers=*,bootstrapsigner,tokencleaner');
    expect(lines.every((line) => /^--[a-z-]+=\S*$/.test(line))).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('a flag that a shell would split is a bug, and no file', () => {
    const components = made.blueprint.components.map((component) => ({
      ...component,
      flags: [{name: '--name', value: 'a b', why: '', row: undefined}],
    }));
    const broken = makeTexts({...made, blueprint: {...made.blueprint, components}});
    expect(() => broken({kind: 'flags', node: 'cp-1', component: 'etcd'})).toThrow('white space in a flag of etcd');
  });

  test('what nobody issued is a bug that names it', () => {
    expect(() => textOf({kind: 'certificate', certificate: 'cp-9/apiserver'})).toThrow('cp-9/apiserver');
    expect(() => textOf({kind: 'authority-key', authority: 'no-ca'})).toThrow('no-ca');
  });

  test('the join command pins every authority that the endpoint is verified with', () => {
    const command = textOf({kind: 'join-command'});
    const pins = ['kubernetes-ca', 'root-ca'].map((id) => spkiPin(made.issued.authorities.get(id)?.certificate ?? ''));
    expect(command).toBe(
      `kubeadm join api.demo.test:6443 --token ${made.issued.bootstrapToken?.reveal() ?? ''} ` +
        `--discovery-token-ca-cert-hash ${pins[0]} --discovery-token-ca-cert-hash ${pins[1]}\n`,
    );
  });
});

describe('the bootstrap token', () => {
  test('as a Secret has kubeadm’s fields', () => {
    const secret = tokenSecret(material);
    expect(secret).toMatchObject({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {name: 'bootstrap-token-abcdef', namespace: 'kube-system'},
      type: 'bootstrap.kubernetes.io/token',
    });
    expect(decoded(secret['data'])).toEqual({
      'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
      description: 'made by certwright',
      expiration: '2026-11-24T21:07:46Z',
      'token-id': 'abcdef',
      'token-secret': '0123456789abcdef',
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
    });
  });

  test('without an end, groups, description or a usage leaves those fields out', () => {
    const settings = {ttl: 0, description: '', groups: [], usages: ['authentication' as const]};
    expect(Object.keys(decoded(tokenSecret({...material, settings})['data']))).toEqual([
      'token-id',
      'token-secret',
      'usage-bootstrap-authentication',
    ]);
    expect(JSON.stringify(clusterInfo({...material, settings}))).not.toContain('jws-kubeconfig');
  });

  test('of another form is refused without being shown', () => {
    for (const token of ['ABCDEF.0123456789abcdef', 'abcdef.0123456789abcde', 'abcdef0123456789abcdef', '']) {
      expect(() => tokenSecret({...material, token: new Secret(token)})).toThrow(
        /^a bootstrap token of another form than kubeadm’s$/,
      );
    }
  });
});

describe('cluster-info', () => {
  test('is a kubeconfig without a user, signed with the token, that anybody may read', async () => {
    const {blueprint, issued} = await make();
    const text = makeTexts({blueprint, issued, now})({kind: 'cluster-info'});
    const [configMap, role, binding] = parseAllDocuments(text).map(
      (document) => document.toJS() as Record<string, unknown>,
    );
    const [id = '', secret = ''] = issued.bootstrapToken?.reveal().split('.') ?? [];
    const data = configMap?.['data'] as Record<string, string>;
    expect(configMap?.['metadata']).toEqual({name: 'cluster-info', namespace: 'kube-public'});
    expect(Object.keys(data)).toEqual([`jws-kubeconfig-${id}`, 'kubeconfig']);

    // What cluster-bootstrap/token/jws does: the content is put back between the two dots, and the signature compared.
    const [header = '', detached, signature] = (data[`jws-kubeconfig-${id}`] ?? '').split('.');
    expect(detached).toBe('');
    expect(Buffer.from(header, 'base64url').toString()).toBe(`{"alg":"HS256","kid":"${id}"}`);
    const payload = Buffer.from(data['kubeconfig'] ?? '').toString('base64url');
    expect(signature).toBe(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url'));

    const kubeconfig = readKubeconfig(data['kubeconfig'] ?? '');
    expect(kubeconfig).toMatchObject({
      clusters: [{name: '', server: 'https://api.demo.test:6443'}],
      users: [],
      contexts: [],
      problems: [],
    });
    expect(role).toMatchObject({kind: 'Role', rules: [{resourceNames: ['cluster-info'], verbs: ['get']}]});
    expect(binding).toMatchObject({kind: 'RoleBinding', subjects: [{kind: 'User', name: 'system:anonymous'}]});
    expect(text).not.toContain(secret);
  });
});

test('an authority’s pin is what openssl makes of its public key', () => {
  const [file = ''] = temporaryFiles(authority);
  const pipeline = `openssl x509 -pubkey -noout -in ${file} | openssl pkey -pubin -outform der | openssl dgst -sha256 -r`;
  const [digest = ''] = execFileSync('sh', ['-c', pipeline], {encoding: 'utf8'}).split(' ');
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(spkiPin(authority)).toBe(`sha256:${digest}`);
  expect(joinCommand(material)).toBe(
    `kubeadm join [fd00::11]:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash sha256:${digest}\n`,
  );
});
