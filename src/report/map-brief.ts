import type {Lessons} from '../lessons/lessons.ts';
import type {PlannedConnection} from '../pki/blueprint-types.ts';
import {arrowOf, type MapArrow} from '../pki/cluster-map.ts';
import type {MappedCluster} from '../pki/mapped-cluster.ts';
import {certificatesIn, endText, markOf, type Verdicts} from './map-parts.ts';
import {someOf} from './table.ts';
import {subjectText} from './words.ts';
import type {MapTopic} from './map-text.ts';

/** A topic in as many lines as stand under a figure: a title, what it is, and what its ends show; each to be cut. */
export function mapBrief(
  cluster: MappedCluster,
  topic: MapTopic,
  lessons: Lessons,
  verdicts: Verdicts,
): readonly string[] {
  switch (topic.kind) {
    case 'component': {
      const nodes = cluster.map.boxes.find(({id}) => id === topic.id)?.nodes ?? [];
      return [
        [topic.id, ...(nodes.length === 0 ? [] : [someOf(nodes, '…', 5)])].join('  '),
        lessons.ends[topic.id],
        ...callNumbers(cluster.map.arrows, topic.id, lessons),
        ...held(cluster, topic.id),
      ];
    }
    case 'connection': {
      const arrow = arrowOf(cluster.map, topic.id);
      return arrow === undefined ? [] : connectionBrief(cluster, arrow, lessons, verdicts);
    }
    case 'certificate': {
      const found = cluster.certificates.find(({id}) => id === topic.id);
      const what = Object.entries(lessons.certificates).find(([id]) => id === topic.id)?.[1].what ?? '';
      if (found === undefined) return [topic.id];
      return [
        `${topic.id}  ${subjectText(found.subject)}`,
        what,
        lessons.words.signedBy(found.signedBy),
        lessons.map.fromFile(found.path),
      ];
    }
    default:
      return topic satisfies never;
  }
}

function connectionBrief(
  cluster: MappedCluster,
  arrow: MapArrow,
  lessons: Lessons,
  verdicts: Verdicts,
): readonly string[] {
  const {number, id, caller, provider, instances} = arrow;
  const failed = instances.find((one) => verdicts.get(one)?.kind === 'failed');
  const shown = failed ?? instances[0];
  const verdict = verdicts.get(shown);
  const what = Object.entries(lessons.connections).find(([row]) => row === id)?.[1].what ?? '';
  const {map: said} = lessons;
  const marks = {good: said.proved, bad: said.fails, open: said.unverified};
  const mark = markOf(arrow, verdicts);
  return [
    `${number}  ${caller} → ${provider}  ${mark === undefined ? '' : marks[mark]}`.trimEnd(),
    verdict?.kind === 'failed' ? `${said.failed(endText(shown[verdict.side]))}: ${verdict.why}` : what,
    `${caller}: ${endWords(cluster, shown, 'caller', lessons)}`,
    `${provider}: ${endWords(cluster, shown, 'provider', lessons)}`,
  ];
}

function endWords(
  cluster: MappedCluster,
  {presents, credential, callerTrusts, providerTrusts}: PlannedConnection,
  side: 'caller' | 'provider',
  {words}: Lessons,
): string {
  const shown = side === 'caller' ? credential : presents;
  const trusts = side === 'caller' ? callerTrusts : providerTrusts;
  const shows =
    'certificate' in shown
      ? words.shows(certificatesIn(cluster)(shown.certificate)?.id ?? shown.certificate)
      : 'token' in shown
        ? words.shows(words.token)
        : 'none' in shown
          ? words.showsNothing
          : words.showsOwn;
  const checks =
    'notVerified' in trusts ? words.checksNothing : words.checksWith(`${trusts.authorities.join(', ')} (${trusts.by})`);
  return `${shows}; ${checks}`;
}

/** `calls 1, 15; answers 5, 8, 9`. */
function callNumbers(arrows: readonly MapArrow[], id: string, {labels}: Lessons): readonly string[] {
  const numbers = (of: readonly MapArrow[], other: (arrow: MapArrow) => string): string =>
    of.map((arrow) => `${arrow.number} ${other(arrow)}`).join(', ');
  const calls = numbers(
    arrows.filter(({caller}) => caller === id),
    ({provider}) => `→ ${provider}`,
  );
  const answers = numbers(
    arrows.filter(({caller, provider}) => provider === id && caller !== id),
    ({caller}) => `← ${caller}`,
  );
  return [`${labels.connections}: ${[calls, answers].filter((text) => text !== '').join(', ')}`];
}

function held({files}: MappedCluster, id: string): readonly string[] {
  const names = files.filter(({component}) => component === id).map(({path}) => path.replace(/^.*\//, ''));
  return names.length === 0 ? [] : [[...new Set(names)].join(', ')];
}
