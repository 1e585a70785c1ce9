import type {Lessons} from '../lessons/lessons.ts';
import type {EndId, NotVerified, Trust} from '../pki/blueprint-types.ts';
import {certificateRows} from '../pki/certificates.ts';
import {arrowOf, type MapArrow, type MapSpot} from '../pki/cluster-map.ts';
import type {MappedCluster, MappedFile} from '../pki/mapped-cluster.ts';
import {trustRow} from '../pki/trusts.ts';
import {connectionDetails} from './map-connection.ts';
import {
  type DetailOptions,
  factsText,
  type MapDetails,
  markOf,
  mostCalls,
  part,
  trustFile,
  type Verdicts,
} from './map-parts.ts';
import {someOf} from './table.ts';

/** What can be looked at closely: a spot of the figure, or a certificate by its row. */
export type MapTopic = MapSpot | {readonly kind: 'certificate'; readonly id: string};

export function mapDetails(cluster: MappedCluster, topic: MapTopic, options: DetailOptions): MapDetails {
  switch (topic.kind) {
    case 'component':
      return componentDetails(cluster, topic.id, options);
    case 'connection': {
      const arrow = arrowOf(cluster.map, topic.id);
      return arrow === undefined ? {title: topic.id, parts: []} : connectionDetails(cluster, arrow, options);
    }
    case 'certificate':
      return certificateDetails(cluster, topic.id, options);
    default:
      return topic satisfies never;
  }
}

function componentDetails(cluster: MappedCluster, id: EndId, {lessons, verdicts}: DetailOptions): MapDetails {
  const {labels, map: said} = lessons;
  const own = cluster.files.filter(({component}) => component === id);
  const nodes = cluster.map.boxes.find((box) => box.id === id)?.nodes ?? [];
  return {
    title: id,
    parts: [
      ...part(labels.what, 'text', [lessons.ends[id]]),
      ...part(said.labels.nodes, 'text', [someOf(nodes, '…', mostCalls)]),
      ...part(
        said.labels.held,
        'list',
        own.filter(({use}) => use.holds !== 'authorities').map((file) => heldLine(file, lessons)),
      ),
      ...part(
        said.labels.verifies,
        'list',
        own.filter(({use}) => use.holds === 'authorities').map((file) => heldLine(file, lessons)),
      ),
      ...part(labels.connections, 'list', callsOf(cluster.map.arrows, id, verdicts, lessons)),
    ],
  };
}

function callsOf(arrows: readonly MapArrow[], id: string, verdicts: Verdicts, {map: said}: Lessons): readonly string[] {
  const marks = {good: said.proved, bad: said.fails, open: said.unverified};
  const word = (arrow: MapArrow): string => {
    const mark = markOf(arrow, verdicts);
    return mark === undefined ? '' : ` (${marks[mark]})`;
  };
  return [
    ...arrows
      .filter(({caller}) => caller === id)
      .map((arrow) => `${said.calls(arrow.number, arrow.provider)}${word(arrow)}`),
    ...arrows
      .filter(({caller, provider}) => provider === id && caller !== id)
      .map((arrow) => `${said.answers(arrow.number, arrow.caller)}${word(arrow)}`),
  ];
}

/** `--etcd-certfile /etc/…/apiserver-etcd-client.crt: the certificate …`; the same on several nodes is one line. */
function heldLine({flag, path, use, trouble}: MappedFile, lessons: Lessons): string {
  const bad = trouble === undefined ? '' : ` [${trouble}]`;
  return `${flag} ${path}: ${contentText(use, lessons)}${bad}`;
}

function contentText(use: MappedFile['use'], {words, signing, serviceAccount, ...lessons}: Lessons): string {
  switch (use.holds) {
    case 'certificate':
      return words.certificateOf(use.certificate);
    case 'key':
      return words.keyOf(use.certificate);
    case 'authorities':
      return lessons.trusts[use.trust].what;
    case 'kubeconfig':
      return lessons.kubeconfigs[use.kubeconfig];
    case 'signing-certificate':
    case 'signing-key':
      return signing.what;
    case 'token-public-keys':
    case 'token-private-key':
      return serviceAccount.what;
    case 'named-by-kubeconfig':
      return words.kubeconfigOf(use.path);
    default:
      return use satisfies never;
  }
}

function certificateDetails(cluster: MappedCluster, id: string, {lessons}: DetailOptions): MapDetails {
  const {labels, words, map: said} = lessons;
  const all = cluster.certificates.filter((one) => one.id === id);
  const [first] = all;
  const row = certificateRows.find((one) => one.id === id);
  const lesson = Object.entries(lessons.certificates).find(([key]) => key === id)?.[1];
  const names = new Set(all.map(({name}) => name));
  const calls = cluster.map.arrows.flatMap(({number, caller, provider, instances}) => {
    const asServer = instances.some(({presents}) => 'certificate' in presents && names.has(presents.certificate));
    const asClient = instances.some(({credential}) => 'certificate' in credential && names.has(credential.certificate));
    const line = (verifier: string, trust: Trust | NotVerified): string => {
      const verified = 'notVerified' in trust ? words.checksNothing : said.verifiesIt(verifier, trustFile(trust));
      return `${number}: ${caller} → ${provider}: ${verified}`;
    };
    const [{providerTrusts, callerTrusts}] = instances;
    return [...(asClient ? [line(provider, providerTrusts)] : []), ...(asServer ? [line(caller, callerTrusts)] : [])];
  });
  return {
    title: id,
    parts: [
      ...part(labels.what, 'text', [lesson?.what ?? '', first === undefined ? '' : words.signedBy(first.signedBy)]),
      ...part(labels.subject, 'list', [
        first === undefined ? '' : factsText(first, said),
        first === undefined || first.sans.length === 0 ? '' : said.names(first.sans.join(', ')),
      ]),
      ...part(labels.where, 'list', [
        ...all.slice(0, mostCalls).map(({node, path}) => (node === undefined ? path : `${node}: ${path}`)),
        all.length > mostCalls ? said.more(all.length - mostCalls) : '',
      ]),
      ...part(
        labels.shownBy,
        'list',
        (row?.usedBy ?? []).map(
          ({component, certificate, key}) => `${component} ${certificate} (${words.keyFlag(key)})`,
        ),
      ),
      ...part(
        labels.checkedBy,
        'list',
        (row?.verifiedBy ?? []).map((trust) => {
          const {component, flag} = trustRow(trust);
          const {what} = lessons.trusts[trust];
          return component === undefined || flag === undefined ? what : `${component} ${flag}: ${what}`;
        }),
      ),
      ...part(labels.connections, 'list', calls),
      ...part(labels.without, 'text', [lesson?.without ?? '']),
    ],
  };
}
