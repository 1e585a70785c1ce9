import type {Origin} from '../wizard/wizard-state.ts';
import type {PlanReading, SetUpServices} from './set-up-services.ts';

/** What Set up can start from: named on a command line, read, and called in a sentence. */

export interface NamedOrigin {
  readonly preset?: string;
  /** Path of a plan file, as typed. */
  readonly plan?: string;
  /** Path of a kubeadm configuration, as typed. */
  readonly fromKubeadm?: string;
}

/** undefined = nothing is named: the person is asked. */
export function originNamed({preset, plan, fromKubeadm}: NamedOrigin): Origin | undefined {
  if (plan !== undefined) return {kind: 'file', path: plan};
  if (fromKubeadm !== undefined) return {kind: 'kubeadm', path: fromKubeadm};
  return preset === undefined ? undefined : {kind: 'preset', name: preset};
}

/** Rejects with a `Failure` where a file cannot be read. */
export function readOrigin(services: SetUpServices, origin: Origin): Promise<PlanReading> {
  switch (origin.kind) {
    case 'preset':
      return services.readPreset(origin.name);
    case 'file':
      return services.readPlanFile(origin.path);
    case 'kubeadm':
      return services.readKubeadm(origin.path);
    case 'machine':
      return services.readThisMachine();
    default:
      return origin satisfies never;
  }
}

export function originName(origin: Origin): string {
  switch (origin.kind) {
    case 'preset':
      return `the preset ${origin.name}`;
    case 'file':
    case 'kubeadm':
      return origin.path;
    case 'machine':
      return 'the plan for this machine';
    default:
      return origin satisfies never;
  }
}
