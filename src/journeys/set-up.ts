import {eventsOf} from '../base/event-channel.ts';
import {InputFailure} from '../base/failure.ts';
import {readBundle} from '../bundle/read-bundle.ts';
import {readRequests, signedPairs, writeRequests} from '../bundle/requests.ts';
import {checkTarget} from '../bundle/target.ts';
import {completeRequests, writeBundle, type NewBundle} from '../bundle/write-bundle.ts';
import {readBrought, type PassphraseSources} from '../config/read-brought.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {Proof} from '../pki/verdict.ts';
import {prove} from '../proof/prove.ts';
import {runProgram} from '../run/run-program.ts';
import {checkPlan} from '../wizard/check-plan.ts';
import {awaitsSignature} from '../x509/brought.ts';
import {issueBlueprint, requestsFor} from '../x509/issue.ts';
import type {KeyCosts} from './key-costs.ts';
import type {SetUpEvent} from './set-up-events.ts';

export interface SetUpOptions {
  /** Where the bundle shall lie: absent or empty. */
  readonly directory: string;
  /** The plan as text, for the bundle's `plan.yaml`. */
  readonly planYaml: string;
  /** Whether the bundle is proved at the end. */
  readonly proof: boolean;
  /** Whether `DIR.tar` is written beside it. */
  readonly tar: boolean;
  readonly now: () => Date;
  readonly passphrases: PassphraseSources;
  /** Threads of libuv's pool, where keys are made; 4 when left out, as libuv has it. */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What keys cost here, as far as somebody has measured it. */
  readonly keyCosts?: Pick<KeyCosts, 'known' | 'parallel'> | undefined;
}

type Tell = (event: SetUpEvent) => void;

/**
 * A plan becomes a proved bundle: keys, certificates, files, proof. Nothing is in `directory` before everything is.
 * With an authority whose key is elsewhere it stops at the requests; `goOn` continues once they are signed.
 *
 * @throws InputFailure when the plan, or an authority that it brings, is not right
 * @throws Failure when the folder cannot be written
 * @throws Cancelled; then nothing is left behind
 */
export function setUp(plan: ClusterPlan, options: SetUpOptions): AsyncGenerator<SetUpEvent, void, void> {
  return eventsOf<SetUpEvent, void>((tell, signal) => begin(plan, {...options, signal}, tell), options.signal);
}

async function begin(plan: ClusterPlan, options: SetUpOptions, tell: Tell): Promise<void> {
  refuse(plan);
  checkTarget(options.directory);
  const now = options.now();
  const brought = await readBrought(plan.trust.authorities, options.passphrases);
  const blueprint = makeBlueprint(plan);
  const material = {...workforce(options), now, brought, on: tell, signal: options.signal};
  const waiting = awaitsSignature(blueprint, brought);
  if (waiting.length > 0) {
    tell({...started(blueprint, options), keys: waiting.length, certificates: 0, files: 0});
    const requests = await requestsFor(blueprint, material);
    await writeRequests({...options, now, requests, clusterName: plan.cluster.name});
    tell({kind: 'requests-written', directory: options.directory, requests: requests.map(({name}) => name)});
    return;
  }
  tell(started(blueprint, options));
  const issued = await issueBlueprint(blueprint, material);
  await finish(writeBundle, {...options, now, blueprint, issued}, options, tell);
}

/**
 * Goes on in a folder of requests once they are signed: what came back is judged, the rest is issued, and the finished
 * bundle takes the folder's place. The plan is the one that lies in the folder.
 *
 * @throws InputFailure that names every certificate that is missing or does not fit
 */
export function goOn(plan: ClusterPlan, options: SetUpOptions): AsyncGenerator<SetUpEvent, void, void> {
  return eventsOf<SetUpEvent, void>((tell, signal) => complete(plan, {...options, signal}, tell), options.signal);
}

async function complete(plan: ClusterPlan, options: SetUpOptions, tell: Tell): Promise<void> {
  refuse(plan);
  const now = options.now();
  const signed = signedPairs(readRequests(options.directory));
  const brought = await readBrought(plan.trust.authorities, options.passphrases);
  const blueprint = makeBlueprint(plan);
  tell(started(blueprint, options, signed));
  const issued = await issueBlueprint(blueprint, {
    ...workforce(options),
    now,
    brought,
    signed,
    on: tell,
    signal: options.signal,
  });
  await finish(completeRequests, {...options, now, blueprint, issued}, options, tell);
}

async function finish(
  write: (bundle: NewBundle) => Promise<void>,
  bundle: NewBundle,
  options: SetUpOptions,
  tell: Tell,
): Promise<void> {
  await write({...bundle, on: tell, runProgram});
  const proof = options.proof ? await proveBundle(bundle.blueprint, options, tell) : undefined;
  tell({kind: 'finished', directory: options.directory, proof});
}

function workforce({threads}: SetUpOptions): {threads?: number} {
  return threads === undefined ? {} : {threads};
}

/** What is to be made: authorities that were brought, and what was signed elsewhere, are there already. */
function started(
  blueprint: Blueprint,
  {keyCosts: costs}: Pick<SetUpOptions, 'keyCosts'>,
  signed: ReadonlyMap<string, unknown> = new Map(),
): Extract<SetUpEvent, {kind: 'started'}> {
  const authorities = blueprint.authorities.filter(({brought, id}) => brought === undefined && !signed.has(id));
  const leaves = blueprint.certificates.filter(({name}) => !signed.has(name));
  const certificates = authorities.length + leaves.length;
  const cost = costs?.known(blueprint.plan.keys.algorithm);
  return {
    kind: 'started',
    blueprint,
    keys: certificates + blueprint.keyPairs.length,
    certificates,
    files: blueprint.files.length,
    ...(cost === undefined || costs === undefined
      ? {}
      : {guess: {perKey: cost.keyMilliseconds / costs.parallel, measured: cost.keys}}),
  };
}

/** The files as they lie now are proved, not what was meant to be written. */
function proveBundle(blueprint: Blueprint, {directory, now, signal}: SetUpOptions, tell: Tell): Promise<Proof> {
  return prove({blueprint, files: readBundle(directory).files, now: now(), on: tell, signal});
}

function refuse(plan: ClusterPlan): void {
  const errors = checkPlan(plan).filter(({severity}) => severity === 'error');
  if (errors.length > 0) throw new InputFailure('the plan is not right', errors);
}
