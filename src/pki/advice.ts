import type {Advice} from './blueprint-types.ts';
import {layouts} from './layouts.ts';
import {kubeletServingOf, someKubeletBootstraps} from './situation.ts';
import type {Survey} from './survey.ts';
import {hasSuperAdmin} from './certificates.ts';
import {signingAuthorities} from './topology.ts';

/** What this plan's shape costs, in plain words. (What is wrong with single values is `checkPlan`'s.) */
export function adviceOn(survey: Survey): readonly Advice[] {
  return rules.flatMap((rule) => rule(survey) ?? []);
}

type Rule = (survey: Survey) => Advice | undefined;

function shares(one: readonly string[], other: readonly string[]): boolean {
  return one.some((id) => other.includes(id));
}

const rules: readonly Rule[] = [
  (survey) =>
    shares(survey.trusted('etcd-clients'), survey.trusted('apiserver-clients'))
      ? {
          code: 'clients-open-etcd',
          path: 'trust.topology',
          message:
            "one authority signs etcd's clients and the cluster's: any kubelet's or person's certificate opens etcd directly, past RBAC, and reads every Secret",
          fix: 'give etcd an authority of its own: trust.topology: three-cas',
        }
      : undefined,
  (survey) =>
    shares(survey.trusted('apiserver-front-proxies'), survey.trusted('apiserver-clients'))
      ? {
          code: 'clients-impersonate',
          path: 'trust.topology',
          message:
            "one authority signs the front proxy and the cluster's clients: whoever gets a certificate named front-proxy-client signed speaks for anyone, system:masters included. --requestheader-allowed-names closes the door for every other name, and API servers from 1.35 do not start without it",
          fix: 'give the front proxy an authority of its own: trust.topology: three-cas',
        }
      : undefined,
  ({situation: {plan}}) => {
    const names = plan.users.flatMap(({name, groups}) => (groups.includes('system:masters') ? [name] : []));
    return names.length === 0
      ? undefined
      : {
          code: 'people-bypass-rbac',
          path: 'users',
          message: `${names.join(', ')} in system:masters may do everything past RBAC, and the certificate cannot be revoked before it ends`,
          fix: 'use a group of your own and bind it to cluster-admin',
        };
  },
  ({situation}) =>
    kubeletServingOf(situation) === 'self-signed'
      ? {
          code: 'kubelets-unverified',
          path: 'kubelets.serving',
          message:
            'kubelets make self-signed serving certificates: the API server does not verify them, and metrics-server needs --kubelet-insecure-tls',
          fix: 'kubelets.serving: signed has them issued with the rest',
        }
      : undefined,
  ({situation}) =>
    kubeletServingOf(situation) === 'bootstrap'
      ? {
          code: 'kubelets-wait-for-approval',
          path: 'kubelets.serving',
          message:
            "nothing approves the kubelets' serving requests by itself: until somebody does, kubectl logs and exec fail",
          fix: 'approve them after each node has joined, or choose kubelets.serving: signed',
        }
      : undefined,
  (survey) => {
    const {clients, serving} = signingAuthorities(survey.situation);
    if (survey.holdsKey(clients) && survey.holdsKey(serving)) return undefined;
    return {
      code: 'external-authority-signs-nothing',
      path: 'trust.authorities',
      message: `the key of ${survey.holdsKey(clients) ? serving : clients} is not on the cluster: the controller manager signs no requests, so no kubelet can bootstrap or rotate its certificate${
        someKubeletBootstraps(survey.situation) ? ', and some of this plan would have to' : ''
      }`,
      fix: 'choose kubelets.client: issued and renew them in time, or run another signer',
    };
  },
  ({situation}) =>
    situation.plan.trust.topology === 'intermediates' && layouts[situation.plan.layout].tool === 'kubeadm'
      ? {
          code: 'kubeadm-knows-no-intermediates',
          path: 'trust.topology',
          message:
            'kubeadm does not know intermediates: up to 1.30 `kubeadm init` refuses these kubeconfigs ("wrong CA cert"), and `kubeadm certs check-expiration` stops at files that hold a chain',
          fix: 'start the components with their flags; choose three-cas where kubeadm shall renew certificates',
        }
      : undefined,
  ({situation}) =>
    hasSuperAdmin(situation)
      ? {
          code: 'super-admin-cannot-be-revoked',
          path: 'cluster.kubernetesVersion',
          message: 'super-admin.conf is in system:masters: it bypasses RBAC and cannot be revoked before it ends',
          fix: `move it off ${situation.controlPlanes[0]?.name ?? 'the first node'} and keep it offline`,
        }
      : undefined,
  ({situation}) =>
    layouts[situation.plan.layout].tool === 'by hand'
      ? {
          code: 'admin-cannot-be-revoked',
          path: 'layout',
          message:
            'by hand, the administrator is in system:masters: it bypasses RBAC and cannot be revoked before it ends',
          fix: 'keep it offline once people have users of their own: users: [{name: …, groups: […]}]',
        }
      : undefined,
];
