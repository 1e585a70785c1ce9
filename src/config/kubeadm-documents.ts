import {warning, problem, type Place, type Problem} from '../base/problem.ts';
import {shown} from '../wizard/read-value.ts';
import type {PlanValue} from '../wizard/step.ts';
import {isList, isMap} from '../wizard/text-form.ts';
import {locateDocuments, type Located, type PlaceOf} from './located-value.ts';

/** A kubeadm configuration cut into its documents, each with the places of what is in it. */

export const kubeadmKinds = ['InitConfiguration', 'ClusterConfiguration', 'JoinConfiguration'] as const;
export type KubeadmKind = (typeof kubeadmKinds)[number];
const componentKinds = ['KubeletConfiguration', 'KubeProxyConfiguration'] as const;

export type DocumentKind = KubeadmKind | (typeof componentKinds)[number];

/** Of `kubeadm.k8s.io/v1beta…`. */
export type KubeadmVersion = 2 | 3 | 4;

export interface KubeadmDocument {
  readonly kind: DocumentKind;
  /** undefined for the components' own configurations, whose versions do not matter here. */
  readonly version: KubeadmVersion | undefined;
  readonly value: {readonly [key: string]: PlanValue};
  readonly placeOf: PlaceOf;
}

export interface KubeadmDocuments {
  readonly documents: readonly KubeadmDocument[];
  readonly problems: readonly Problem[];
  /** False when nothing in the text is kubeadm's: then `problems` says what it is instead. */
  readonly isReadable: boolean;
}

export function readKubeadmDocuments(text: string, source: string): KubeadmDocuments {
  const {documents: located, problems: syntax} = locateDocuments(text, source);
  const problems = [...syntax];
  const documents: KubeadmDocument[] = [];
  for (const each of located) {
    const read = documentIn(each);
    if ('document' in read) {
      documents.push(read.document);
    } else {
      problems.push(read.problem);
    }
  }
  problems.push(...repeated(documents));
  const isReadable = documents.some(({kind}) => isKubeadmKind(kind));
  if (!isReadable && problems.every(({severity}) => severity === 'warning')) {
    const nothing = problem(
      'not-kubeadm',
      '',
      'there is no kubeadm configuration in it',
      'give the file that kubeadm init --config gets; kubeadm config print init-defaults prints one',
    );
    problems.push({...nothing, at: {path: '', source, line: 1, column: 1}});
  }
  return {documents, problems, isReadable};
}

/** The value at a dotted path; undefined where there is none. */
export function valueAt(document: KubeadmDocument, path: string): PlanValue | undefined {
  return path
    .split('.')
    .reduce<PlanValue | undefined>(
      (value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      document.value,
    );
}

/** The text at a path; undefined where there is none, or something else. */
export function textAt(document: KubeadmDocument, path: string): string | undefined {
  const value = valueAt(document, path);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function listAt(document: KubeadmDocument, path: string): readonly PlanValue[] {
  const value = valueAt(document, path);
  return isList(value) ? value : [];
}

/** A place in a document, under a path that says in which kind of document: `ClusterConfiguration.apiServer`. */
export function placeIn(document: KubeadmDocument, path: string, of?: 'key' | 'value'): Place {
  return {...document.placeOf(path, of), path: path === '' ? document.kind : `${document.kind}.${path}`};
}

function documentIn({value, placeOf}: Located): {document: KubeadmDocument} | {problem: Problem} {
  const refuse = (each: Problem, path = ''): {problem: Problem} => ({problem: {...each, at: placeOf(path)}});
  if (!isMap(value)) {
    return refuse(problem('not-kubeadm', '', 'this is no record of a kubeadm configuration', 'check the file'));
  }
  const [apiVersion, kind] = [textIn(value, 'apiVersion'), textIn(value, 'kind')];
  if (apiVersion === undefined && value['planVersion'] !== undefined) {
    return refuse(problem('is-a-plan', '', 'this is a plan, no kubeadm configuration', 'give it with --plan'));
  }
  if (apiVersion === undefined || kind === undefined) {
    return refuse(
      problem(
        'not-kubeadm',
        '',
        'the document says no apiVersion and kind',
        'begin it with apiVersion: kubeadm.k8s.io/v1beta4 and kind: ClusterConfiguration, or another of both',
      ),
    );
  }
  const [group = '', version = ''] = apiVersion.split('/');
  const component = componentKinds.find((each) => each === kind);
  if (component !== undefined && group.endsWith('.config.k8s.io')) {
    return {document: {kind: component, version: undefined, value, placeOf}};
  }
  if (group !== 'kubeadm.k8s.io') return refuse(foreign(apiVersion, kind), 'kind');
  const known = kubeadmKinds.find((each) => each === kind);
  if (known === undefined) {
    return refuse(
      warning(
        'document-not-taken',
        '',
        `nothing of ${shown(kind)} goes into a plan`,
        'only InitConfiguration, ClusterConfiguration and JoinConfiguration say what certificates depend on',
      ),
      'kind',
    );
  }
  const number = versions.get(version);
  return number === undefined
    ? refuse(unknownVersion(version), 'apiVersion')
    : {document: {kind: known, version: number, value, placeOf}};
}

const versions: ReadonlyMap<string, KubeadmVersion> = new Map([
  ['v1beta2', 2],
  ['v1beta3', 3],
  ['v1beta4', 4],
]);

function unknownVersion(version: string): Problem {
  const isOld = /^v1(alpha\d+|beta1)$/.test(version);
  return problem(
    'kubeadm-version-unknown',
    '',
    `${shown(version)} of kubeadm's configuration is ${isOld ? 'too old' : 'not known'} here: v1beta2, v1beta3 and v1beta4 are`,
    isOld ? 'let kubeadm write it anew: kubeadm config migrate --old-config FILE' : 'check how it is spelled',
  );
}

/** What people have at hand instead: the ConfigMap of a running cluster, with the configuration as text inside. */
function foreign(apiVersion: string, kind: string): Problem {
  return kind === 'ConfigMap'
    ? problem(
        'is-config-map',
        '',
        "this is a ConfigMap with kubeadm's configuration as text inside",
        "take the text out: kubectl -n kube-system get configmap kubeadm-config -o jsonpath='{.data.ClusterConfiguration}'",
      )
    : warning(
        'document-not-taken',
        '',
        `${shown(kind)} of ${shown(apiVersion)} is no kubeadm configuration`,
        'keep it in a file of its own',
      );
}

/** kubeadm reads one of each and refuses a second; only nodes that join are many. */
function repeated(documents: readonly KubeadmDocument[]): Problem[] {
  const seen = new Set<DocumentKind>();
  return documents.flatMap((document) => {
    const isSecond = seen.has(document.kind) && document.kind !== 'JoinConfiguration';
    seen.add(document.kind);
    return isSecond
      ? [
          {
            ...problem('repeated-document', '', `a second ${document.kind} begins here`, 'keep one of them'),
            at: document.placeOf('kind'),
          },
        ]
      : [];
  });
}

function isKubeadmKind(kind: DocumentKind): kind is KubeadmKind {
  return kubeadmKinds.some((each) => each === kind);
}

function textIn(value: {readonly [key: string]: PlanValue}, key: string): string | undefined {
  const text = value[key];
  return typeof text === 'string' ? text : undefined;
}
