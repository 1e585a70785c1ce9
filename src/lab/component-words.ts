import {isAddress} from '../base/address.ts';
import type {EndId, PlannedConnection} from '../pki/blueprint-types.ts';
import type {ComponentWords} from '../pki/experiment.ts';
import type {Prediction, Reason} from './predict.ts';

/**
 * What the real components print, as read from kube-apiserver, kube-controller-manager and kubectl 1.36 and etcd 3.4. It
 * is not what is said in the lab, where no component runs. `…` stands for what differs from time to time.
 */
export function componentWords(prediction: Prediction): readonly ComponentWords[] {
  const {connection, outcome, reason} = prediction;
  if (reason === undefined) return [];
  switch (outcome) {
    case 'caller':
      return whenCallerRefuses(connection, reason);
    case 'provider':
      return whenProviderRefuses(connection, reason);
    case 'does-not-start':
      return [said(connection[prediction.stays ?? 'provider'].component, notStarting(reason))];
    case 'nobody':
      return [];
    default:
      return outcome satisfies never;
  }
}

/** The controller manager's, when its signing file holds more than one certificate. */
export const signingFileWords = said('kube-controller-manager', notStarting('two-certificates'));

function whenCallerRefuses(connection: PlannedConnection, reason: Reason): readonly ComponentWords[] {
  const caller = connection.caller.component;
  const words = `tls: failed to verify certificate: ${x509Words(reason, connection)}`;
  const isEtcd = connection.provider.component === 'etcd';
  return [
    said(
      caller,
      caller === 'kube-apiserver' && isEtcd ? `transport: authentication handshake failed: ${words}` : words,
    ),
    ...(caller === 'kube-apiserver' && isEtcd ? [said(caller, 'context deadline exceeded')] : []),
    // An API server logs nothing of it at its usual verbosity.
    ...(isEtcd ? [said('etcd', 'rejected connection … remote error: tls: bad certificate')] : []),
  ];
}

function whenProviderRefuses(connection: PlannedConnection, reason: Reason): readonly ComponentWords[] {
  const caller = connection.caller.component;
  switch (connection.provider.component) {
    case 'etcd':
      return [
        said('etcd', `rejected connection … tls: failed to verify client certificate: ${x509Words(reason)}`),
        ...(caller === 'kube-apiserver'
          ? [
              said(caller, 'error reading server preface: remote error: tls: bad certificate'),
              said(caller, 'context deadline exceeded'),
            ]
          : []),
      ];
    case 'kube-apiserver':
      return [
        said('kube-apiserver', `Unable to authenticate the request … ${unauthenticated(reason)}`),
        unauthorized(caller),
      ];
    default:
      return [unauthorized(caller)];
  }
}

/** Why the API server takes a caller for nobody. It tries the front proxy's authority first, whose answer is noise. */
function unauthenticated(reason: Reason): string {
  switch (reason) {
    case 'token':
      return '[invalid bearer token, invalid signature, no keys found]';
    case 'wrong-usage':
      return `[x509: certificate signed by unknown authority … ${x509Words(reason)}]`;
    default:
      return x509Words(reason);
  }
}

function unauthorized(caller: EndId): ComponentWords {
  return said(
    caller,
    caller === 'kubectl' ? 'error: You must be logged in to the server (Unauthorized)' : 'Unauthorized',
  );
}

/** @param dialled left out where the certificate is a client's: nobody compares names there */
function x509Words(reason: Reason, dialled?: Pick<PlannedConnection, 'host'>): string {
  const host = dialled?.host ?? '…';
  switch (reason) {
    case 'expired':
      return 'x509: certificate has expired or is not yet valid: current time … is after …';
    case 'not-yet-valid':
      return 'x509: certificate has expired or is not yet valid: current time … is before …';
    case 'namesake':
      return dialled === undefined
        ? 'x509: certificate signed by unknown authority'
        : 'x509: certificate signed by unknown authority (possibly because of … while trying to verify candidate authority certificate …)';
    case 'unknown-authority':
      return 'x509: certificate signed by unknown authority';
    case 'wrong-name':
      return `x509: certificate is valid for …, not ${host}`;
    case 'no-name':
      return isAddress(host)
        ? `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`
        : `x509: certificate is not valid for any names, but wanted to match ${host}`;
    case 'wrong-usage':
      return 'x509: certificate specifies an incompatible key usage';
    case 'key-mismatch':
    case 'token':
    case 'two-certificates':
      return notStarting(reason);
    default:
      return reason satisfies never;
  }
}

function notStarting(reason: Reason): string {
  return reason === 'two-certificates'
    ? 'error reading CA cert file … expected 1 certificate, found 2'
    : 'tls: private key does not match public key';
}

function said(component: EndId, words: string): ComponentWords {
  return {component, words};
}

/**
 * Whether a line says these words, in the part of them that has stayed the same since Go 1.15, which 1.20 is built
 * with. Newer ones say before it what failed ("tls: failed to verify certificate: "); of a client Go 1.15 says "client's
 * certificate"; of a token 1.20 tells only that it is invalid, and of an etcd that refuses its API server only that it
 * came no further than the preface. Quotes are escaped in etcd's log.
 */
export function isSaidIn(words: string, line: string): boolean {
  const parts = words
    .replace('tls: failed to verify certificate: ', '')
    .replace('tls: failed to verify client certificate: ', 'tls: failed to verify client…certificate: ')
    .replace(', invalid signature, no keys found]', '')
    .replace('error reading server preface: remote error: tls: bad certificate', 'preface: ')
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  let at = 0;
  for (const part of parts) {
    const found = line.replaceAll('\\', '').indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}
