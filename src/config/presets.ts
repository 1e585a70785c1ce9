import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Failure, InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {readPlan, type PlanSource} from './resolve-plan.ts';
import {filledWith, type Machine} from './this-machine.ts';

/** Plans to begin from, in the order in which they are offered; each is a file in `presets/`, commented like a lesson. */
const presetNames = [
  'kubeadm-single',
  'kubeadm-ha',
  'external-etcd',
  'one-ca',
  'offline-root',
  'the-hard-way',
  'minikube',
] as const;

export const defaultPreset = presetNames[0];

export interface Preset {
  readonly name: (typeof presetNames)[number];
  /** One line, without a full stop: what makes it different. */
  readonly summary: string;
}

/** Built and unbuilt, `presets/` lies two folders above the file that this is in. */
const shipped = new URL('../../presets/', import.meta.url);

export function listPresets(folder: string = fileURLToPath(shipped)): readonly Preset[] {
  return presetNames.map((name) => ({name, summary: summaryOf(readText(name, folder))}));
}

/**
 * One preset's text.
 * @throws InputFailure that names the nearest one when there is none of that name
 */
export function readPreset(name: string, folder: string = fileURLToPath(shipped)): PlanSource {
  const known = presetNames.find((each) => each === name);
  if (known === undefined) {
    const asked = name.slice(0, 80);
    const meant = nearest(asked, presetNames);
    const fix = meant === undefined ? `choose one of ${presetNames.join(', ')}` : `did you mean ${meant}?`;
    const message = `there is no preset ${JSON.stringify(asked)}`;
    throw new InputFailure(
      message,
      [problem('unknown-preset', '--preset', message, fix)],
      'certwright presets lists them all',
    );
  }
  return {text: readText(known, folder), source: `preset ${known}`, folder};
}

/** The default preset as this machine would have it. */
export function thisMachine(machine: Machine): ClusterPlan {
  return filledWith(readPlan(readPreset(defaultPreset)).plan, machine);
}

function readText(name: Preset['name'], folder: string): string {
  const path = join(folder, `${name}.yaml`);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure('preset-missing', `the preset ${name} cannot be read from this installation: ${path}`, {
      nextSteps: ['install Certwright again', 'or begin from a plan file: --plan FILE'],
      cause,
    });
  }
}

/** The first line is `# NAME: SUMMARY`. */
function summaryOf(text: string): string {
  return /^# [^:\n]+: (.*)$/m.exec(text)?.[1]?.trim() ?? '';
}
