import {type Artefact, type ArtefactPart, check, fact, said} from '../lessons/artefact.ts';
import type {PlannedConnection} from '../pki/blueprint-types.ts';
import {inspectCertificate, openCertificate} from '../x509/inspect.ts';
import {openPrivateKey, samePublicKey} from '../x509/keys.ts';
import type {StoryCluster} from './story-cluster.ts';
import {callTitle, certificateRows, isFileOf, nameText, placeOf, saidRows} from './story-rows.ts';

/** What the stories of certificates and of the handshake show. */

export function leaf(cluster: StoryCluster): Artefact {
  const {planned, certificate} = cluster.certificate('apiserver');
  return {parts: [{title: placeOf(cluster.file(isFileOf(planned))), rows: certificateRows(certificate)}]};
}

export function keyPair(cluster: StoryCluster): Artefact {
  const {planned, key} = cluster.certificate('apiserver');
  const keyFile = cluster.file(
    ({content}) => content.kind === 'certificate-key' && content.certificate === planned.name,
  );
  const signingKey = openPrivateKey(key);
  const files = [cluster.file(isFileOf(planned)), keyFile].flatMap((file) =>
    file === undefined ? [] : [fact('file', `${placeOf(file)} ${file.mode.toString(8).padStart(4, '0')}`)],
  );
  const rows = ['apiserver', 'etcd-server'].map((row) => {
    const other = cluster.certificate(row);
    const isOwn = samePublicKey(signingKey, openCertificate(other.certificate).x509.publicKey);
    return check('key', isOwn, placeOf(cluster.file(isFileOf(other.planned))));
  });
  return {parts: [{title: placeOf(keyFile), rows: [...files, ...rows]}]};
}

export function authority(cluster: StoryCluster): Artefact {
  const signer = cluster.signerOf('apiserver');
  const signs = cluster.blueprint.certificates.filter((each) => each.authority === signer.planned.id);
  return {
    parts: [
      {
        title: caFile(cluster, signer.planned.id),
        rows: [...certificateRows(signer.certificate), fact('signs', [...new Set(signs.map(({id}) => id))].join(', '))],
      },
    ],
  };
}

/** The same certificate with the CA that signed it, and with one that did not. */
export function trustTried(cluster: StoryCluster): Artefact {
  const {planned, certificate} = cluster.certificate('apiserver');
  const others = cluster.blueprint.authorities.filter(({id}) => id !== planned.authority);
  const stranger = others.find(({id}) => id === 'etcd-ca') ?? others[0];
  const tried = [planned.authority, ...(stranger === undefined ? [] : [stranger.id])];
  return {
    parts: tried.map((id) => ({
      title: placeOf(cluster.file(isFileOf(planned))),
      rows: [
        fact('trusts', caFile(cluster, id)),
        ...cluster.checks({
          shown: certificate,
          trusts: cluster.authority(id).certificate,
          usage: 'server auth',
          host: undefined,
        }),
      ],
    })),
  };
}

export function ended(cluster: StoryCluster): Artefact {
  const {planned, certificate, facts} = cluster.certificate('apiserver');
  const dayAfter = new Date(facts.notAfter.getTime() + 86_400_000);
  const wish = {
    shown: certificate,
    trusts: cluster.signerOf('apiserver').certificate,
    usage: 'server auth',
    host: undefined,
  } as const;
  const title = placeOf(cluster.file(isFileOf(planned)));
  return {
    parts: [cluster.now, dayAfter].map((at) => ({
      title: `${title}, ${at.toISOString().slice(0, 10)}`,
      rows: cluster.checks(wish, at),
    })),
  };
}

export function call(cluster: StoryCluster): Artefact {
  return {parts: [callPart(cluster, cluster.connection('apiserver-to-etcd'))]};
}

/** Both ends' files and flags, from the catalogue. */
function callPart(cluster: StoryCluster, connection: PlannedConnection): ArtefactPart {
  const {host, port, presents, credential, callerTrusts, providerTrusts} = connection;
  return {
    title: callTitle(connection),
    rows: [
      fact('server', `${host}:${port}`),
      fact('serverShows', 'certificate' in presents ? shownFile(cluster, presents.certificate) : kubeletsOwn(cluster)),
      fact('callerTrusts', 'from' in callerTrusts ? callerTrusts.by : '-'),
      fact('callerShows', 'certificate' in credential ? shownFile(cluster, credential.certificate) : '-'),
      fact('serverTrusts', 'from' in providerTrusts ? providerTrusts.by : '-'),
    ],
  };
}

export function serverChecked(cluster: StoryCluster): Artefact {
  const connection = cluster.connection('apiserver-to-etcd');
  const {callerTrusts, host} = connection;
  const {certificate} = cluster.shown(cluster.certificate('etcd-server'));
  const rows = cluster.checks({shown: certificate, trusts: cluster.anchors(callerTrusts), usage: 'server auth', host});
  const by = 'from' in callerTrusts ? callerTrusts.by : '';
  return {
    parts: [{title: `${connection.caller.component} ${by}`, rows: [serverFact(cluster, connection), ...rows]}],
  };
}

