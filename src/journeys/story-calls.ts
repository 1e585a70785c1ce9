import {type Artefact, type ArtefactPart, fact, nothing, said} from '../lessons/artefact.ts';
import type {
  ConnectionEnd,
  NotVerified,
  PlannedConnection,
  PlannedFile,
  PlannedIntrusion,
  PlannedKubeconfig,
  Trust,
} from '../pki/blueprint-types.ts';
import type {StoryCluster} from './story-cluster.ts';
import {callTitle, nameText, placeOf, saidRows} from './story-rows.ts';

/** What the story of the handshake shows: who shows what, and who checks it with what. */

/** The certificate, the key and the CA file of both ends, with the flags that name them. */
export function call(cluster: StoryCluster): Artefact {
  const connection = cluster.connection('apiserver-to-etcd');
  const {caller, provider, host, port, presents, credential, callerTrusts, providerTrusts} = connection;
  const filesOf = (end: ConnectionEnd, shown: typeof presents | typeof credential, trusts: Trust | NotVerified) => [
    ...('from' in shown && shown.from.kind === 'files'
      ? [
          fact('shows', named(cluster, end, shown.from.certificate)),
          fact('keyFile', named(cluster, end, shown.from.key)),
        ]
      : []),
    ...('from' in trusts ? [fact('caFile', `${trusts.by}=${placeOf(fileAt(cluster, trusts.from.path))}`)] : []),
  ];
  return {
    parts: [
      {title: caller.component, rows: filesOf(caller, credential, callerTrusts)},
      {title: `${provider.component}, ${host}:${port}`, rows: filesOf(provider, presents, providerTrusts)},
    ],
  };
}

/** `--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt`, as it stands in the component's flags. */
function named(cluster: StoryCluster, end: ConnectionEnd, path: string): string {
  const place = placeOf(fileAt(cluster, path));
  const flag = flagFor(cluster, end, place);
  return flag === undefined ? place : `${flag}=${place}`;
}

function fileAt(cluster: StoryCluster, path: string): PlannedFile | undefined {
  return cluster.file((file) => file.path === path);
}

/** What of this component names the file. */
function flagFor({blueprint}: StoryCluster, {component, node}: ConnectionEnd, place: string): string | undefined {
  const users = blueprint.components.filter((each) => each.component === component && each.node === node);
  return users.flatMap(({flags, settings}) => [...flags, ...settings]).find(({value}) => value === place)?.name;
}

export function serverChecked(cluster: StoryCluster): Artefact {
  const connection = cluster.connection('apiserver-to-etcd');
  const {callerTrusts, host} = connection;
  const {certificate} = cluster.shown(cluster.certificate('etcd-server'));
  const rows = cluster.checks({shown: certificate, trusts: cluster.anchors(callerTrusts), usage: 'server auth', host});
  const facts = [
    fact('serverShows', serverShows(cluster, connection)),
    fact('callerTrusts', trustText(cluster, callerTrusts)),
  ];
  return {parts: [{title: callTitle(connection), rows: [...facts, ...rows]}]};
}

export function clientChecked(cluster: StoryCluster): Artefact {
  const connection = cluster.connection('apiserver-to-etcd');
  const {providerTrusts} = connection;
  const {certificate} = cluster.shown(cluster.certificate('apiserver-etcd-client'));
  const rows = cluster.checks({
    shown: certificate,
    trusts: cluster.anchors(providerTrusts),
    usage: 'client auth',
    host: undefined,
  });
  const facts = [
    fact('callerShows', callerShows(cluster, connection)),
    fact('serverTrusts', trustText(cluster, providerTrusts)),
  ];
  return {parts: [{title: callTitle(connection), rows: [...facts, ...rows]}]};
}

/** A real one on loopback. */
export async function handshake(cluster: StoryCluster): Promise<Artefact> {
  return {parts: [await realCall(cluster, 'apiserver-to-etcd')]};
}

/**
 * A connection that was really made: what each end shows, what the other checks it with, and what both said.
 *
 * @param first whose certificate is told first
 */
export async function realCall(
  cluster: StoryCluster,
  row: string,
  first: 'caller' | 'provider' = 'provider',
): Promise<ArtefactPart> {
  const connection = cluster.connection(row);
  const {host, port, caller, provider, callerTrusts, providerTrusts} = connection;
  const heard = await cluster.call(row);
  const server = [
    fact('serverShows', serverShows(cluster, connection)),
    fact('callerTrusts', trustText(cluster, callerTrusts)),
  ];
  const client = [
    fact('callerShows', callerShows(cluster, connection)),
    fact('serverTrusts', trustText(cluster, providerTrusts)),
  ];
  return {
    title: `${callTitle(connection)}, ${host}:${port}`,
    rows: [
      ...(first === 'provider' ? [...server, ...client] : [...client, ...server]),
      ...saidRows(heard.said, {caller: caller.component, provider: provider.component}),
    ],
  };
}

