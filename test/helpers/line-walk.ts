import {expect} from 'vitest';
import {askThrough, type LineModeOptions} from '../../src/line/line-mode.ts';
import {emptyPlan, type ClusterPlan} from '../../src/pki/plan.ts';
import {
  answersFrom,
  personAt,
  terminal,
  type Answer,
  type AskerName,
  type Answers,
  type Terminal,
} from './line-person.ts';
import {lineWorld, type LineWorld, type LineWorldOptions} from './line-services.ts';
import {haNodes, node} from './plans.ts';

export const singlePlan: ClusterPlan = {
  ...emptyPlan,
  cluster: {...emptyPlan.cluster, name: 'demo'},
  nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
};
export const highlyAvailable: ClusterPlan = {
  ...emptyPlan,
  cluster: {name: 'demo', kubernetesVersion: '1.36', controlPlaneEndpoint: 'api.demo.test:6443'},
  nodes: haNodes,
};
export const presets = {'kubeadm-single': singlePlan, 'kubeadm-ha': highlyAvailable};

export interface Walked extends LineWorld {
  readonly exitCode: number;
  readonly at: Terminal;
  /** What was asked, in order. */
  readonly asked: readonly string[];
  readonly shown: string;
}

/** Walks through with these answers; what is not answered gets Enter. */
export async function walk(
  table: Readonly<Record<string, Answer | readonly Answer[]>>,
  {
    name = 'numbered lines',
    world = {},
    start = {preset: 'kubeadm-single'},
    glyphs = 'unicode',
    columns = 80,
  }: {
    name?: AskerName;
    world?: LineWorldOptions;
    start?: Omit<LineModeOptions, 'services'>;
    glyphs?: 'unicode' | 'ascii';
    columns?: number;
  } = {},
): Promise<Walked> {
  const made = lineWorld({presets, machine: singlePlan, ...world});
  const at = terminal({glyphs, columns});
  const asked: string[] = [];
  const given = answersFrom(table);
  const answers: Answers = (ask, question) => {
    asked.push(ask);
    if (asked.length > 200) throw new Error(`no end: ${asked.slice(-10).join(' | ')}`);
    return given(ask, question);
  };
  const exitCode = await askThrough(personAt(name, at, answers), at.context, {...start, services: made.services});
  const shown = at.shown();
  if (name === 'numbered lines') expect(at.raw(), 'an escape code').not.toMatch(/[\u0000-\u0009\u000B-\u001F\u009B]/);
  return {...made, exitCode, at, asked, shown};
}

/** Lines joined again that were broken for the terminal's width. */
export function folded(shown: string): string {
  return shown.replaceAll(/\s+/g, ' ');
}

export const ending = [
  'Change anything else?',
  'What now',
  'Folder for the bundle',
  'Issue 3 authorities and 12 certificates into ./demo-bundle now?',
  'Bootstrap token',
];
