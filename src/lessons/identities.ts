/** Names that mean something to every cluster: ids for the texts about them, and what each id stands for. */

const patterns = {
  'system:masters': /^system:masters$/,
  'kubeadm:cluster-admins': /^kubeadm:cluster-admins$/,
  'system:nodes': /^system:nodes$/,
  'system:node-proxier': /^system:node-proxier$/,
  'system:bootstrappers': /^system:bootstrappers(:[a-z0-9:-]+)?$/,
  'system:authenticated': /^system:authenticated$/,
  'system:unauthenticated': /^system:unauthenticated$/,
  'system:serviceaccounts': /^system:serviceaccounts(:.+)?$/,
  'system:kube-controller-manager': /^system:kube-controller-manager$/,
  'system:kube-scheduler': /^system:kube-scheduler$/,
  'system:kube-proxy': /^system:kube-proxy$/,
  'system:node:*': /^system:node:.+$/,
  'kube-apiserver-kubelet-client': /^kube-apiserver-kubelet-client$/,
  'front-proxy-client': /^front-proxy-client$/,
} satisfies Record<string, RegExp>;
export type IdentityTextId = keyof typeof patterns;

/** The groups among them. */
export const groupNames: readonly IdentityTextId[] = [
  'system:masters',
  'kubeadm:cluster-admins',
  'system:nodes',
  'system:node-proxier',
  'system:bootstrappers',
  'system:authenticated',
  'system:unauthenticated',
  'system:serviceaccounts',
];

/** The text about a name; undefined = it means nothing by itself. */
export function identityText(name: string, texts: Readonly<Record<IdentityTextId, string>>): string | undefined {
  const table: Readonly<Record<string, string>> = texts;
  const id = Object.entries(patterns).find(([, pattern]) => pattern.test(name))?.[0];
  return id === undefined ? undefined : table[id];
}
