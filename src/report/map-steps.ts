import type {Lessons} from '../lessons/lessons.ts';
import type {PlannedConnection} from '../pki/blueprint-types.ts';
import {pathOnNode} from '../pki/files.ts';
import type {MappedCertificate} from '../pki/mapped-cluster.ts';
import {hostAndPort} from './thing-words.ts';

/**
 * What the two ends of a connection do and check, one after the other, in the order of Go's TLS, which they all speak:
 * of a server's certificate the dates, the name, the chain, the use; then the client's; then who that is.
 */
export function checkingSteps(
  connection: PlannedConnection,
  certificate: (name: string) => MappedCertificate | undefined,
  {words, map: said}: Lessons,
): readonly string[] {
  const {presents, callerTrusts, credential, host} = connection;
  const [caller, provider] = [connection.caller.component, connection.provider.component];
  const called = (name: string): string => certificate(name)?.id ?? name;
  const server = 'certificate' in presents ? said.serverShows(provider, called(presents.certificate)) : words.showsOwn;
  return [
    said.opens(caller, hostAndPort(connection)),
    'certificate' in presents ? server : `${provider}: ${server}${said.because(presents.notOurs)}`,
    ...('notVerified' in callerTrusts
      ? [`${said.callerChecksNothing(caller)}${said.because(callerTrusts.notVerified)}`]
      : [
          said.callerChecks.dates(caller),
          said.callerChecks.name(host),
          said.callerChecks.chain(callerTrusts.authorities.join(', '), pathOnNode(callerTrusts.from.path)),
          said.callerChecks.usage,
          said.callerChecks.no(caller),
        ]),
    said.asks[connection.clientCertificate](provider),
    ...('certificate' in credential
      ? certificateSteps(connection, certificate(credential.certificate), called(credential.certificate), said)
      : 'token' in credential
        ? [tokenStep(connection, said), ...(provider === 'kube-apiserver' ? [said.thenRights] : [])]
        : [said.noCredential]),
  ];
}

function certificateSteps(
  {id, caller, provider, providerTrusts, clientCertificate}: PlannedConnection,
  found: MappedCertificate | undefined,
  name: string,
  said: Lessons['map'],
): readonly string[] {
  const verifies =
    'notVerified' in providerTrusts
      ? [`${said.providerChecksNothing(provider.component)}${said.because(providerTrusts.notVerified)}`]
      : [
          said.providerChecks(
            provider.component,
            providerTrusts.authorities.join(', '),
            pathOnNode(providerTrusts.from.path),
            id === 'etcd-to-etcd' ? 'looked at' : 'ignored',
          ),
          clientCertificate === 'demanded' ? said.noMeans.alert : said.noMeans.unauthorized,
        ];
  const {commonName, organizations} = found?.subject ?? {commonName: name, organizations: []};
  return [said.clientShows(caller.component, name), ...verifies, ...whoSteps(id, commonName, organizations, said)];
}

/** Who the caller is to the provider, once its certificate is believed. */
function whoSteps(
  id: string,
  commonName: string,
  organizations: readonly string[],
  said: Lessons['map'],
): readonly string[] {
  if (id === 'etcd-to-etcd') return [said.peerAddress];
  if (id.endsWith('-to-etcd') || id.startsWith('etcd-')) return [said.noIdentity];
  if (id === 'apiserver-to-aggregated-api') return [said.frontProxy(commonName), said.thenRights];
  const rights = organizations.includes('system:masters') ? said.pastRights : said.thenRights;
  return [said.identity(commonName, organizations.join(', ')), rights];
}

function tokenStep({id, provider}: PlannedConnection, {token}: Lessons['map']): string {
  if (id === 'joining-kubelet-to-apiserver') return token.bootstrap;
  if (id === 'apiserver-to-itself') return token.memory;
  return provider.component === 'kube-apiserver' ? token.serviceAccount : token.review(provider.component);
}
