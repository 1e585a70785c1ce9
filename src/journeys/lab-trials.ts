import {Secret} from '../base/secret.ts';
import {certificatesIn} from '../base/pem.ts';
import type {Cluster} from '../lab/break.ts';
import {componentWords, signingFileWords} from '../lab/component-words.ts';
import type {Fault, Tries} from '../lab/fault.ts';
import {frontProxyDoor, makePretender, nameRefused, pretenderFiles} from '../lab/front-proxy.ts';
import {signingFile} from '../lab/places.ts';
import {predictConnections, predictTokens, type Prediction} from '../lab/predict.ts';
import type {Blueprint, ConnectionEnd, PlannedConnection, PlannedIntrusion} from '../pki/blueprint-types.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import {findingText} from '../lessons/lab-words.ts';
import {lessonsIn} from '../lessons/languages.ts';
import type {Attempt, EndWord, Finding, Outcome, Trial} from '../pki/experiment.ts';
import {listenTo, type HeardConnection, type HeardDoor, type Listener} from '../proof/listen.ts';
import {loopbackWire} from '../proof/loopback.ts';
import {readPrivateKey} from '../x509/keys.ts';
import {isSignedByServiceAccountKey, signServiceAccountToken} from '../x509/service-account-token.ts';

export interface Bed {
  readonly cluster: Cluster;
  /** The cluster's files as they lie. */
  readonly files: BundleFiles;
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
  /** What should become of it: the fault's prediction, or once it is mended, no refusal but of doors. */
  readonly state: 'broken' | 'mended';
}

/** What the question of a fault is about: the first that `tryOut` tries. */
export function askedOf(fault: Fault, blueprint: Blueprint): Attempt {
  const {tries} = fault;
  switch (tries.kind) {
    case 'connections':
      return called('connection', predictConnections(fault, blueprint));
    case 'token':
      return called('token', predictTokens(fault, blueprint));
    case 'door': {
      const knocks = blueprint.intrusions.find(({id}) => id === tries.intrusion);
      if (knocks === undefined) throw new TypeError(`no door ${tries.intrusion}`);
      return knock(knocks, intruderEnd(knocks, blueprint));
    }
    case 'front-proxy': {
      const knocks = frontProxyDoor(tries, blueprint);
      if (knocks === undefined) throw new TypeError('no front proxy in this cluster');
      return knock(knocks, {component: tries.by, node: undefined});
    }
    case 'signing-file':
      return start(signingFile(blueprint)?.node);
    default:
      return tries satisfies never;
  }
}

function called(kind: 'connection' | 'token', [first]: readonly Prediction[]): Attempt {
  if (first === undefined) throw new TypeError('nothing is asked');
  return {kind, ...callOf(first.connection)};
}

function knock(knocks: PlannedIntrusion, caller: ConnectionEnd): Attempt {
  const shows = 'certificate' in knocks.shows ? knocks.shows.certificate : undefined;
  const {id, provider, host, port} = knocks;
  return {kind: 'door', id, caller, provider, shows, host, port};
}

function start(node: string | undefined): Attempt {
  const end: ConnectionEnd = {component: 'kube-controller-manager', node};
  return {
    kind: 'start',
    id: end.component,
    caller: end,
    provider: end,
    shows: undefined,
    host: undefined,
    port: undefined,
  };
}

/** What a fault has to be tried on, one after the other, each over a connection of its own on loopback. */
export async function tryOut(fault: Fault, bed: Bed): Promise<readonly Trial[]> {
  const {blueprint} = bed.cluster;
  const {tries} = fault;
  switch (tries.kind) {
    case 'connections': {
      const listener = await listening(bed);
      return eachOf(predictConnections(fault, blueprint), async (prediction, isAsked) =>
        connectionTrial(prediction, await listener.connection(prediction.connection), isAsked, bed),
      );
    }
    case 'token': {
      const listener = await listening(bed);
      const token = await tokenOf(bed);
      return eachOf(predictTokens(fault, blueprint), async (prediction, isAsked) =>
        tokenTrial(prediction, await listener.connection(prediction.connection), token, isAsked, bed),
      );
    }
    case 'door': {
      const knocks = blueprint.intrusions.find(({id}) => id === tries.intrusion);
      if (knocks === undefined) return [];
      const heard = await (await listening(bed)).door(knocks);
      return [doorTrial(knocks, heard, intruderEnd(knocks, blueprint), bed)];
    }
    case 'front-proxy':
      return [await frontProxyTrial(tries, bed)];
    case 'signing-file':
      return [await signingTrial(bed)];
    default:
      return tries satisfies never;
  }
}

async function eachOf(
  predictions: readonly Prediction[],
  make: (prediction: Prediction, isAsked: boolean) => Promise<Trial>,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const [index, prediction] of predictions.entries()) trials.push(await make(prediction, index === 0));
  return trials;
}

function listening({cluster, files, now, signal}: Bed, more?: ReadonlyMap<string, Secret>): Promise<Listener> {
  return listenTo({
    blueprint: cluster.blueprint,
    files: more === undefined ? files : {...files, read: async (path) => more.get(path)?.reveal() ?? files.read(path)},
    now,
    wire: loopbackWire,
    signal,
  });
}

