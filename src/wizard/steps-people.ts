import {formatHours} from '../base/duration.ts';
import {emptyPlan, tokenUsages, type ClusterPlan, type PlanUser} from '../pki/plan.ts';
import {situationOf, someKubeletBootstraps} from '../pki/situation.ts';
import {checkTokenDescription, checkTokenGroups, checkTokenTtl, checkTokenUsages, checkUsers} from './checks-people.ts';
import {step} from './declare-step.ts';
import {choices, fields, hours, list, text, textOrEmpty, type Reader} from './read-value.ts';
import type {Step, StepOption} from './step.ts';

/** The last page: who else gets in, people and joining nodes. */

type Token = ClusterPlan['bootstrap']['token'];

const usageOptions = [
  {
    value: 'signing',
    label: 'signing',
    help: 'A joining node can trust what it reads: cluster-info is signed with the token.',
  },
  {value: 'authentication', label: 'authentication', help: 'A kubelet logs in with it to ask for its certificate.'},
] satisfies readonly StepOption[];

const user: Reader<PlanUser> = fields({name: text(), groups: list(text())}, ['name'], (get) => ({
  name: get(text(), 'name'),
  groups: get(list(text()), 'groups'),
}));

const withToken = (plan: ClusterPlan, change: Partial<Token>): ClusterPlan => ({
  ...plan,
  bootstrap: {...plan.bootstrap, token: {...plan.bootstrap.token, ...change}},
});

const tokenIsNeeded = (plan: ClusterPlan): boolean => someKubeletBootstraps(situationOf(plan));

export const peopleSteps: readonly Step[] = [
  step({
    id: 'users',
    page: 'people',
    ask: 'People',
    help: "Who gets a certificate and a kubeconfig. The groups are the certificate's organizations: RBAC decides what they may do, and the bindings are yours to make. A certificate cannot be taken back before it ends.",
    kind: {
      kind: 'records',
      columns: [
        {id: 'name', ask: 'Name', help: 'the user name that RBAC sees', isList: false},
        {id: 'groups', ask: 'Groups', help: 'such as read-only', isList: true},
      ],
      example: 'viewer read-only',
    },
    get: (plan) => plan.users,
    set: (plan, users) => ({...plan, users}),
    reader: list(user),
    write: (users) =>
      users.map((each) => ({name: each.name, ...(each.groups.length === 0 ? {} : {groups: each.groups})})),
    check: checkUsers,
  }),
  step({
    id: 'bootstrap.token.ttl',
    page: 'people',
    ask: 'Bootstrap token is good for',
    help: 'A token lets kubelets ask for their first certificate. Long enough to bring all nodes up, no longer; 0 means for ever.',
    kind: {kind: 'text'},
    when: tokenIsNeeded,
    get: (plan) => plan.bootstrap.token.ttl,
    set: (plan, ttl) => withToken(plan, {ttl}),
    reader: hours(emptyPlan.bootstrap.token.ttl),
    write: formatHours,
    check: checkTokenTtl,
  }),
  step({
    id: 'bootstrap.token.description',
    page: 'people',
    ask: "Token's description",
    help: 'Shown by kubeadm token list, so that somebody later knows what it was for.',
    kind: {kind: 'text'},
    advanced: true,
    when: tokenIsNeeded,
    get: (plan) => plan.bootstrap.token.description,
    set: (plan, description) => withToken(plan, {description}),
    reader: textOrEmpty,
    write: (description) => description,
    check: checkTokenDescription,
  }),
  step({
    id: 'bootstrap.token.usages',
    page: 'people',
    ask: 'Token is used for',
    help: 'kubeadm join needs both.',
    kind: {kind: 'choices', options: usageOptions},
    advanced: true,
    when: tokenIsNeeded,
    get: (plan) => plan.bootstrap.token.usages,
    set: (plan, usages) => withToken(plan, {usages}),
    reader: choices(tokenUsages),
    write: (usages) => usages,
    check: checkTokenUsages,
  }),
  step({
    id: 'bootstrap.token.groups',
    page: 'people',
    ask: "Token's groups",
    help: "Whoever logs in with the token is in these groups; kubeadm's bindings are made for its default.",
    kind: {kind: 'list'},
    advanced: true,
    when: tokenIsNeeded,
    get: (plan) => plan.bootstrap.token.groups,
    set: (plan, groups) => withToken(plan, {groups}),
    reader: list(text({pattern: '^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$'})),
    write: (groups) => groups,
    check: checkTokenGroups,
  }),
];
