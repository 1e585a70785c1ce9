import {describeHours} from '../base/duration.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import type {ClusterPlan, PlanUser} from '../pki/plan.ts';
import {longestCommonName} from './checks-nodes.ts';
import {shown} from './read-value.ts';

/** Common names that kubeadm gives to the cluster's own clients: a person with one of them would be that client. */
const clusterIdentities = [
  'front-proxy-client',
  'kube-apiserver',
  'kube-apiserver-etcd-client',
  'kube-apiserver-kubelet-client',
  'kube-etcd-healthcheck-client',
  'kubernetes-admin',
  'kubernetes-super-admin',
];

export function checkUsers(plan: ClusterPlan): Problem[] {
  const names = new Map<string, number>();
  return plan.users.flatMap((user, index) => {
    const path = `users[${index}]`;
    const found = [...checkUserName(user.name, `${path}.name`), ...checkGroups(user, `${path}.groups`)];
    const namesake = names.get(user.name);
    if (namesake !== undefined && user.name !== '') {
      found.push(
        problem(
          'duplicate-user',
          `${path}.name`,
          `${shown(user.name)} is user ${namesake + 1} too`,
          'give each user a name of their own',
        ),
      );
    }
    names.set(user.name, namesake ?? index);
    return found;
  });
}

function checkUserName(name: string, path: string): Problem[] {
  if (name === '') {
    return [problem('name-missing', path, 'the user has no name', 'give a name such as viewer')];
  }
  if (name.length > longestCommonName) {
    return [
      problem(
        'common-name-too-long',
        path,
        `the name has ${name.length} characters, RFC 5280 allows ${longestCommonName} in a certificate`,
        'shorten it',
      ),
    ];
  }
  // It is the name of a file too: users/NAME.conf.
  if (!/^[A-Za-z0-9][A-Za-z0-9._@:+-]*$/.test(name)) {
    return [
      problem(
        'bad-user-name',
        path,
        `${shown(name)} cannot name a user here`,
        'use letters, digits and . _ @ : + -, beginning with a letter or digit',
      ),
    ];
  }
  if (name.startsWith('system:')) {
    return [
      problem(
        'reserved-user',
        path,
        `${shown(name)} is reserved: names that begin with system: are Kubernetes' own`,
        'choose a name without system:',
      ),
    ];
  }
  return clusterIdentities.includes(name)
    ? [problem('reserved-user', path, `${shown(name)} is one of the cluster's own clients`, 'choose another name')]
    : [];
}

function checkGroups(user: PlanUser, path: string): Problem[] {
  const seen = new Set<string>();
  return user.groups.flatMap((group, index) => {
    const at = `${path}[${index}]`;
    if (group === '' || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(group)) {
      return [
        problem(
          'bad-group',
          at,
          group === '' ? 'the group has no name' : 'the name of the group has a control character',
          'give a name such as read-only',
        ),
      ];
    }
    if (group.length > longestCommonName) {
      return [
        problem(
          'organization-too-long',
          at,
          `the group has ${group.length} characters, RFC 5280 allows ${longestCommonName} in a certificate`,
          'shorten it',
        ),
      ];
    }
    const repeated = seen.has(group);
    seen.add(group);
    if (repeated) {
      return [warning('repeated-group', at, `${shown(group)} is listed twice`, 'remove one')];
    }
    return checkGroup(group, at);
  });
}

function checkGroup(group: string, at: string): Problem[] {
  if (group === 'system:masters') {
    return [
      warning(
        'group-bypasses-rbac',
        at,
        'system:masters may do everything past RBAC, and the certificate cannot be revoked before it ends',
        'use a group of your own and bind it to cluster-admin',
      ),
    ];
  }
  if (group === 'kubeadm:cluster-admins') {
    return [
      warning(
        'group-is-admin',
        at,
        'kubeadm:cluster-admins is cluster-admin for as long as its binding exists',
        'use a group of your own, so that it can be taken back for this user alone',
      ),
    ];
  }
  return group.startsWith('system:') || group.startsWith('kubeadm:')
    ? [
        warning(
          'reserved-group',
          at,
          `${shown(group)} is one of the cluster's own groups, with rights that were not made for people`,
          'use a group of your own',
        ),
      ]
    : [];
}

/** k8s.io/cluster-bootstrap/token/api: BootstrapGroupPattern. */
const tokenGroup = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;
const week = 7 * 24;

export function checkTokenTtl({bootstrap: {token}}: ClusterPlan): Problem[] {
  const path = 'bootstrap.token.ttl';
  const cost = 'whoever has it can join a node';
  if (!(token.ttl >= 0)) {
    return [problem('not-a-duration', path, 'the token cannot end before it begins', 'use 24h')];
  }
  if (token.ttl === 0) {
    return [
      warning(
        'token-never-ends',
        path,
        `the token never ends: ${cost} for as long as the cluster lives`,
        'use 24h and make another when needed',
      ),
    ];
  }
  return token.ttl > week
    ? [
        warning(
          'long-lived-token',
          path,
          `the token is good for ${describeHours(token.ttl)}: ${cost} until then`,
          'use 24h and make another when needed',
        ),
      ]
    : [];
}

export function checkTokenDescription({bootstrap: {token}}: ClusterPlan): Problem[] {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(token.description)
    ? [
        problem(
          'bad-description',
          'bootstrap.token.description',
          'the description has a control character or a line break',
          'write it on one line',
        ),
      ]
    : [];
}

export function checkTokenGroups({bootstrap: {token}}: ClusterPlan): Problem[] {
  const path = 'bootstrap.token.groups';
  const wrong = token.groups.flatMap((group, index) =>
    tokenGroup.test(group)
      ? []
      : [
          problem(
            'bad-token-group',
            `${path}[${index}]`,
            `${shown(group)} cannot be a group of a bootstrap token`,
            'write system:bootstrappers: and then lower-case letters, digits, colons and hyphens',
          ),
        ],
  );
  return token.groups.length > 0 && !token.usages.includes('authentication')
    ? [
        ...wrong,
        problem(
          'groups-without-authentication',
          path,
          'a token that nobody logs in with has no groups',
          'add the usage authentication, or remove the groups',
        ),
      ]
    : wrong;
}

export function checkTokenUsages({bootstrap: {token}}: ClusterPlan): Problem[] {
  const path = 'bootstrap.token.usages';
  if (token.usages.length === 0) {
    return [problem('token-without-use', path, 'the token is good for nothing', 'use signing and authentication')];
  }
  if (!token.usages.includes('authentication')) {
    return [
      warning(
        'token-without-authentication',
        path,
        'no kubelet can log in with the token to ask for its certificate',
        'add authentication',
      ),
    ];
  }
  return token.usages.includes('signing')
    ? []
    : [
        warning(
          'token-without-signing',
          path,
          'cluster-info is not signed with the token, so kubeadm join cannot trust it',
          'add signing',
        ),
      ];
}
