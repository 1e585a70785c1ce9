import {halvesOf} from '../base/bootstrap-token.ts';
import type {Secret} from '../base/secret.ts';
import {writeClusterInfo} from '../kubeconfig/write-kubeconfig.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {YamlMap} from '../pki/blueprint-types.ts';
import {spkiPin} from '../x509/inspect.ts';
import {signWithToken} from '../x509/token-signature.ts';

/**
 * What lets a node join: the token as a Secret, the signed cluster-info that the node reads before it trusts anything,
 * and the command. All as kubeadm writes them (cmd/kubeadm/app/phases/bootstraptoken, cluster-bootstrap/token).
 */
export interface BootstrapMaterial {
  /** `abcdef.0123456789abcdef` */
  readonly token: Secret;
  readonly settings: ClusterPlan['bootstrap']['token'];
  /** When the token's life begins. */
  readonly now: Date;
  /** `https://host:port` */
  readonly server: string;
  /** PEM, one or several: what verifies the API server. */
  readonly certificateAuthorities: readonly string[];
}

/** Field by field what `kubeadm token create --dry-run` prints. It holds the token. */
export function tokenSecret({token, settings, now}: BootstrapMaterial): YamlMap {
  const {id, secret} = halvesOf(token);
  const fields: [string, string][] = [
    ['token-id', id],
    ['token-secret', secret],
    ...settings.usages.map((usage): [string, string] => [`usage-bootstrap-${usage}`, 'true']),
  ];
  if (settings.description !== '') fields.push(['description', settings.description]);
  if (settings.groups.length > 0) fields.push(['auth-extra-groups', settings.groups.join(',')]);
  if (settings.ttl > 0) fields.push(['expiration', rfc3339(new Date(now.getTime() + settings.ttl * 3_600_000))]);
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name: `bootstrap-token-${id}`, namespace: 'kube-system'},
    type: 'bootstrap.kubernetes.io/token',
    data: Object.fromEntries(fields.map(([key, value]) => [key, Buffer.from(value, 'utf8').toString('base64')])),
  };
}

/** The ConfigMap that anybody may read, and the Role that says so. No secret: the signature does not give the token away. */
export function clusterInfo({token, settings, server, certificateAuthorities}: BootstrapMaterial): readonly YamlMap[] {
  const kubeconfig = writeClusterInfo({server, certificateAuthority: certificateAuthorities.join('')});
  const {id} = halvesOf(token);
  const signature = settings.usages.includes('signing')
    ? {[`jws-kubeconfig-${id}`]: signWithToken(kubeconfig, token)}
    : {};
  const name = 'kubeadm:bootstrap-signer-clusterinfo';
  const namespace = 'kube-public';
  const rbac = 'rbac.authorization.k8s.io';
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name: 'cluster-info', namespace},
      data: {...signature, kubeconfig},
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: {name, namespace},
      rules: [{apiGroups: [''], resourceNames: ['cluster-info'], resources: ['configmaps'], verbs: ['get']}],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: {name, namespace},
      roleRef: {apiGroup: rbac, kind: 'Role', name},
      subjects: [{apiGroup: rbac, kind: 'User', name: 'system:anonymous'}],
    },
  ];
}

/** One line. It holds the token. */
export function joinCommand({token, server, certificateAuthorities}: BootstrapMaterial): string {
  const pins = certificateAuthorities.map((pem) => `--discovery-token-ca-cert-hash ${spkiPin(pem)}`);
  return `kubeadm join ${server.replace(/^https:\/\//, '')} --token ${token.reveal()} ${pins.join(' ')}\n`;
}

/** UTC, to the second: `2026-11-23T21:07:46Z`. */
export function rfc3339(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** When the token in a manifest of `tokenSecret` ends; undefined = never. */
export function tokenEnd(manifest: string): Date | undefined {
  const [, encoded] = /^ {2}expiration: "?([A-Za-z0-9+/=]+)"?$/m.exec(manifest) ?? [];
  return encoded === undefined ? undefined : new Date(Buffer.from(encoded, 'base64').toString('utf8'));
}
