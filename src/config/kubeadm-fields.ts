import {nearest} from '../base/nearest.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import {shown} from '../wizard/read-value.ts';
import type {PlanValue} from '../wizard/step.ts';
import {isList, isMap} from '../wizard/text-form.ts';
import {placeIn, type KubeadmDocument, type KubeadmKind, type KubeadmVersion} from './kubeadm-documents.ts';

/**
 * Every field of kubeadm's configuration (the kubeadm.k8s.io API types, v1beta2 to v1beta4), and whether a plan has
 * it. What no certificate depends on is named and left to kubeadm; what is at its default is not worth a word.
 */

interface Field {
  /** `plan`: read elsewhere. `own`: kubeadm's alone. `record`: more fields inside. */
  readonly is: 'plan' | 'own' | 'record';
  readonly inside: Fields;
  readonly from: KubeadmVersion;
  readonly until: KubeadmVersion;
  /** Whether it is what kubeadm does anyway. */
  readonly isUsual: (value: PlanValue) => boolean;
}

type Fields = Readonly<Record<string, Field>>;

const all = {from: 2, until: 4, inside: {}} as const;
const never = (): boolean => false;

const plan: Field = {...all, is: 'plan', isUsual: never};

function own(...usual: readonly string[]): Field {
  return {...all, is: 'own', isUsual: (value) => typeof value === 'string' && usual.includes(value)};
}

function record(inside: Fields): Field {
  return {...all, is: 'record', inside, isUsual: never};
}

function since(from: KubeadmVersion, field: Field): Field {
  return {...field, from};
}

function until(last: KubeadmVersion, field: Field): Field {
  return {...field, until: last};
}

