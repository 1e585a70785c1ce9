import {halvesOf, maskedToken} from '../base/bootstrap-token.ts';
import {Secret} from '../base/secret.ts';
import {rfc3339} from '../bundle/bootstrap-documents.ts';
import {type Artefact, type ArtefactPart, check, documentRows, fact} from '../lessons/artefact.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {writeKubeconfig, writeClusterInfo} from '../kubeconfig/write-kubeconfig.ts';
import {makeBootstrapToken} from '../x509/bootstrap-token.ts';
import {spkiPin} from '../x509/inspect.ts';
import {generateKeys, openPrivateKey, publicKeyPem} from '../x509/keys.ts';
import {isSignedByServiceAccountKey, signServiceAccountToken} from '../x509/service-account-token.ts';
import {isSignedWithToken, signWithToken} from '../x509/token-signature.ts';
import {realCall} from './story-calls.ts';
import type {StoryCluster} from './story-cluster.ts';
import {placeOf} from './story-rows.ts';
import {shortened} from './story-identities.ts';

/** What the stories of tokens show: a service account's, really signed, and a bootstrap token. Neither is ever shown whole. */

const subject = 'system:serviceaccount:default:default';

export function saFiles(cluster: StoryCluster): Artefact {
  const kinds = ['key-pair-private', 'key-pair-public'];
  const files = kinds.flatMap((kind) => {
    const file = cluster.file(({content}) => content.kind === kind);
    return file === undefined ? [] : [file];
  });
  return {
    parts: files.map((file): ArtefactPart => {
      const users = cluster.blueprint.components.filter(({node}) => node === file.node);
      const flags = users.flatMap(({component, flags: all}) =>
        all.filter(({value}) => value === file.target).map(({name}) => fact('flag', `${component} ${name}`)),
      );
      return {title: placeOf(file), rows: [fact('mode', file.mode.toString(8).padStart(4, '0')), ...flags]};
    }),
  };
}

/** Header and claims of a token that the cluster's own key has signed; the signature stays here. */
export function token(cluster: StoryCluster): Artefact {
  const [header = '', claims = ''] = tokenOf(cluster).reveal().split('.');
  return {
    parts: [
      {title: 'header', rows: documentRows(decoded(header))},
      {title: 'claims', rows: documentRows(decoded(claims))},
      {title: 'signature', rows: documentRows('[secret]')},
    ],
  };
}

export function tokenName(cluster: StoryCluster): Artefact {
  const [, claims = ''] = tokenOf(cluster).reveal().split('.');
  const [, , namespace = ''] = subject.split(':');
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return {
    parts: [
      {title: 'claims', rows: documentRows(decoded(claims))},
      {title: subject, rows: [fact('user', subject), fact('groups', groups.join(', '))]},
    ],
  };
}

/** The token with the cluster's public key, the same with other claims, and with another pair's public key. */
export async function tokenVerified(cluster: StoryCluster): Promise<Artefact> {
  const genuine = tokenOf(cluster);
  const pub = publicFile(cluster);
  const other = publicKeyPem((await generateKeys('ECDSA-P256')).publicKey);
  const [header = '', claims = '', signature = ''] = genuine.reveal().split('.');
  const more = decoded(claims).replace(subject, 'system:serviceaccount:kube-system:default');
  const forged = new Secret([header, Buffer.from(more).toString('base64url'), signature].join('.'));
  const tried = [
    {title: `sub: ${subject}`, shown: genuine, key: pub.text, file: pub.place},
    {title: 'sub: system:serviceaccount:kube-system:default', shown: forged, key: pub.text, file: pub.place},
    {title: `sub: ${subject}`, shown: genuine, key: other, file: 'other.pub'},
  ];
  return {
    parts: tried.map(({title, shown, key, file}) => ({
      title,
      rows: [check('signature', isSignedByServiceAccountKey(shown, key), file)],
    })),
  };
}

export async function podCall(cluster: StoryCluster): Promise<Artefact> {
  return {parts: [await realCall(cluster, 'pod-to-apiserver')]};
}

/** An old token while two public keys are given, and once the old one is gone. */
export async function twoPublicKeys(cluster: StoryCluster): Promise<Artefact> {
  const old = tokenOf(cluster);
  const pair = await generateKeys('ECDSA-P256');
  const fresh = signServiceAccountToken(claimsOf(cluster), pair.signingKey);
  const keys = {'old.pub': publicFile(cluster).text, 'new.pub': publicKeyPem(pair.publicKey)};
  const isTaken = (shown: Secret, files: readonly (keyof typeof keys)[]): boolean =>
    files.some((file) => isSignedByServiceAccountKey(shown, keys[file]));
  return {
    parts: [['old.pub'] as const, ['new.pub', 'old.pub'] as const, ['new.pub'] as const].map((files) => ({
      title: files.map((file) => `--service-account-key-file=${file}`).join(' '),
      rows: [check('signature', isTaken(old, files), 'old.key'), check('signature', isTaken(fresh, files), 'new.key')],
    })),
  };
}

