import type {Lessons} from '../lessons/lessons.ts';
import type {ConnectionEnd, PlannedConnection, Trust} from '../pki/blueprint-types.ts';
import type {MapArrow} from '../pki/cluster-map.ts';
import {pathOnNode} from '../pki/files.ts';
import type {MappedCertificate, MappedCluster} from '../pki/mapped-cluster.ts';
import type {Verdict} from '../pki/verdict.ts';
import type {MapMark} from './map-figure.ts';
import {subjectText, usagesText} from './words.ts';

/** What the details of a map are made of, and words that they share. */

/** Everything that is said of one, in one language: text, JSON and screens show the same. */
export interface MapDetails {
  readonly title: string;
  readonly parts: readonly MapPart[];
}

export interface MapPart {
  readonly label: string;
  readonly form: 'text' | 'list' | 'steps';
  readonly lines: readonly string[];
  /** Of a verdict. */
  readonly mark?: MapMark;
}

export type Verdicts = ReadonlyMap<PlannedConnection, Verdict>;

export interface DetailOptions {
  readonly lessons: Lessons;
  /** Empty = nothing was tried. */
  readonly verdicts: Verdicts;
}

/** More calls of a kind than that are counted. */
export const mostCalls = 12;

export function markOf({instances}: MapArrow, verdicts: Verdicts): MapMark | undefined {
  return worstOf(instances.flatMap((connection) => verdicts.get(connection) ?? []));
}

/** Of all calls of a row: one that fails makes it fail, and one that works, where none fails, makes it work. */
export function worstOf(verdicts: readonly Verdict[]): MapMark | undefined {
  const marks = verdicts.map(markOfVerdict);
  return (['bad', 'good', 'open'] as const).find((mark) => marks.includes(mark));
}

export function markOfVerdict({kind}: Verdict): MapMark {
  switch (kind) {
    case 'failed':
      return 'bad';
    case 'proved':
      return 'good';
    case 'unverified-by-design':
    case 'not-provable':
      return 'open';
    default:
      return kind satisfies never;
  }
}

/** `etcd (cp-1)`. */
export function endText({component, node}: ConnectionEnd): string {
  return node === undefined ? component : `${component} (${node})`;
}

/** `CN=kube-apiserver (server; ends on 2027-11-28)`. */
export function factsText({subject, usages, notAfter}: MappedCertificate, said: Lessons['map']): string {
  const ends = notAfter === undefined ? [] : [said.endsOn(notAfter.toISOString().slice(0, 10))];
  return `${subjectText(subject)} (${[usagesText(usages), ...ends].join('; ')})`;
}

export function withFlag(path: string, flag: string | undefined): string {
  return flag === undefined ? path : `${path} (${flag})`;
}

/** `/etc/kubernetes/pki/etcd/ca.crt (--etcd-cafile)`. */
export function trustFile({from, by}: Trust): string {
  // Of a kubeconfig the key alone: the file is there already.
  return withFlag(pathOnNode(from.path), by.replace(/ of \S+$/, ''));
}

export function part(label: string, form: MapPart['form'], lines: readonly string[]): readonly MapPart[] {
  // A step may come twice: both ends of a connection may show the same certificate.
  const said = (form === 'steps' ? lines : [...new Set(lines)]).filter((line) => line !== '');
  return said.length === 0 ? [] : [{label, form, lines: said}];
}

export function certificatesIn({certificates}: MappedCluster): (name: string) => MappedCertificate | undefined {
  return (name) => certificates.find((certificate) => certificate.name === name);
}
