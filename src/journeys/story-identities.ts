import {type Artefact, type ArtefactPart, documentRows, fact, said} from '../lessons/artefact.ts';
import {makePretender, pretenderFiles} from '../lab/front-proxy.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import {Secret} from '../base/secret.ts';
import {inspectCertificate} from '../x509/inspect.ts';
import {realCall} from './story-calls.ts';
import {caFile} from './story-certificates.ts';
import type {StoryCluster} from './story-cluster.ts';
import {callTitle, isFileOf, nameText, placeOf, saidRows} from './story-rows.ts';

/** What the stories of names show: who is who by certificate and kubeconfig, and what one CA or three mean for it. */

/** A caller without a certificate at a door that demands one, and at one that only asks. */
export async function shownNothing(cluster: StoryCluster): Promise<Artefact> {
  const doors = [
    {row: 'apiserver-to-etcd', shows: 'etcd-server', demanded: true},
    {row: 'admin-to-apiserver', shows: 'apiserver', demanded: false},
  ];
  const parts: ArtefactPart[] = [];
  for (const {row, shows, demanded} of doors) {
    const {provider, port, callerTrusts, providerTrusts} = cluster.connection(row);
    const heard = await cluster.meet({
      serving: cluster.shown(cluster.certificate(shows)),
      client: undefined,
      serverTrusts: cluster.anchors(providerTrusts),
      callerTrusts: cluster.anchors(callerTrusts),
      demanded,
    });
    const title = `? → ${provider.component}, ${port}`;
    parts.push({title, rows: saidRows(heard, {caller: '?', provider: provider.component})});
  }
  return {parts};
}

export function clientNames(cluster: StoryCluster): Artefact {
  return {parts: namesIn(cluster).slice(0, 4)};
}

export function kubeconfigNames(cluster: StoryCluster): Artefact {
  return {parts: namesIn(cluster)};
}

/** Who each kubeconfig makes its bearer, the first of each kind. */
function namesIn(cluster: StoryCluster): readonly ArtefactPart[] {
  const {kubeconfigs} = cluster.blueprint;
  const firsts = kubeconfigs.filter(({id}, index) => kubeconfigs.findIndex((each) => each.id === id) === index);
  return firsts.flatMap(({name, credential}) => {
    if (credential.kind !== 'certificate') return [];
    const issued = cluster.cluster.issued.certificates.get(credential.certificate);
    if (issued === undefined) return [];
    const {subject} = inspectCertificate(issued.certificate);
    const file = cluster.file(({content}) => content.kind === 'kubeconfig' && content.kubeconfig === name);
    return [
      {
        title: placeOf(file),
        rows: [
          fact('subject', nameText(subject)),
          fact('user', subject.commonName),
          fact('groups', [...subject.organizations, 'system:authenticated'].join(', ')),
        ],
      },
    ];
  });
}

export function whoSignsWhat(cluster: StoryCluster): Artefact {
  return {
    parts: cluster.blueprint.authorities.map(({id, subject}) => {
      const signs = cluster.blueprint.certificates.filter(({authority}) => authority === id).map((each) => each.id);
      const below = cluster.blueprint.authorities.filter(({signedBy}) => signedBy === id).map((each) => each.id);
      return {
        title: caFile(cluster, id),
        rows: [fact('subject', nameText(subject)), fact('signs', [...new Set([...below, ...signs])].join(', '))],
      };
    }),
  };
}

/** A client of the cluster knocks at etcd, with CAs apart and with one for all. */
export async function etcdDoor(apart: StoryCluster, one: StoryCluster): Promise<Artefact> {
  return {parts: [await knockAtEtcd(apart), await knockAtEtcd(one)]};
}

async function knockAtEtcd(cluster: StoryCluster): Promise<ArtefactPart> {
  const {blueprint} = cluster;
  const {topology} = blueprint.plan.trust;
  const knocks = blueprint.intrusions.find(({id}) => id === 'cluster-client-at-etcd');
  if (knocks === undefined || !('certificate' in knocks.shows)) throw new TypeError('nobody knocks at this etcd');
  const name = knocks.shows.certificate;
  const own = blueprint.connections.find(
    ({credential}) => 'certificate' in credential && credential.certificate === name,
  );
  const issued = cluster.cluster.issued.certificates.get(name);
  const heard = await (await cluster.listener()).door(knocks);
  return {
    title: `${topology}: ${own?.caller.component ?? '?'} → etcd`,
    rows: [
      fact('callerShows', issued === undefined ? name : nameText(inspectCertificate(issued.certificate).subject)),
      said('etcd', heard.said.provider, 'provider'),
    ],
  };
}