function tokenOf(cluster: StoryCluster): Secret {
  const pair = cluster.cluster.issued.keyPairs.get('service-account');
  if (pair === undefined) throw new TypeError('this cluster has no service-account pair');
  return signServiceAccountToken(claimsOf(cluster), openPrivateKey(pair.privateKey));
}

function claimsOf({blueprint, now}: StoryCluster) {
  const issuer = `https://kubernetes.default.svc.${blueprint.plan.network.dnsDomain}`;
  return {issuer, subject, audiences: [issuer], now, lifetime: 3_600};
}

function publicFile(cluster: StoryCluster): {readonly text: string; readonly place: string} {
  const file = cluster.file(({content}) => content.kind === 'key-pair-public');
  return {text: cluster.text(file?.path ?? ''), place: placeOf(file)};
}

function decoded(part: string): string {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return JSON.stringify(value, undefined, 2);
}

/** The Secret of a new token, its fields decoded. */
export function tokenSecret({blueprint, bootstrapToken, now}: StoryCluster): Artefact {
  const {id} = halvesOf(bootstrapToken);
  const {ttl, groups, usages} = blueprint.plan.bootstrap.token;
  const lines = [
    `token-id: ${id}`,
    'token-secret: [secret]',
    ...usages.map((usage) => `usage-bootstrap-${usage}: "true"`),
    ...(groups.length === 0 ? [] : [`auth-extra-groups: ${groups.join(',')}`]),
    ...(ttl === 0 ? [] : [`expiration: ${rfc3339(new Date(now.getTime() + ttl * 3_600_000))}`]),
  ];
  const user = `system:bootstrap:${id}`;
  return {
    parts: [
      {title: `kube-system/bootstrap-token-${id}`, rows: documentRows(lines.join('\n'))},
      {
        title: maskedToken(id),
        rows: [
          fact('user', user),
          fact('groups', ['system:bootstrappers', ...groups, 'system:authenticated'].join(', ')),
        ],
      },
    ],
  };
}

/** What a joining node verifies before it trusts the CA in cluster-info: the signature and the pin. */
export function signedClusterInfo(cluster: StoryCluster): Artefact {
  const bootstrap = cluster.bootstrapToken;
  const {server, authorities} = apiserverSeen(cluster);
  const text = writeClusterInfo({server, certificateAuthority: authorities.join('')});
  const pins = authorities.map(spkiPin);
  const announced = readKubeconfig(text).clusters.flatMap(({certificateAuthority: held}) =>
    held?.kind === 'embedded' ? held.certificates.map(spkiPin) : [],
  );
  const signature = signWithToken(text, bootstrap);
  const {id} = halvesOf(bootstrap);
  const another = makeBootstrapToken();
  return {
    parts: [
      {title: 'kube-public/cluster-info', rows: documentRows(shortened(text))},
      {
        title: `jws-kubeconfig-${id}`,
        rows: [
          check('signature', isSignedWithToken(text, signature, bootstrap), maskedToken(id)),
          check('signature', isSignedWithToken(text, signature, another), maskedToken(halvesOf(another).id)),
        ],
      },
      {
        title: 'kubeadm join --discovery-token-ca-cert-hash',
        rows: [
          ...pins.map((pin) => fact('pin', pin)),
          ...announced.map((pin) => check('key', pins.includes(pin), 'kube-public/cluster-info')),
        ],
      },
    ],
  };
}

export function bootstrapKubeconfig(cluster: StoryCluster): Artefact {
  const bootstrap = cluster.bootstrapToken;
  const {server, authorities} = apiserverSeen(cluster);
  const text = writeKubeconfig({
    clusterName: cluster.blueprint.plan.cluster.name,
    server,
    certificateAuthority: authorities.join(''),
    user: 'tls-bootstrap-token-user',
    contextName: `tls-bootstrap-token-user@${cluster.blueprint.plan.cluster.name}`,
    credential: {kind: 'token', token: bootstrap},
  });
  const shown = shortened(text).replace(bootstrap.reveal(), maskedToken(halvesOf(bootstrap).id));
  return {parts: [{title: '/etc/kubernetes/bootstrap-kubelet.conf', rows: documentRows(shown)}]};
}

/** As a node that joins sees it. */
function apiserverSeen(cluster: StoryCluster) {
  const {callerTrusts} = cluster.connection('admin-to-apiserver');
  const {host, port} = cluster.blueprint.endpoint;
  const ids = 'from' in callerTrusts ? callerTrusts.authorities : [];
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    authorities: ids.map((id) => cluster.authority(id).certificate),
  };
}
