import {tameLine} from '../base/tame.ts';
import type {Material} from '../x509/material.ts';
import type {InspectedKubeconfig, Inspection} from './inspection.ts';
import {factLines, kindWords, materialLines} from './material-text.ts';
import {count} from './words.ts';

/** An inspection for people: one paragraph a block, each fact on a line of its own. */
export function inspectionLines({from, material, kubeconfig}: Inspection, now: Date): string[] {
  const head =
    from.kind === 'port'
      ? [`${from.host}:${from.port} shows ${count(material.length, 'certificate')}${protocolText(from.protocol)}`]
      : [
          `${from.kind === 'file' ? from.path : 'standard input'}: ${kubeconfig === undefined ? contentText(material) : 'a kubeconfig'}`,
        ];
  const body = kubeconfig === undefined ? materialLines(material, now) : kubeconfigLines(kubeconfig, now);
  return [...head, ...body].map(tameLine);
}

function protocolText(protocol: string | undefined): string {
  return protocol === undefined ? '; it then broke off, as it demands one of the caller' : ` (${protocol})`;
}

/** `2 certificates, 1 private key`. */
function contentText(material: readonly Material[]): string {
  const kinds = Map.groupBy(material, ({kind}) => kind);
  return [...kinds].map(([kind, same]) => count(same.length, kindWords[kind])).join(', ');
}

function kubeconfigLines(
  {clusters, users, contexts, currentContext, problems}: InspectedKubeconfig,
  now: Date,
): string[] {
  return [
    ...problems.flatMap(({message, fix}) => ['', `problem  ${message}${fix === undefined ? '' : `; ${fix}`}`]),
    ...contexts.flatMap(({name, cluster, user, namespace}) => [
      '',
      `context ${name}${name === currentContext ? ' (current)' : ''}: ${user} at ${cluster}${namespace === undefined ? '' : `, namespace ${namespace}`}`,
    ]),
    ...clusters.flatMap(({name, server, certificateAuthority, skipsVerification, tlsServerName, material}) => [
      '',
      `cluster ${name}`,
      ...factLines(
        [
          ['server', server ?? 'none'],
          ...(tlsServerName === undefined ? [] : [['asks for', tlsServerName] as const]),
          [
            'trusts',
            skipsVerification
              ? 'anybody: insecure-skip-tls-verify is on'
              : certificateAuthority === undefined
                ? "the system's own authorities"
                : certificateAuthority.kind === 'file'
                  ? certificateAuthority.path
                  : count(material.length, 'authority', 'authorities'),
          ],
        ],
        '   ',
      ),
      ...materialLines(material, now).map(indented),
    ]),
    ...users.flatMap(({name, certificate, key, token, otherWays, material}) => [
      '',
      `user ${name}`,
      ...factLines([['shows', credentialText({certificate, key, token, otherWays})]], '   '),
      ...materialLines(material, now).map(indented),
    ]),
  ];
}

function credentialText({
  certificate,
  key,
  token,
  otherWays,
}: Pick<InspectedKubeconfig['users'][number], 'certificate' | 'key' | 'token' | 'otherWays'>): string {
  const ways = [
    ...(certificate === undefined
      ? []
      : [certificate.kind === 'file' ? `the certificate ${certificate.path}` : 'a certificate']),
    ...(key?.kind === 'file' ? [`the key ${key.path}`] : []),
    ...(token === undefined ? [] : [token.kind === 'file' ? `the token in ${token.path}` : 'a token; it is not shown']),
    ...otherWays,
  ];
  return ways.join(', ') || 'nothing: it is anonymous';
}

function indented(line: string): string {
  return line === '' ? '' : `   ${line}`;
}
