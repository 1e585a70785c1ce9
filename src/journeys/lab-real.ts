import {join} from 'node:path';
import {redact} from '../base/redact.ts';
import {Failure} from '../base/failure.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import type {RealWords, Trial} from '../pki/experiment.ts';
import {isSaidIn} from '../lab/component-words.ts';
import {flagsHere, isReal, type Here} from '../lab/real-flags.ts';
import {freePorts} from '../proof/loopback.ts';
import type {RunProgram} from '../run/run-program.ts';
import {startProgram, type StartedProgram} from '../run/start-program.ts';
import {comes} from './waiting.ts';

/** Where the real programs are: `etcd` → its path, or its name alone to be looked for in PATH. */
export type ProgramPath = (program: 'etcd' | 'kube-apiserver' | 'kubectl') => string;

export interface RealOptions {
  readonly programs: ProgramPath;
  readonly runProgram: RunProgram;
  readonly signal: AbortSignal;
  /** Milliseconds until what is not said counts as not said. */
  readonly patience: number;
}

/** Where the broken cluster lies, and what was tried in it. */
export interface LyingCluster {
  readonly blueprint: Blueprint;
  readonly files: BundleFiles;
  /** Of these files, absolute. */
  readonly directory: string;
  /** Of this run, for what programs write. */
  readonly folder: string;
  readonly trials: readonly Trial[];
}

/**
 * Starts real etcd and kube-apiserver with the broken files, on loopback, has kubectl call where a kubeconfig is what is
 * broken, and gives the lines in which they say what the lab told that they would. All of them are gone afterwards.
 *
 * @throws Failure `not-with-real` when the fault is not about these programs; `program-missing`; Cancelled
 */
export async function hearReal(lying: LyingCluster, options: RealOptions): Promise<readonly RealWords[]> {
  const trial = trialFor(lying);
  const node = trial?.provider.node;
  if (trial === undefined || node === undefined) {
    throw new Failure('not-with-real', 'this fault is not one that etcd and kube-apiserver alone can show', {
      nextSteps: ['run it without --real'],
    });
  }
  const [etcd = 0, peers = 0, apiserver = 0] = await freePorts(3);
  const here: Here = {
    rootfs: join(lying.directory, 'nodes', node, 'rootfs'),
    data: join(lying.folder, 'etcd'),
    node,
    ports: {etcd, peers, apiserver},
  };
  const running = new Map<string, StartedProgram>();
  try {
    for (const component of ['etcd', 'kube-apiserver'] as const) {
      const text = (await lying.files.read(`nodes/${node}/flags/${component}.flags`)) ?? '';
      running.set(component, startProgram(options.programs(component), flagsHere(text, component, here)));
    }
    return await listen(trial, running, kubectlWords(trial, lying, here), options);
  } finally {
    await Promise.all([...running.values()].map((program) => program.stop()));
  }
}

/** Whether these programs can show what was tried there. */
export function canHearReal(lying: Pick<LyingCluster, 'blueprint' | 'trials'>): boolean {
  return trialFor(lying) !== undefined;
}

/** The connection asked about, or another of the same end that kubectl can make; both servers on one node. */
function trialFor({trials, blueprint}: Pick<LyingCluster, 'blueprint' | 'trials'>): Trial | undefined {
  const [asked] = trials;
  if (asked?.kind !== 'connection' || !isReal(asked.provider.component)) return undefined;
  const isThere = blueprint.components.some(
    ({component, node}) => component === 'etcd' && node === asked.provider.node,
  );
  if (!isThere || (asked.provider.component === 'etcd' && asked.host !== '127.0.0.1')) return undefined;
  if (asked.provider.component === 'etcd' || asked.shows !== undefined) return asked;
  return trials.find(
    ({happened, shows, provider}) =>
      happened === asked.happened && shows !== undefined && provider.node === asked.provider.node,
  );
}

/** What kubectl is called with, as the caller of this connection; undefined where nobody calls with a kubeconfig. */
function kubectlWords(
  trial: Trial,
  {blueprint, directory}: LyingCluster,
  {ports}: Here,
): readonly string[] | undefined {
  const connection = blueprint.connections.find(
    ({id, credential}) => id === trial.id && 'certificate' in credential && credential.certificate === trial.shows,
  );
  const credential = connection?.credential;
  if (credential === undefined || !('from' in credential) || credential.from.kind !== 'kubeconfig') return undefined;
  return [
    `--kubeconfig=${join(directory, credential.from.path)}`,
    `--server=https://127.0.0.1:${ports.apiserver}`,
    `--tls-server-name=${trial.host}`,
    // Not in the home of whoever is learning.
    `--cache-dir=${join(directory, 'kubectl-cache')}`,
    'get',
    'nodes',
  ];
}

async function listen(
  {components}: Trial,
  running: ReadonlyMap<string, StartedProgram>,
  asKubectl: readonly string[] | undefined,
  {programs, runProgram, signal, patience}: RealOptions,
): Promise<readonly RealWords[]> {
  let printed: readonly string[] = [];
  const found = (): readonly RealWords[] =>
    components.map((one) => {
      // Who is not started here is played by kubectl, with the same kubeconfig.
      const lines = running.get(one.component)?.lines() ?? printed;
      const line = lines.find((each) => isSaidIn(one.words, each));
      return {...one, line: line === undefined ? undefined : redact(line)};
    });
  await comes(patience, pause, signal, async () => {
    const isSilent = [...running.values()].every((program) => program.hasEnded());
    if (asKubectl !== undefined && !isSilent) {
      const {stdout, stderr} = await runProgram(programs('kubectl'), asKubectl, {accept: [1], signal});
      printed = [...stdout.split('\n'), ...stderr.split('\n')];
    }
    return isSilent || found().every(({line}) => line !== undefined);
  });
  return found();
}

/** Milliseconds between two looks. */
const pause = 400;

/**
 * The version of Kubernetes that these programs are: flags differ from one to the next. `1.20.2`
 *
 * @throws Failure `program-missing`, `version-unknown`; Cancelled
 */
export async function versionOfPrograms({
  programs,
  runProgram,
  signal,
}: Pick<RealOptions, 'programs' | 'runProgram' | 'signal'>): Promise<string> {
  await runProgram(programs('etcd'), ['--version'], {signal});
  const {stdout} = await runProgram(programs('kube-apiserver'), ['--version'], {signal});
  const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version !== undefined) return version;
  throw new Failure('version-unknown', `kube-apiserver --version does not say which version it is`, {
    nextSteps: ['run it without --real'],
  });
}
