import {Cancelled, Failure} from '../../src/base/failure.ts';
import {problem, type Problem} from '../../src/base/problem.ts';
import type {SetUpEvent} from '../../src/journeys/set-up-events.ts';
import type {TokenEvent} from '../../src/journeys/token.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {ClusterPlan, PlanNode} from '../../src/pki/plan.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import type {PreviewFormat} from '../../src/report/preview-document.ts';
import type {Copied} from '../../src/run/copy-text.ts';
import type {Verdict} from '../../src/pki/verdict.ts';
import {accept} from '../../src/wizard/accept.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';
import {nothingFound, type FoundNodes, type NodesSource} from '../../src/wizard/found-nodes.ts';
import {steps} from '../../src/wizard/steps.ts';
import type {Services} from '../../screens/services.ts';
import type {PlanReading} from '../../src/journeys/set-up-services.ts';
import {examined} from './examined.ts';
import type {LearnServices} from '../../src/journeys/learn-services.ts';
import {fakeLearn} from './fake-learn.ts';
import {fakeRotate, type FakeRotateOptions} from './fake-rotate.ts';
import {madeUpCosts} from './key-costs.ts';

/** The real questions, checks and blueprints, with a world that is made up: presets, files, a machine and an issuer. */

const node = (name: string, address: string, role: PlanNode['roles'][number]): PlanNode => ({
  name,
  addresses: [address],
  roles: [role],
  sans: [],
});

export const singlePlan: ClusterPlan = {
  ...emptyPlan,
  cluster: {...emptyPlan.cluster, name: 'demo'},
  nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
};

export const highlyAvailablePlan: ClusterPlan = {
  ...emptyPlan,
  cluster: {name: 'demo', kubernetesVersion: '1.36', controlPlaneEndpoint: 'api.demo.test:6443'},
  nodes: [
    node('cp-1', '10.0.0.11', 'control-plane'),
    node('cp-2', '10.0.0.12', 'control-plane'),
    node('cp-3', '10.0.0.13', 'control-plane'),
    node('worker-1', '10.0.0.21', 'worker'),
    node('worker-2', '10.0.0.22', 'worker'),
  ],
};

const presets: Readonly<Record<string, {readonly summary: string; readonly plan: ClusterPlan}>> = {
  'kubeadm-single': {summary: 'One control-plane node, stacked etcd, three authorities.', plan: singlePlan},
  'kubeadm-ha': {summary: 'Three control-plane nodes behind one endpoint, two workers.', plan: highlyAvailablePlan},
  'one-ca': {
    summary: 'One authority for everything: a small cluster.',
    plan: {...singlePlan, trust: {...singlePlan.trust, topology: 'single-ca'}},
  },
};

/** Files of the made-up world, by path. */
const files: Readonly<Record<string, ClusterPlan>> = {'plan.yaml': highlyAvailablePlan};

export interface FakeWorld {
  readonly services: Services;
  /** Plans that were saved, by path. */
  readonly saved: ReadonlyMap<string, ClusterPlan>;
  /** Formats of previews that were exported, by path. */
  readonly exported: ReadonlyMap<string, PreviewFormat>;
  /** Texts that were copied. */
  readonly copied: readonly string[];
  /** Lets an issue that waits go on to its next event. */
  readonly release: (events?: number) => void;
}

export interface FakeOptions {
  /** The issuer waits for `release` before each event. */
  readonly isHeld?: boolean;
  /** Thrown instead of the first event. */
  readonly failure?: Error;
  readonly verdict?: (index: number) => Verdict;
  /** What the proof finds in the files. */
  readonly findings?: readonly Problem[];
  /** What becomes of a text that is copied. */
  readonly copying?: Copied;
  /** What making a token tells; left out, that there is no kubeadm. */
  readonly createToken?: (signal: AbortSignal) => AsyncIterable<TokenEvent>;
  /** What an import finds. */
  readonly findNodes?: (source: NodesSource) => Promise<FoundNodes>;
  /** The node that Rotate finds. */
  readonly rotate?: FakeRotateOptions;
  /** What Learn is to get from the world, where it is not the usual. */
  readonly learn?: Partial<LearnServices>;
  /** kubeadm configurations, by path. */
  readonly kubeadm?: Readonly<Record<string, PlanReading>>;
}

async function* withoutKubeadm(): AsyncGenerator<TokenEvent> {
  await Promise.resolve();
  yield {kind: 'command-started', words: ['kubeadm', 'token', 'create']};
  throw new Failure('program-missing', 'there is no kubeadm here that could make a token', {
    nextSteps: ['run it where kubeadm is'],
  });
}

const proved: Verdict = {kind: 'proved', how: 'mutual', why: 'both ends accepted each other'};

