import {Failure} from '../../src/base/failure.ts';
import type {SetUpEvent} from '../../src/journeys/set-up-events.ts';
import type {TokenEvent} from '../../src/journeys/token.ts';
import type {PlanReading, SetUpRequest, SetUpServices} from '../../src/journeys/set-up-services.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import type {PreviewFormat} from '../../src/report/preview-document.ts';
import {accept} from '../../src/wizard/accept.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';
import type {FoundNodes, NodesSource} from '../../src/wizard/found-nodes.ts';
import {steps} from '../../src/wizard/steps.ts';
import {examined} from './examined.ts';
import {madeUpCosts} from './key-costs.ts';

export interface LineWorld {
  readonly services: SetUpServices;
  /** What was issued, in order. */
  readonly issued: readonly {readonly plan: ClusterPlan; readonly directory: string}[];
  readonly saved: ReadonlyMap<string, ClusterPlan>;
  /** Formats of previews that were exported, by path. */
  readonly exported: ReadonlyMap<string, PreviewFormat>;
}

export interface LineWorldOptions {
  /** Presets by name. */
  readonly presets?: Readonly<Record<string, ClusterPlan>>;
  readonly machine?: ClusterPlan;
  /** Presets that say more than their plan, by name. */
  readonly readings?: Readonly<Record<string, PlanReading>>;
  /** Plan files by path. */
  readonly files?: Readonly<Record<string, PlanReading>>;
  /** What making a token tells. */
  readonly createToken?: (signal: AbortSignal) => AsyncIterable<TokenEvent>;
  /** What an import finds. */
  readonly findNodes?: (source: NodesSource) => Promise<FoundNodes>;
  /** What the files of a brought authority hold; left out, nothing is wrong in them. */
  readonly examineAuthority?: SetUpServices['examineAuthority'];
  /** kubeadm configurations by path. */
  readonly kubeadm?: Readonly<Record<string, PlanReading>>;
  /** What an issue tells; left out, every key, file and connection of the blueprint. */
  readonly events?: (plan: ClusterPlan, request: SetUpRequest) => AsyncIterable<SetUpEvent> | Iterable<SetUpEvent>;
}

/** The real questions, checks and blueprints in a made-up world; nothing is written. */
export function lineWorld({
  presets = {},
  machine,
  files = {},
  readings = {},
  kubeadm = {},
  examineAuthority = (id) => Promise.resolve(examined(id)),
  createToken = noTokens,
  findNodes = () => Promise.reject(missing('the list of nodes')),
  events = eventsOf,
}: LineWorldOptions = {}): LineWorld {
  const issued: {plan: ClusterPlan; directory: string}[] = [];
  const saved = new Map<string, ClusterPlan>();
  const exported = new Map<string, PreviewFormat>();
  const planOf = (plan: ClusterPlan | undefined, name: string): Promise<PlanReading> =>
    plan === undefined ? Promise.reject(missing(name)) : Promise.resolve({ok: true, plan});
  const services: SetUpServices = {
    now: () => new Date('2026-11-23T12:00:00Z'),
    steps,
    accept,
    checkPlan,
    makeBlueprint,
    presets: Object.keys(presets).map((name) => ({name, summary: `What ${name} is.`})),
    thisMachine: {name: 'host-1', addresses: ['192.168.1.20']},
    readPreset: (name) => {
      const reading = readings[name];
      return reading === undefined ? planOf(presets[name], name) : Promise.resolve(reading);
    },
    readPlanFile: (path) => {
      const reading = files[path];
      return reading === undefined ? Promise.reject(missing(path)) : Promise.resolve(reading);
    },
    readKubeadm: (path) => {
      const reading = kubeadm[path];
      return reading === undefined ? Promise.reject(missing(path)) : Promise.resolve(reading);
    },
    readNodes: (source) => findNodes(source),
    readThisMachine: () => planOf(machine, 'this machine'),
    savePlan: (plan, path) => {
      if (saved.has(path)) {
        return Promise.reject(new Failure('file-exists', `${path} is there already`, {nextSteps: ['name another']}));
      }
      saved.set(path, plan);
      return Promise.resolve();
    },
    examineAuthority,
    keyCosts: madeUpCosts(),
    exportPreview: (_, request) => {
      if (exported.has(request.path) && !request.replaces) {
        return Promise.reject(new Failure('file-exists', `${request.path} is there already`, {nextSteps: ['wait']}));
      }
      exported.set(request.path, request.format);
      return Promise.resolve();
    },
    createToken: (_, signal) => createToken(signal),
    async *setUp(plan, request) {
      issued.push({plan, directory: request.directory});
      yield* events(plan, request);
    },
  };
  return {services, issued, saved, exported};
}

async function* noTokens(): AsyncGenerator<TokenEvent> {
  await Promise.resolve();
  yield {kind: 'command-started', words: ['kubeadm', 'token', 'create']};
  throw new Failure('program-missing', 'there is no kubeadm here that could make a token', {
    nextSteps: ['run it where kubeadm is'],
  });
}

function missing(name: string): Failure {
  return new Failure('file-unreadable', `${name} does not exist`, {nextSteps: ['name a file that is there']});
}

/** What a run tells, with a proof in which all is as it must be. */
export function* eventsOf(plan: ClusterPlan, {directory}: SetUpRequest): Generator<SetUpEvent> {
  const blueprint = makeBlueprint(plan);
  const certificates = [...blueprint.authorities.map(({id}) => id), ...blueprint.certificates.map(({name}) => name)];
  const keys = [...certificates, ...blueprint.keyPairs.map(({id}) => id)];
  const facts = {serial: '01', notBefore: new Date(0), notAfter: new Date(0), fingerprint: 'ab'};
  const amounts = {keys: keys.length, certificates: certificates.length, files: blueprint.files.length};
  yield {kind: 'started', blueprint, ...amounts};
  for (const name of keys) yield {kind: 'key-made', name};
  for (const name of certificates) yield {kind: 'certificate-issued', name, facts};
  for (const {path} of blueprint.files) yield {kind: 'file-written', path};
  yield {kind: 'bundle-placed', directory};
  const verdict = {kind: 'proved', how: 'mutual', why: 'both sides said yes'} as const;
  const connections = blueprint.connections.map((connection) => ({connection, verdict}));
  for (const judged of connections) yield {kind: 'connection-judged', judged};
  const intrusions = blueprint.intrusions.map((intrusion) => ({intrusion, outcome: intrusion.expected, said: 'no'}));
  for (const judged of intrusions) yield {kind: 'intrusion-judged', judged};
  yield {kind: 'finished', directory, proof: {findings: [], connections, intrusions, state: 'ok'}};
}
