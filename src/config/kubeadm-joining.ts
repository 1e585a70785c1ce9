import {warning, type Problem} from '../base/problem.ts';
import {layouts} from '../pki/layouts.ts';
import type {LayoutId} from '../pki/plan.ts';
import {isMap} from '../wizard/text-form.ts';
import type {Gathering} from './gathering.ts';
import {listAt, textAt, type KubeadmDocument} from './kubeadm-documents.ts';

/** How nodes join: what kubeadm's documents say of tokens and of the cluster to join. No token leaves this file. */

/** What a plan says of the token is everything but the token: that one is made when the bundle is issued. */
export function gatherTokens(init: KubeadmDocument, into: Gathering): void {
  const tokens = listAt(init, 'bootstrapTokens');
  const [first] = tokens;
  if (first === undefined) return;
  const path = 'bootstrapTokens[0]';
  if (isMap(first)) {
    for (const field of ['ttl', 'description', 'groups', 'usages']) {
      const value = first[field];
      if (value !== undefined && value !== null) into.take(`bootstrap.token.${field}`, value, init, `${path}.${field}`);
    }
    if (typeof first['token'] === 'string') into.note(tokenNotTaken, init, `${path}.token`, 'key');
    if (typeof first['expires'] === 'string') {
      into.note(
        warning('expiry-not-taken', '', 'a plan says how long a token is good, not until when', 'write ttl: 24h'),
        init,
        `${path}.expires`,
        'key',
      );
    }
  }
  if (tokens.length > 1) {
    into.note(
      warning(
        'one-token-only',
        '',
        `a plan has one bootstrap token, here are ${tokens.length}: the first one counts`,
        'make the others with kubeadm token create once the cluster runs',
      ),
      init,
      'bootstrapTokens[1]',
    );
  }
}

const tokenNotTaken: Problem = warning(
  'token-not-taken',
  '',
  'the token itself is not taken: there is no secret in a plan',
  'a new one is made with the bundle; take this one out of the file if others read it',
);

/** How nodes that join know the cluster, and get their first certificate. */
export function gatherJoins(joins: readonly KubeadmDocument[], layout: LayoutId, into: Gathering): void {
  const [first] = joins;
  if (first === undefined) return;
  const kubeconfig = 'discovery.file.kubeConfigPath';
  const {kubelet, 'bootstrap-kubelet': bootstrap} = layouts[layout].kubeconfigs;
  if (joins.every((join) => textAt(join, kubeconfig) === kubelet)) {
    into.take('kubelets.client', 'issued', first, kubeconfig);
  }
  for (const join of joins) {
    const path = textAt(join, kubeconfig);
    if (path !== undefined && path !== kubelet && path !== bootstrap) {
      into.note(
        warning('path-not-taken', '', `kubeConfigPath follows from the plan: ${bootstrap}`, 'write that path'),
        join,
        kubeconfig,
      );
    }
    for (const secret of ['discovery.bootstrapToken.token', 'discovery.tlsBootstrapToken']) {
      if (textAt(join, secret) !== undefined) {
        into.note(tokenNotTaken, join, secret, 'key');
        break;
      }
    }
    const endpoint = 'discovery.bootstrapToken.apiServerEndpoint';
    if (textAt(join, endpoint) !== undefined && !into.values.has('cluster.controlPlaneEndpoint')) {
      into.take('cluster.controlPlaneEndpoint', textAt(join, endpoint) ?? null, join, endpoint);
    }
  }
}
