import type {Lessons} from '../lessons/lessons.ts';
import type {NotVerified, PlannedConnection, PresentedFrom, Trust} from '../pki/blueprint-types.ts';
import {certificateRows} from '../pki/certificates.ts';
import type {MapArrow} from '../pki/cluster-map.ts';
import {pathOnNode} from '../pki/files.ts';
import {kubeconfigRow} from '../pki/kubeconfigs.ts';
import type {MappedCertificate, MappedCluster} from '../pki/mapped-cluster.ts';
import type {Verdict} from '../pki/verdict.ts';
import {
  certificatesIn,
  type DetailOptions,
  endText,
  factsText,
  type MapDetails,
  type MapPart,
  markOfVerdict,
  mostCalls,
  part,
  trustFile,
  withFlag,
} from './map-parts.ts';
import {checkingSteps} from './map-steps.ts';
import {hostAndPort} from './thing-words.ts';

/** What each end of a connection shows and verifies with, what is checked in which order, and how it goes. */
export function connectionDetails(
  cluster: MappedCluster,
  arrow: MapArrow,
  {lessons, verdicts}: DetailOptions,
): MapDetails {
  const {labels, map: said} = lessons;
  const [first] = arrow.instances;
  // What goes wrong is what one wants to see.
  const shown = arrow.instances.find((one) => verdicts.get(one)?.kind === 'failed') ?? first;
  const verdict = verdicts.get(shown);
  const lesson = Object.entries(lessons.connections).find(([id]) => id === arrow.id)?.[1];
  const calls = arrow.instances.map((one) => callLine(one, verdicts.get(one), lessons));
  return {
    title: `${arrow.number}  ${arrow.id}`,
    parts: [
      ...part(labels.what, 'text', [lesson?.what ?? '']),
      ...(verdict === undefined ? [] : verdictParts(shown, verdict, lessons)),
      ...part(labels.caller, 'list', [
        endText(shown.caller),
        arrow.id === 'apiserver-to-itself' ? said.callsItself : said.dials(hostAndPort(shown)),
        ...shownLines(cluster, shown, 'caller', lessons),
        trustLine(shown.callerTrusts, lessons),
      ]),
      ...part(labels.provider, 'list', [
        endText(shown.provider),
        ...shownLines(cluster, shown, 'provider', lessons),
        shown.clientCertificate === 'unused' ? '' : trustLine(shown.providerTrusts, lessons),
      ]),
      ...part(said.labels.order, 'steps', checkingSteps(shown, certificatesIn(cluster), lessons)),
      ...part(labels.without, 'text', [lesson?.without ?? '']),
      ...(calls.length === 1
        ? []
        : part(said.labels.instances, 'list', [
            ...calls.slice(0, mostCalls),
            calls.length > mostCalls ? said.more(calls.length - mostCalls) : '',
          ])),
    ],
  };
}

function verdictParts(shown: PlannedConnection, verdict: Verdict, {map: said}: Lessons): readonly MapPart[] {
  const lines =
    verdict.kind === 'failed'
      ? [`${said.failed(endText(shown[verdict.side]))}: ${verdict.why}`, verdict.said]
      : [`${verdictWord(verdict, shown, said)}: ${verdict.why}`];
  return [{label: said.labels.verdict, form: 'list', lines, mark: markOfVerdict(verdict)}];
}

function verdictWord(
  verdict: Verdict | undefined,
  {caller, provider}: PlannedConnection,
  said: Lessons['map'],
): string {
  switch (verdict?.kind) {
    case undefined:
      return said.notTried;
    case 'proved':
      return said.proved;
    case 'failed':
      return said.failed(endText(verdict.side === 'caller' ? caller : provider));
    case 'unverified-by-design':
      return said.unverified;
    case 'not-provable':
      return said.notProvable;
    default:
      return verdict satisfies never;
  }
}

function callLine(call: PlannedConnection, verdict: Verdict | undefined, {map: said}: Lessons): string {
  const {caller, provider, credential} = call;
  const who = caller.component === 'kubectl' && 'certificate' in credential ? credential.certificate : endText(caller);
  const tried = verdict === undefined ? '' : ` (${verdictWord(verdict, call, said)})`;
  return `${who} → ${endText(provider)}, ${hostAndPort(call)}${tried}`;
}

function shownLines(
  cluster: MappedCluster,
  connection: PlannedConnection,
  side: 'caller' | 'provider',
  {words, map: said}: Lessons,
): readonly string[] {
  const shown = side === 'caller' ? connection.credential : connection.presents;
  if ('notOurs' in shown) return [`${words.showsOwn}${said.because(shown.notOurs)}`];
  if ('none' in shown) return [`${words.showsNothing}${said.because(shown.none)}`];
  if ('token' in shown) return [`${words.shows(words.token)}${said.because(shown.token)}`];
  const found = certificatesIn(cluster)(shown.certificate);
  return [
    found === undefined ? words.shows(shown.certificate) : said.showsAs(found.id, factsText(found, said)),
    side === 'provider' && found !== undefined && found.sans.length > 0 ? said.names(found.sans.join(', ')) : '',
    ...fileLines(shown.from, connection[side].component, found, said),
  ];
}

function fileLines(
  from: PresentedFrom,
  component: string,
  found: MappedCertificate | undefined,
  said: Lessons['map'],
): readonly string[] {
  const row = certificateRows.find(({id}) => id === found?.id);
  if (from.kind === 'kubeconfig') {
    const stored = row?.stored.kind === 'kubeconfig' ? kubeconfigRow(row.stored.kubeconfig).usedBy : [];
    const flag = stored.find((use) => use.component === component)?.flags[0];
    return [said.fromFile(withFlag(pathOnNode(from.path), flag))];
  }
  const use = row?.usedBy.find((each) => each.component === component);
  return [
    said.fromFile(withFlag(pathOnNode(from.certificate), use?.certificate)),
    ...(from.key === from.certificate ? [] : [said.keyFile(withFlag(pathOnNode(from.key), use?.key))]),
  ];
}

function trustLine(trust: Trust | NotVerified, {words, map: said}: Lessons): string {
  return 'notVerified' in trust
    ? `${words.checksNothing}${said.because(trust.notVerified)}`
    : said.checksWithFile(trustFile(trust), trust.authorities.join(', '));
}