export function clientChecked(cluster: StoryCluster): Artefact {
  const {provider, providerTrusts, credential} = cluster.connection('apiserver-to-etcd');
  const {certificate} = cluster.shown(cluster.certificate('apiserver-etcd-client'));
  const rows = cluster.checks({
    shown: certificate,
    trusts: cluster.anchors(providerTrusts),
    usage: 'client auth',
    host: undefined,
  });
  const shows = 'certificate' in credential ? shownFile(cluster, credential.certificate) : '';
  const by = 'from' in providerTrusts ? providerTrusts.by : '';
  return {parts: [{title: `${provider.component} ${by}`, rows: [fact('callerShows', shows), ...rows]}]};
}

/** A real one on loopback, with what each end was shown. */
export async function handshake(cluster: StoryCluster): Promise<Artefact> {
  const {title, rows} = await realCall(cluster, 'apiserver-to-etcd');
  const shown = (row: string): string => {
    const {subject, issuer} = inspectCertificate(cluster.certificate(row).certificate);
    return `${nameText(subject)} (${issuer.commonName})`;
  };
  const facts = [fact('serverShows', shown('etcd-server')), fact('callerShows', shown('apiserver-etcd-client'))];
  return {parts: [{title, rows: [...facts, ...rows]}]};
}

export async function realCall(cluster: StoryCluster, row: string): Promise<ArtefactPart> {
  const connection = cluster.connection(row);
  const heard = await cluster.call(row);
  const ends = {caller: connection.caller.component, provider: connection.provider.component};
  const {host, port} = connection;
  return {title: `${callTitle(connection)}, ${host}:${port}`, rows: saidRows(heard.said, ends)};
}

/** Everybody who knocks at etcd's door and must not come in. */
export async function etcdDoors(cluster: StoryCluster): Promise<Artefact> {
  const listener = await cluster.listener();
  const parts: ArtefactPart[] = [];
  for (const knocks of cluster.blueprint.intrusions) {
    if (knocks.provider.component !== 'etcd' || knocks.port !== 2379) continue;
    const {shows} = knocks;
    const shown =
      'certificate' in shows
        ? shownFile(cluster, shows.certificate)
        : 'stranger' in shows
          ? nameText(shows.stranger)
          : '-';
    const heard = await listener.door(knocks);
    parts.push({title: knocks.id, rows: [fact('callerShows', shown), said('etcd', heard.said.provider)]});
  }
  return {parts};
}

export async function kubeletCall(cluster: StoryCluster): Promise<Artefact> {
  const connection = cluster.connection('apiserver-to-kubelet');
  const {title, rows} = callPart(cluster, connection);
  const {provider, providerTrusts} = connection;
  const {certificate} = cluster.shown(cluster.certificate('apiserver-kubelet-client'));
  const checks = cluster.checks({
    shown: certificate,
    trusts: cluster.anchors(providerTrusts),
    usage: 'client auth',
    host: undefined,
  });
  const by = 'from' in providerTrusts ? providerTrusts.by : '';
  return {
    parts: [
      {title, rows},
      {title: `${provider.component} ${by}`, rows: checks},
      await realCall(cluster, 'apiserver-to-kubelet'),
    ],
  };
}

function serverFact(cluster: StoryCluster, {presents}: PlannedConnection) {
  return fact(
    'serverShows',
    'certificate' in presents ? shownFile(cluster, presents.certificate) : kubeletsOwn(cluster),
  );
}

/** Where a kubelet keeps the certificate that it has made, or asked for, itself. */
function kubeletsOwn({blueprint: {plan}}: StoryCluster): string {
  return `/var/lib/kubelet/pki/${plan.kubelets.serving === 'bootstrap' ? 'kubelet-server-current.pem' : 'kubelet.crt'}`;
}

/** The file that holds this certificate: its own, or the kubeconfig around it. */
function shownFile(cluster: StoryCluster, name: string): string {
  const {kubeconfigs} = cluster.blueprint;
  const around = kubeconfigs.find(
    ({credential}) => credential.kind === 'certificate' && credential.certificate === name,
  );
  const file = cluster.file(
    ({content}) =>
      (content.kind === 'certificate' && content.certificate === name) ||
      (content.kind === 'kubeconfig' && content.kubeconfig === around?.name),
  );
  return placeOf(file);
}

/** The first file that holds this authority alone. */
export function caFile(cluster: StoryCluster, id: string): string {
  const file = cluster.file(
    ({content, target}) =>
      content.kind === 'authorities' &&
      content.authorities[0] === id &&
      content.authorities.length === 1 &&
      target !== undefined,
  );
  return file === undefined ? id : placeOf(file);
}