/** The API server calls an add-on's API: what it shows, and how that is checked with the file that the add-on is given. */
export function frontProxyCall(cluster: StoryCluster): Artefact {
  const connection = cluster.connection('apiserver-to-aggregated-api');
  const {providerTrusts} = connection;
  const front = cluster.certificate('front-proxy-client');
  const checks = cluster.checks({
    shown: cluster.shown(front).certificate,
    trusts: cluster.anchors(providerTrusts),
    usage: 'client auth',
    host: undefined,
  });
  const {subject} = inspectCertificate(front.certificate);
  // The API server puts the file that its flag names into a ConfigMap, where add-ons read it.
  const given = 'from' in providerTrusts ? cluster.file(({path}) => path === providerTrusts.from.path) : undefined;
  return {
    parts: [
      {
        title: callTitle(connection),
        rows: [
          fact('callerShows', placeOf(cluster.file(isFileOf(front.planned)))),
          fact('subject', nameText(subject)),
          fact('serverTrusts', `${placeOf(given)} (requestheader-client-ca-file)`),
          ...checks,
        ],
      },
    ],
  };
}

/** A certificate with the front proxy's name, as a signer of requests could have signed it, at the door for proxies. */
export async function frontProxyDoor(apart: StoryCluster, one: StoryCluster): Promise<Artefact> {
  return {parts: [await pretend(apart), await pretend(one)]};
}

async function pretend(cluster: StoryCluster): Promise<ArtefactPart> {
  const wish = {kind: 'front-proxy', signedBy: 'kubernetes-ca', name: 'front-proxy-client', by: 'kubectl'} as const;
  const {certificate, key, knocks} = await makePretender(wish, cluster.cluster, cluster.now);
  const pair = new Map([
    [pretenderFiles.certificate, new Secret(certificate)],
    [pretenderFiles.key, key],
  ]);
  const heard = await (await cluster.listener(pair)).door(knocks);
  const {subject, issuer} = inspectCertificate(certificate);
  return {
    title: `${cluster.blueprint.plan.trust.topology}: --requestheader-client-ca-file`,
    rows: [
      fact('callerShows', nameText(subject)),
      fact('issuer', nameText(issuer)),
      said('kube-apiserver', heard.said.provider, 'provider', 'not-believed'),
    ],
  };
}

export function kubeconfig(cluster: StoryCluster): Artefact {
  const planned = cluster.kubeconfig('admin');
  const file = cluster.file(({content}) => content.kind === 'kubeconfig' && content.kubeconfig === planned?.name);
  const text = cluster.text(file?.path ?? '');
  const {clusters, users, currentContext} = readKubeconfig(text);
  const authority = clusters[0]?.certificateAuthority;
  const certificate = users[0]?.certificate;
  const first = (held: typeof authority): string =>
    held?.kind === 'embedded' ? nameText(inspectCertificate(held.certificates.join('')).subject) : '';
  return {
    parts: [
      {title: placeOf(file), rows: documentRows(shortened(text))},
      {
        title: currentContext ?? '',
        rows: [
          fact('server', clusters[0]?.server ?? ''),
          fact('callerTrusts', first(authority)),
          fact('callerShows', first(certificate)),
        ],
      },
    ],
  };
}

/** A kubeconfig to look at: of certificates the beginning, of keys and tokens nothing. */
export function shortened(text: string): string {
  return text
    .replaceAll(/^(\s*client-key-data: ).*$/gm, '$1[secret]')
    .replaceAll(/^(\s*certificate-authority-data: |\s*client-certificate-data: )(\S{16}).*$/gm, '$1$2…');
}

/** The real call of the administrator, and the same server by a name that it does not have. */
export async function kubeconfigServer(cluster: StoryCluster): Promise<Artefact> {
  const connection = cluster.connection('admin-to-apiserver');
  const {certificate} = cluster.shown(cluster.certificate('apiserver'));
  const names = inspectCertificate(certificate).sans.map(({value}) => value);
  const other = ['127.0.0.1', 'localhost', 'api.test'].find((name) => !names.includes(name)) ?? 'api.test';
  const wish = {shown: certificate, trusts: cluster.anchors(connection.callerTrusts), usage: 'server auth'} as const;
  return {
    parts: [
      await realCall(cluster, 'admin-to-apiserver'),
      {title: `${callTitle(connection)}, ${other}`, rows: cluster.checks({...wish, host: other})},
    ],
  };
}