/** Everybody who knocks at etcd's door and must not come in. */
export async function etcdDoors(cluster: StoryCluster): Promise<Artefact> {
  const listener = await cluster.listener();
  const parts: ArtefactPart[] = [];
  for (const knocks of cluster.blueprint.intrusions) {
    if (knocks.provider.component !== 'etcd' || knocks.port !== 2379) continue;
    const heard = await listener.door(knocks);
    const {shows, providerTrusts} = knocks;
    parts.push({
      title: knocks.id,
      rows: [...knockerFacts(cluster, shows, providerTrusts), said('etcd', heard.said.provider, 'provider')],
    });
  }
  return {parts};
}

/** What is shown, and who has signed it: a stranger's CA has the name of one that is trusted, and another key. */
function knockerFacts(cluster: StoryCluster, shows: PlannedIntrusion['shows'], {authorities}: Trust) {
  if ('nothing' in shows) return [fact('callerShows', nothing)];
  const certificate = 'certificate' in shows ? cluster.cluster.issued.certificates.get(shows.certificate) : undefined;
  const shown = 'certificate' in shows ? shownFile(cluster, shows.certificate) : nameText(shows.stranger);
  const [namesake] = authorities;
  const by = certificate?.planned.authority ?? namesake;
  return [
    fact('callerShows', shown),
    ...(by === undefined ? [] : [fact('issuer', nameText(cluster.authority(by).planned.subject))]),
  ];
}

/** The two calls between API server and kubelet, each told from what the API server shows. */
export async function kubeletCall(cluster: StoryCluster): Promise<Artefact> {
  return {
    parts: [
      await realCall(cluster, 'apiserver-to-kubelet', 'caller'),
      await realCall(cluster, 'kubelet-to-apiserver', 'provider'),
    ],
  };
}

function serverShows(cluster: StoryCluster, {presents, provider}: PlannedConnection): string {
  return 'certificate' in presents ? withFlag(cluster, provider, presents.certificate) : kubeletsOwn(cluster);
}

/** A token is shown later, inside the connection. */
function callerShows(cluster: StoryCluster, {credential, caller}: PlannedConnection): string {
  return 'certificate' in credential ? withFlag(cluster, caller, credential.certificate) : nothing;
}

/** `/etc/kubernetes/pki/apiserver.crt (--tls-cert-file)`, `/etc/kubernetes/admin.conf (client-certificate-data)` */
function withFlag(cluster: StoryCluster, end: ConnectionEnd, certificate: string): string {
  const place = shownFile(cluster, certificate);
  if (kubeconfigAround(cluster, certificate) !== undefined) {
    return end.component === 'kubelet' && cluster.keepsOwn
      ? '/var/lib/kubelet/pki/kubelet-client-current.pem'
      : `${place} (client-certificate-data)`;
  }
  const flag = flagFor(cluster, end, place);
  return flag === undefined ? place : `${place} (${flag})`;
}

/** `/etc/kubernetes/pki/ca.crt (--client-ca-file)` */
function trustText(cluster: StoryCluster, trusts: Trust | NotVerified): string {
  if (!('from' in trusts)) return nothing;
  const {from, by} = trusts;
  // A kubeconfig's CA is embedded in it.
  if (from.kind === 'kubeconfig') return by;
  // Pods have a copy of the file that this flag names.
  if (by === '--root-ca-file') return 'ca.crt (ConfigMap kube-root-ca.crt)';
  return `${placeOf(fileAt(cluster, from.path))} (${by})`;
}

/** Where a kubelet keeps the certificate that it has made, or asked for, itself. */
function kubeletsOwn({blueprint: {plan}}: StoryCluster): string {
  return `/var/lib/kubelet/pki/${plan.kubelets.serving === 'bootstrap' ? 'kubelet-server-current.pem' : 'kubelet.crt'}`;
}

/** The file that holds this certificate: its own, or the kubeconfig around it. */
function shownFile(cluster: StoryCluster, name: string): string {
  const around = kubeconfigAround(cluster, name);
  const file = cluster.file(
    ({content}) =>
      (content.kind === 'certificate' && content.certificate === name) ||
      (content.kind === 'kubeconfig' && content.kubeconfig === around?.name),
  );
  return placeOf(file);
}

function kubeconfigAround({blueprint: {kubeconfigs}}: StoryCluster, name: string): PlannedKubeconfig | undefined {
  return kubeconfigs.find(({credential}) => credential.kind === 'certificate' && credential.certificate === name);
}
