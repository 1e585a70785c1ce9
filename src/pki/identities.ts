import type {Subject} from './blueprint-types.ts';

/**
 * Names that mean something to Kubernetes whoever holds them: its built-in users and groups
 * (plugin/pkg/auth/authorizer/rbac/bootstrappolicy, kubeadm's constants, KEP-4214).
 */
interface Identity {
  /** Whether the name is one of these. */
  readonly matches: RegExp;
  /** What it may do, as half a sentence: `does everything, past RBAC; …`. */
  readonly rights: string;
}

const groups: readonly Identity[] = [
  {
    matches: /^system:masters$/,
    rights: 'does everything, past RBAC; such a certificate cannot be revoked before it ends',
  },
  {
    matches: /^kubeadm:cluster-admins$/,
    rights: 'cluster-admin, as long as the ClusterRoleBinding kubeadm:cluster-admins exists',
  },
  {
    matches: /^system:nodes$/,
    rights: 'a node: together with the name system:node:NAME, what the Node authorizer gives to that kubelet',
  },
  {matches: /^system:node-proxier$/, rights: 'what kube-proxy needs, by the ClusterRole of the same name'},
  {
    matches: /^system:bootstrappers(:[a-z0-9:-]+)?$/,
    rights: 'a node that joins: it may ask for a certificate where kubeadm:kubelet-bootstrap or its like is bound',
  },
  {matches: /^system:authenticated$/, rights: 'everybody who is known has it already: it adds nothing'},
  {matches: /^system:unauthenticated$/, rights: 'callers whom nobody knows; a certificate is no use for it'},
  {matches: /^system:serviceaccounts(:.+)?$/, rights: 'a group of service accounts, which have tokens'},
];

const users: readonly Identity[] = [
  {matches: /^system:kube-controller-manager$/, rights: 'the controller manager, by the ClusterRole of that name'},
  {matches: /^system:kube-scheduler$/, rights: 'the scheduler, by the ClusterRole of that name'},
  {matches: /^system:kube-proxy$/, rights: 'kube-proxy, by the ClusterRole system:node-proxier'},
  {matches: /^system:node:.+$/, rights: 'the kubelet of that node, when the group is system:nodes'},
  {
    matches: /^kube-apiserver-kubelet-client$/,
    rights: "the API server calling kubelets, by a binding to system:kubelet-api-admin (or its group's rights)",
  },
  {
    matches: /^front-proxy-client$/,
    rights: 'signed by the front-proxy authority it speaks for any user, by headers',
  },
];

/** What a group means to a cluster as it is installed; undefined = nothing, until somebody binds a role to it. */
export function rightsOfGroup(group: string): string | undefined {
  return groups.find(({matches}) => matches.test(group))?.rights;
}

/** The same for a user name, which is a certificate's common name. */
export function rightsOfUser(name: string): string | undefined {
  return users.find(({matches}) => matches.test(name))?.rights;
}

/** Each name of a subject that means something, with what it means. */
export function rightsOf({
  commonName,
  organizations,
}: Subject): readonly {readonly name: string; readonly rights: string}[] {
  const user = rightsOfUser(commonName);
  return [
    ...(user === undefined ? [] : [{name: commonName, rights: user}]),
    ...organizations.flatMap((name) => {
      const rights = rightsOfGroup(name);
      return rights === undefined ? [] : [{name, rights}];
    }),
  ];
}
