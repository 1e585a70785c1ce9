import {resolve} from 'node:path';
import {Failure} from '../base/failure.ts';
import {defaultPreset, listPresets} from '../config/presets.ts';
import {faultsOf, Lab} from '../journeys/lab.ts';
import {type ProgramPath, versionOfPrograms} from '../journeys/lab-real.ts';
import type {LabServices, OfferedFault} from '../journeys/lab-services.ts';
import {faultIds} from '../lessons/faults.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {runProgram} from '../run/run-program.ts';
import type {Context} from './context.ts';
import {givenPlan} from './plan-source.ts';

/** Milliseconds: an API server without its etcd takes twenty seconds to say so. */
export const patience = 45_000;

/** In the folder that KUBE_BIN_DIR names, or wherever PATH finds them. */
export function programsOf({environment, cwd}: Pick<Context, 'environment' | 'cwd'>): ProgramPath {
  const folder = environment.KUBE_BIN_DIR;
  return (program) => (folder === undefined || folder === '' ? program : resolve(cwd, folder, program));
}

/** Flags differ from version to version, and these programs are what runs. */
export function setsFor(version: string): readonly string[] {
  return [`cluster.kubernetesVersion=${version}`];
}

/** @param preset the one cluster that is broken; left out = the default one, and for a fault that it cannot have the first that can */
export function labServices(context: Context, preset?: string): LabServices {
  const {now} = context;
  const programs = programsOf(context);
  const planOf = (name: string, set: readonly string[] = []): ClusterPlan =>
    givenPlan(context, {preset: name, set}).plan;
  return {
    faults: async () => offered(planOf, preset),
    findReal: async (signal) => {
      try {
        return await versionOfPrograms({programs, runProgram, signal});
      } catch (error) {
        if (error instanceof Failure) return undefined;
        throw error;
      }
    },
    open: async (name, signal) => new Lab(planOf(name), {now, signal}),
    hearReal: async ({id, preset: name}, signal) => {
      const version = await versionOfPrograms({programs, runProgram, signal});
      const bench = new Lab(planOf(name, setsFor(version)), {now, signal});
      try {
        await bench.break(id);
        return await bench.hearReal({programs, runProgram, signal, patience});
      } finally {
        bench.close();
      }
    },
  };
}

function offered(planOf: (preset: string) => ClusterPlan, preset: string | undefined): readonly OfferedFault[] {
  const presets =
    preset === undefined
      ? [defaultPreset, ...listPresets().flatMap(({name}) => (name === defaultPreset ? [] : [name]))]
      : [preset];
  const found = new Map<string, string>();
  for (const name of presets) {
    if (found.size === faultIds.length) break;
    for (const {id} of faultsOf(planOf(name))) if (!found.has(id)) found.set(id, name);
  }
  return faultIds.flatMap((id) => {
    const where = found.get(id);
    return where === undefined ? [] : [{id, preset: where}];
  });
}