function connectionTrial(
  prediction: Prediction,
  {verdict, said, hasStarted}: HeardConnection,
  isAsked: boolean,
  {state}: Bed,
): Trial {
  const happened: Outcome = verdict.kind !== 'failed' ? 'nobody' : hasStarted ? verdict.side : 'does-not-start';
  return {
    kind: 'connection',
    ...callOf(prediction.connection),
    isAsked,
    predicted: state === 'broken' ? prediction.outcome : 'nobody',
    happened,
    said,
    why: verdict.why,
    components: state === 'broken' ? componentWords(prediction) : [],
  };
}

function callOf({id, caller, provider, credential, host, port}: PlannedConnection) {
  return {id, caller, provider, shows: 'certificate' in credential ? credential.certificate : undefined, host, port};
}

/** Signed with the `sa.key` that lies on the first control-plane node. */
async function tokenOf({cluster: {blueprint}, files, now}: Bed): Promise<Secret> {
  const path = blueprint.files.find(({content}) => content.kind === 'key-pair-private')?.path ?? '';
  const {signingKey} = readPrivateKey((await files.read(path)) ?? '', undefined, path);
  const issuer = `https://kubernetes.default.svc.${blueprint.plan.network.dnsDomain}`;
  const subject = 'system:serviceaccount:default:default';
  return signServiceAccountToken({issuer, subject, audiences: [issuer], now, lifetime: 3_600}, signingKey);
}

async function tokenTrial(
  prediction: Prediction,
  heard: HeardConnection,
  token: Secret,
  isAsked: boolean,
  bed: Bed,
): Promise<Trial> {
  const {cluster, files} = bed;
  const outside = connectionTrial(prediction, heard, isAsked, bed);
  const {node} = prediction.connection.provider;
  const file = cluster.blueprint.files.find((each) => each.content.kind === 'key-pair-public' && each.node === node);
  const isSigned = isSignedByServiceAccountKey(token, (await files.read(file?.path ?? '')) ?? '');
  const checked: Finding = {kind: 'token', fits: isSigned, file: file?.target ?? ''};
  const why = plainly(checked);
  if (outside.happened !== 'nobody' || isSigned) return {...outside, kind: 'token', why};
  const provider: EndWord = {kind: 'refuses', openssl: undefined, go: undefined, checked};
  return {...outside, kind: 'token', happened: 'provider', said: {...outside.said, provider}, why};
}

/** As every other cause of a verdict: in English. */
function plainly(finding: Finding): string {
  return findingText(finding, lessonsIn('en').lab);
}

const ends: Readonly<Record<HeardDoor['judged']['outcome'], Outcome>> = {
  'let-in': 'nobody',
  refused: 'provider',
  'not-tried': 'does-not-start',
};

function doorTrial(knocks: PlannedIntrusion, heard: HeardDoor, caller: ConnectionEnd, {state}: Bed): Trial {
  const {judged, said} = heard;
  return {
    ...knock(knocks, caller),
    isAsked: true,
    predicted: state === 'broken' ? 'nobody' : 'provider',
    happened: ends[judged.outcome],
    said,
    why: knocks.why,
    components: [],
  };
}

/** Whose certificate is shown. */
function intruderEnd({shows}: PlannedIntrusion, {certificates, connections}: Blueprint): ConnectionEnd {
  const name = 'certificate' in shows ? shows.certificate : undefined;
  const own = connections.find(({credential}) => 'certificate' in credential && credential.certificate === name);
  return own?.caller ?? {component: 'kubectl', node: certificates.find((each) => each.name === name)?.node};
}

async function frontProxyTrial(tries: Extract<Tries, {kind: 'front-proxy'}>, bed: Bed): Promise<Trial> {
  const {cluster, files, now} = bed;
  const {certificate, key, knocks} = await makePretender(tries, cluster, now);
  const pair = new Map([
    [pretenderFiles.certificate, new Secret(certificate)],
    [pretenderFiles.key, key],
  ]);
  const heard = await (await listening(bed, pair)).door(knocks);
  const trial = doorTrial(knocks, heard, {component: tries.by, node: undefined}, bed);
  const flags = (await files.read(`nodes/${knocks.provider.node}/flags/kube-apiserver.flags`)) ?? '';
  const refused = trial.happened === 'nobody' ? nameRefused(tries.name, flags) : undefined;
  if (refused === undefined) return trial;
  const provider: EndWord = {
    kind: 'refuses',
    openssl: undefined,
    go: undefined,
    checked: {kind: 'words', words: refused},
  };
  return {...trial, happened: 'provider', said: {...trial.said, provider}};
}

async function signingTrial({cluster: {blueprint}, files, state}: Bed): Promise<Trial> {
  const file = signingFile(blueprint);
  const target = blueprint.files.find(({path}) => path === file?.path)?.target ?? '';
  const found = certificatesIn((await files.read(file?.path ?? '')) ?? '').length;
  const checked: Finding = {kind: 'certificates', certificates: found, file: target};
  const word: EndWord =
    found === 1 ? {kind: 'accepts'} : {kind: 'does-not-start', openssl: undefined, go: undefined, checked};
  return {
    ...start(file?.node),
    isAsked: true,
    predicted: state === 'broken' ? 'does-not-start' : 'nobody',
    happened: found === 1 ? 'nobody' : 'does-not-start',
    said: {caller: word, provider: {kind: 'not-reached'}},
    why: plainly(checked),
    components: state === 'broken' ? [signingFileWords] : [],
  };
}
