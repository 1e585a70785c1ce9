import {Cancelled, Failure} from '../../../src/base/failure.ts';
import type {Bench} from '../../../src/journeys/lab-services.ts';
import type {LearnServices} from '../../../src/journeys/learn-services.ts';
import type {FaultId} from '../../../src/lessons/faults.ts';
import {clusterMapOf} from '../../../src/pki/cluster-map.ts';
import type {RunFailure} from '../../../src/wizard/wizard-state.ts';
import {failureOf} from '../../run-failure.ts';
import type {Worker, World} from '../room.ts';
import {createSaving} from '../saving.ts';
import type {LabAsk, LabTell} from './lab-state.ts';

interface Opened {
  readonly preset: string;
  readonly bench: Bench;
  /** Aborted, the bench is of no more use. */
  readonly life: AbortController;
}

/**
 * Holds the cluster that is broken, in its temporary folder. One thing is done after the other: a new ask stops what goes
 * on, and waits until it has let go of the files.
 */
export function createLabWorker(
  {lab: services, learnt}: Pick<LearnServices, 'lab' | 'learnt'>,
  world: World<LabTell>,
): Worker<LabAsk> {
  const {tell, crashed, warn} = world;
  const saving = createSaving((fault: FaultId) => learnt.remember({fault}), world);
  let opened: Opened | undefined;
  let goesOn: AbortController | undefined;
  let work: Promise<void> = Promise.resolve();

  function close(): void {
    opened?.bench.close();
    opened = undefined;
  }

  async function benchFor(preset: string): Promise<Opened> {
    if (opened?.preset === preset) return opened;
    close();
    const life = new AbortController();
    opened = {preset, bench: await services.open(preset, life.signal), life};
    return opened;
  }

  async function attempt<Answer>(
    job: (signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal,
    told: (answer: Answer) => LabTell,
    failed: (failure: RunFailure) => LabTell,
  ): Promise<void> {
    if (signal.aborted) return;
    try {
      const answer = await job(signal);
      if (!signal.aborted) tell(told(answer));
    } catch (error) {
      // What fails after a stop fails because of it.
      if (signal.aborted || error instanceof Cancelled) return;
      if (error instanceof Failure) tell(failed(failureOf(error)));
      else crashed(error);
    }
  }

  function begin<Answer>(
    job: (signal: AbortSignal) => Promise<Answer>,
    told: (answer: Answer) => LabTell,
    failed = (failure: RunFailure): LabTell => ({kind: 'failed', failure}),
  ): void {
    goesOn?.abort();
    const controller = new AbortController();
    goesOn = controller;
    const earlier = work;
    work = (async () => {
      await earlier;
      await attempt(job, controller.signal, told, failed);
    })();
  }

  /** With the cluster; one that was stopped half-way is not used again. */
  function withBench<Answer>(
    preset: string | undefined,
    job: (bench: Bench) => Promise<Answer>,
    told: (answer: Answer) => LabTell,
  ): void {
    begin(async (signal) => {
      const open = preset === undefined ? opened : await benchFor(preset);
      // Stopped before there is a bench to stop: it stays as it is.
      if (open === undefined || signal.aborted) throw new Cancelled();
      const stop = (): void => open.life.abort();
      signal.addEventListener('abort', stop);
      try {
        return await job(open.bench);
      } finally {
        signal.removeEventListener('abort', stop);
        if (open.life.signal.aborted) close();
      }
    }, told);
  }

  async function prepare(bench: Bench, fault: FaultId) {
    const broken = await bench.prepare(fault);
    return {broken, map: clusterMapOf(bench.blueprint())};
  }

  async function stop(): Promise<void> {
    goesOn?.abort();
    const earlier = work;
    work = (async () => {
      await earlier;
      close();
    })();
    await work;
  }

  return {
    perform: (ask) => {
      switch (ask.kind) {
        case 'find':
          begin(
            async (signal) => {
              const [offered, realVersion, kept] = await Promise.all([
                services.faults(),
                services.findReal(signal),
                learnt.read(),
              ]);
              if (kept.trouble !== undefined) warn(kept.trouble);
              return {offered, realVersion, mended: kept.learnt.faults};
            },
            (found) => ({kind: 'found', ...found}),
          );
          return;
        case 'break': {
          const {fault} = ask;
          withBench(
            fault.preset,
            (bench) => prepare(bench, fault.id),
            (made) => ({kind: 'broken', stage: {fault, ...made}}),
          );
          return;
        }
        case 'try':
          withBench(
            undefined,
            async (bench) => ({trials: await bench.try(), canHearReal: bench.canHearReal()}),
            (tried) => ({kind: 'tried', ...tried}),
          );
          return;
        case 'mend':
          withBench(
            undefined,
            (bench) => bench.mend(ask.fault),
            (mended) => ({kind: 'mended', mended}),
          );
          return;
        case 'remember':
          saving.save(ask.fault);
          return;
        case 'hear-real':
          begin(
            (signal) => services.hearReal(ask.fault, signal),
            (words) => ({kind: 'heard', words}),
            (failure) => ({kind: 'not-heard', failure}),
          );
          return;
        case 'stop':
          goesOn?.abort();
          return;
        case 'close':
          void stop().catch(crashed);
          return;
        default:
          ask satisfies never;
      }
    },
    stop: async () => {
      await Promise.all([stop(), saving.settle()]);
    },
  };
}