export function fakeWorld({
  isHeld = false,
  failure,
  verdict = () => proved,
  findings = [],
  copying = {kind: 'copied', where: 'Copied'},
  kubeadm = {},
  rotate,
  learn = {},
  createToken = withoutKubeadm,
  findNodes = () => Promise.resolve(nothingFound(problem('no-nodes', '', 'there is nothing here'))),
}: FakeOptions = {}): FakeWorld {
  const saved = new Map<string, ClusterPlan>();
  const exported = new Map<string, PreviewFormat>();
  const copied: string[] = [];
  let tickets = isHeld ? 0 : Number.POSITIVE_INFINITY;
  let waiting: PromiseWithResolvers<void> | undefined;
  const takeTicket = async (signal: AbortSignal): Promise<void> => {
    if (tickets === 0 && !signal.aborted) {
      waiting = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => waiting?.resolve(), {once: true});
      await waiting.promise;
    }
    if (signal.aborted) throw new Cancelled();
    tickets -= 1;
  };

  async function* setUp(
    plan: ClusterPlan,
    {directory, signal}: Parameters<Services['setUp']>[1],
  ): AsyncGenerator<SetUpEvent> {
    await Promise.resolve();
    if (failure !== undefined) throw failure;
    for (const event of eventsFor(plan, directory, verdict, findings)) {
      await takeTicket(signal);
      yield event;
    }
  }

  const reading = (plan: ClusterPlan | undefined, what: string): Promise<PlanReading> =>
    Promise.resolve(
      plan === undefined
        ? {ok: false, problems: [problem('no-such-file', '', `There is no file ${what}.`, 'Name one that exists.')]}
        : {ok: true, plan},
    );

  const services: Services = {
    steps,
    accept,
    checkPlan,
    makeBlueprint,
    presets: Object.entries(presets).map(([name, {summary}]) => ({name, summary})),
    thisMachine: {name: 'cp-1', addresses: ['192.168.1.20']},
    readPreset: (name) => reading(presets[name]?.plan, name),
    readPlanFile: (path) => reading(files[path], path),
    readKubeadm: (path) => (kubeadm[path] === undefined ? reading(undefined, path) : Promise.resolve(kubeadm[path])),
    readNodes: (source) => findNodes(source),
    readThisMachine: () => reading({...singlePlan, nodes: [node('cp-1', '192.168.1.20', 'control-plane')]}, 'machine'),
    savePlan: (plan, path) => {
      saved.set(path, plan);
      return Promise.resolve();
    },
    exportPreview: (_, request) => {
      if (exported.has(request.path) && !request.replaces) {
        return Promise.reject(new Failure('file-exists', `${request.path} is there already`, {nextSteps: ['wait']}));
      }
      exported.set(request.path, request.format);
      return Promise.resolve();
    },
    copyText: (text) => {
      copied.push(text);
      return Promise.resolve(copying);
    },
    examineAuthority: (id) => Promise.resolve(examined(id)),
    keyCosts: madeUpCosts(),
    setUp,
    createToken: (_, signal) => createToken(signal),
    rotate: fakeRotate(rotate),
    learn: {...fakeLearn(), ...learn},
    now: () => new Date('2026-11-23T12:00:00Z'),
  };
  const release = (events = 1): void => {
    tickets += events;
    waiting?.resolve();
  };
  return {services, saved, exported, copied, release};
}

/** What a real run tells, in the same order, without a key being made. */
export function eventsFor(
  plan: ClusterPlan,
  directory: string,
  verdict: (index: number) => Verdict = () => proved,
  findings: readonly Problem[] = [],
): readonly SetUpEvent[] {
  const blueprint = makeBlueprint(plan);
  const {authorities, certificates, files: planned, keyPairs, connections, intrusions} = blueprint;
  const issued = [...authorities.map(({id}) => id), ...certificates.map(({name}) => name)];
  const facts = {serial: '01', notBefore: new Date(0), notAfter: new Date(0), fingerprint: 'ab'};
  const judged = connections.map((connection, index) => ({connection, verdict: verdict(index)}));
  const tried = intrusions.map((intrusion) => ({
    intrusion,
    outcome: intrusion.expected,
    said: intrusion.expected === 'refused' ? 'tlsv1 alert unknown ca' : '',
  }));
  const isWrong = findings.length > 0 || judged.some((one) => one.verdict.kind === 'failed');
  const state = isWrong ? 'critical' : 'ok';
  return [
    {
      kind: 'started',
      blueprint,
      keys: issued.length + keyPairs.length,
      certificates: issued.length,
      files: planned.length,
    },
    ...[...issued, ...keyPairs.map(({id}) => id)].map((name): SetUpEvent => ({kind: 'key-made', name})),
    ...issued.map((name): SetUpEvent => ({kind: 'certificate-issued', name, facts})),
    ...planned.map(({path}): SetUpEvent => ({kind: 'file-written', path})),
    {kind: 'bundle-placed', directory},
    ...judged.map((one): SetUpEvent => ({kind: 'connection-judged', judged: one})),
    ...tried.map((one): SetUpEvent => ({kind: 'intrusion-judged', judged: one})),
    {kind: 'finished', directory, proof: {findings, connections: judged, intrusions: tried, state}},
  ];
}
