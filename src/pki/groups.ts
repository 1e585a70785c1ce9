/** What a group in a person's certificate gives, before anybody has made a binding for it. */
export interface GroupMeaning {
  /** `everything`: past RBAC or by a binding that is there. `reserved`: the cluster's own. `own`: nothing by itself. */
  readonly kind: 'everything' | 'reserved' | 'everybody' | 'own';
  /** One sentence without a full stop. */
  readonly text: string;
}

/**
 * Groups that mean something by themselves. Kubernetes: staging/src/k8s.io/apiserver/pkg/authentication/user and
 * plugin/pkg/auth/authorizer/rbac/bootstrappolicy; kubeadm: cmd/kubeadm/app/constants.
 */
const known: Readonly<Record<string, GroupMeaning>> = {
  'system:masters': {
    kind: 'everything',
    text: 'may do everything, past RBAC: no binding gives it and none takes it away, so it cannot be revoked before the certificate ends',
  },
  'kubeadm:cluster-admins': {
    kind: 'everything',
    text: "cluster-admin by kubeadm's binding of the same name: deleting that binding takes it from everyone in the group",
  },
  'system:nodes': {
    kind: 'reserved',
    text: 'kubelets: with a name system:node:NODE it may read what the pods of that node need; it is not for people',
  },
  'system:bootstrappers': {
    kind: 'reserved',
    text: "whoever comes with a bootstrap token: may ask for a kubelet's certificate; it is not for people",
  },
  'system:authenticated': {
    kind: 'everybody',
    text: 'everybody who logs in is in it anyway: it need not be written into a certificate',
  },
  'system:unauthenticated': {
    kind: 'everybody',
    text: 'everybody who does not log in: in a certificate it means nothing',
  },
  'system:serviceaccounts': {
    kind: 'reserved',
    text: "every service account of the cluster: what is bound to it would be this person's too",
  },
  'system:monitoring': {
    kind: 'reserved',
    text: 'may read the metrics, liveness and readiness of the control plane',
  },
};

/** Those worth telling who looks for one, the most dangerous first. */
export const knownGroups: readonly string[] = [
  'system:masters',
  'kubeadm:cluster-admins',
  'system:nodes',
  'system:monitoring',
  'system:authenticated',
];

export function meaningOfGroup(group: string): GroupMeaning {
  const meaning = Object.hasOwn(known, group) ? known[group] : undefined;
  if (meaning !== undefined) return meaning;
  if (group.startsWith('system:serviceaccounts:')) {
    return {kind: 'reserved', text: 'every service account of a namespace; it is not for people'};
  }
  if (group.startsWith('system:') || group.startsWith('kubeadm:')) {
    return {kind: 'reserved', text: "one of the cluster's own: its rights were not made for people"};
  }
  return {
    kind: 'own',
    text: `a group of your own: it may do nothing until a binding names it, such as kubectl create clusterrolebinding NAME --clusterrole=view --group=${quoted(group)}`,
  };
}

/** For a shell. */
function quoted(text: string): string {
  return /^[A-Za-z0-9._:@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