function matches(value: PlanValue | undefined, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

/** kubeadm's own taint of a control-plane node, under its names of all versions. */
const taints: Field = {
  ...own(),
  isUsual: (value) =>
    isList(value) &&
    value.every((each) => isMap(each) && matches(each['key'], /^node-role\.kubernetes\.io\/(master|control-plane)$/)),
};

/** Those that let kubeadm find the bundle's files in place. */
const preflightErrors: Field = {
  ...own(),
  isUsual: (value) => isList(value) && value.every((each) => matches(each, /^FileAvailable--.*\.(crt|conf)$/)),
};

const localAPIEndpoint = record({advertiseAddress: plan, bindPort: plan});

const nodeRegistration = record({
  name: plan,
  criSocket: own(
    'unix:///run/containerd/containerd.sock',
    'unix:///var/run/containerd/containerd.sock',
    '/run/containerd/containerd.sock',
    '/var/run/dockershim.sock',
  ),
  taints,
  kubeletExtraArgs: plan,
  ignorePreflightErrors: preflightErrors,
  imagePullPolicy: since(3, own('IfNotPresent')),
  imagePullSerial: since(4, own('true')),
});

const timeouts = since(
  4,
  record({
    controlPlaneComponentHealthCheck: own('4m0s'),
    kubeletHealthCheck: own('4m0s'),
    kubernetesAPICall: own('1m0s'),
    etcdAPICall: own('2m0s'),
    tlsBootstrap: own('5m0s'),
    discovery: own('5m0s'),
    upgradeManifests: own('5m0s'),
  }),
);

const component = {extraArgs: plan, extraVolumes: own(), extraEnvs: since(4, own())};

const image = {imageRepository: own(), imageTag: own()};

const fields: Readonly<Record<KubeadmKind, Fields>> = {
  InitConfiguration: {
    bootstrapTokens: plan,
    dryRun: since(4, own('false')),
    nodeRegistration,
    localAPIEndpoint,
    certificateKey: own(),
    skipPhases: since(3, own()),
    patches: since(3, own()),
    timeouts,
  },
  ClusterConfiguration: {
    etcd: record({
      local: record({
        ...image,
        dataDir: own('/var/lib/etcd'),
        extraArgs: plan,
        extraEnvs: since(4, own()),
        serverCertSANs: plan,
        peerCertSANs: plan,
      }),
      external: record({endpoints: plan, httpEndpoints: since(4, own()), caFile: plan, certFile: plan, keyFile: plan}),
    }),
    networking: record({serviceSubnet: plan, podSubnet: plan, dnsDomain: plan}),
    kubernetesVersion: plan,
    controlPlaneEndpoint: plan,
    apiServer: record({...component, certSANs: plan, timeoutForControlPlane: until(3, own('4m0s'))}),
    controllerManager: record(component),
    scheduler: record(component),
    dns: record({...image, type: until(2, own('CoreDNS')), disabled: since(4, own('false'))}),
    proxy: since(4, record({disabled: own('false')})),
    certificatesDir: plan,
    imageRepository: own('registry.k8s.io', 'k8s.gcr.io'),
    useHyperKubeImage: until(2, own('false')),
    featureGates: plan,
    clusterName: plan,
    encryptionAlgorithm: since(4, plan),
    certificateValidityPeriod: since(4, plan),
    caCertificateValidityPeriod: since(4, plan),
  },
  JoinConfiguration: {
    dryRun: since(4, own('false')),
    nodeRegistration,
    caCertPath: own('/etc/kubernetes/pki/ca.crt', '/var/lib/minikube/certs/ca.crt'),
    discovery: record({
      bootstrapToken: plan,
      file: plan,
      tlsBootstrapToken: plan,
      timeout: until(3, own('5m0s')),
    }),
    controlPlane: record({localAPIEndpoint, certificateKey: own()}),
    skipPhases: since(3, own()),
    patches: since(3, own()),
    timeouts,
  },
};

/** A field that stays with kubeadm, by its path in the document. */
export interface OwnField {
  readonly path: string;
  /** What to call it instead of its path. */
  readonly name?: string;
}

/** What a document says that no plan has: fields of kubeadm's own, and problems of fields that it does not know. */
export function surveyFields(
  document: KubeadmDocument,
  kind: KubeadmKind,
): {readonly own: readonly OwnField[]; readonly problems: readonly Problem[]} {
  const found: {own: OwnField[]; problems: Problem[]} = {own: [], problems: []};
  const {apiVersion: _version, kind: _kind, ...value} = document.value;
  survey(document, value, '', fields[kind], found);
  return found;
}

function survey(
  document: KubeadmDocument,
  value: {readonly [key: string]: PlanValue},
  around: string,
  known: Fields,
  found: {own: OwnField[]; problems: Problem[]},
): void {
  const version = document.version ?? 4;
  for (const [key, inside] of Object.entries(value)) {
    const path = around === '' ? key : `${around}.${key}`;
    const field = Object.hasOwn(known, key) ? known[key] : undefined;
    const note = (each: Problem): void => void found.problems.push({...each, at: placeIn(document, path, 'key')});
    if (field === undefined) {
      note(unknownField(key, Object.keys(known)));
    } else if (version < field.from || version > field.until) {
      note(otherVersion(key, version, field));
    } else if (isEmpty(inside) || field.isUsual(inside)) {
      continue;
    } else if (field.is === 'own') {
      found.own.push({path});
    } else if (field.is === 'record' && isMap(inside)) {
      survey(document, inside, path, field.inside, found);
    } else if (field.is === 'record') {
      note(problem('wrong-type', '', `${key} is a record of named values`, 'write key: value below it'));
    }
  }
}

/** kubeadm itself passes over what it does not know, so a slip of the pen costs an answer without a word. */
function unknownField(key: string, known: readonly string[]): Problem {
  const meant = nearest(key.slice(0, 80), known);
  return meant === undefined
    ? warning(
        'field-not-known',
        '',
        `the field ${shown(key)} is not known here, and nothing of it is in the plan`,
        'kubeadm passes over fields that it does not know: check how it is spelled',
      )
    : problem('unknown-key', '', `kubeadm has no field ${shown(key)} here`, `did you mean ${meant}?`);
}

function otherVersion(key: string, version: KubeadmVersion, {from, until: last}: Field): Problem {
  const isNewer = version < from;
  return warning(
    'field-of-other-version',
    '',
    `kubeadm passes over ${key} in v1beta${version}: it is there ${isNewer ? `from v1beta${from} on` : `until v1beta${last}`}`,
    isNewer
      ? `write apiVersion: kubeadm.k8s.io/v1beta${from}, which Kubernetes ${from === 4 ? '1.31' : '1.22'} brought`
      : 'remove it',
  );
}

export function isEmpty(value: PlanValue): boolean {
  if (value === null || value === '') return true;
  return isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}
