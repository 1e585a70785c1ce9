import {isAbsolute, resolve} from 'node:path';
import {warning, type Place, type Problem} from '../base/problem.ts';
import {emptyPlan, type BroughtAuthority, type ClusterPlan} from '../pki/plan.ts';
import {acceptLater} from '../wizard/accept.ts';
import type {Parsed, SourceId, Step} from '../wizard/step.ts';
import {stepById, stepOfPath, steps} from '../wizard/steps.ts';
import {parentPath, type PlaceOf} from './located-value.ts';
import {parsePlan, placedAt, type PlanText} from './plan-text.ts';
import {parseKubeadm} from './read-kubeadm.ts';
import {applySetting, readSetting} from './set-value.ts';

/** Text of a plan, and where paths in it begin. */
export interface PlanSource {
  readonly text: string;
  /** What to call it in problems: a file's name, `preset kubeadm-ha`. */
  readonly source: string;
  /** Absolute path of the folder that relative paths in it begin at. */
  readonly folder: string;
}

export interface PlanSources {
  readonly preset?: PlanSource | undefined;
  readonly planFile?: PlanSource | undefined;
  /** A kubeadm configuration, in place of a plan file. */
  readonly kubeadm?: PlanSource | undefined;
  /** Each `KEY=VALUE`. */
  readonly sets?: readonly string[] | undefined;
  /** Absolute path that paths in `sets` begin at. */
  readonly folder?: string | undefined;
}

export interface ResolvedPlan {
  /** Best effort when there are errors. */
  readonly plan: ClusterPlan;
  /** Step id → where its answer comes from; a step that is not here has its default. */
  readonly sources: ReadonlyMap<string, Exclude<SourceId, 'default' | 'asked'>>;
  /** Everything at once: of the form, of the values and of how they fit, in the order of the sources and their lines. */
  readonly problems: readonly Problem[];
}

/** Default < preset < file < `--set`: each key from the last source that gives it. */
export function resolvePlan({preset, planFile, kubeadm, sets = [], folder = '/'}: PlanSources): ResolvedPlan {
  const merge = new Merge();
  if (preset !== undefined) {
    merge.addText(parsePlan(preset.text, preset.source), 'preset', preset.folder);
  }
  if (planFile !== undefined) {
    merge.addText(parsePlan(planFile.text, planFile.source), 'file', planFile.folder);
  }
  if (kubeadm !== undefined) {
    merge.addText(parseKubeadm(kubeadm.text, kubeadm.source), 'file', kubeadm.folder);
  }
  for (const set of sets) {
    merge.addSetting(set, folder);
  }
  return merge.finish();
}

/** A plan file alone. */
export function readPlan(file: PlanSource): ResolvedPlan {
  return resolvePlan({planFile: file});
}

interface Origin {
  readonly id: Exclude<SourceId, 'default' | 'asked'>;
  readonly placeOf: PlaceOf;
}

class Merge {
  #plan = emptyPlan;
  readonly #origins = new Map<string, Origin>();
  /** Step id → problems of its form, from the source that counts. */
  readonly #ofForm = new Map<string, readonly Problem[]>();
  readonly #around: Problem[] = [];
  #isReadable = true;
  #lastText: PlanText | undefined;

  addText(text: PlanText, id: 'preset' | 'file', folder: string): void {
    this.#around.push(...text.problems);
    this.#isReadable &&= text.isReadable;
    this.#lastText = text;
    for (const step of steps) {
      const value = text.values.get(step.id);
      if (value !== undefined) {
        this.#take(step, acceptLater(step, value, this.#plan), {id, placeOf: text.placeOf}, folder);
      }
    }
  }

  addSetting(text: string, folder: string): void {
    const read = readSetting(text);
    if (!read.ok) {
      this.#around.push({...read.problem, at: {...read.problem.at, source: '--set'}});
      return;
    }
    const {setting} = read;
    const {step} = setting;
    const {parsed, path: changed} = applySetting(setting, this.#plan);
    const here = (path: string): Place => ({path, source: `--set ${setting.key}`});
    if (setting.rest === '') {
      this.#take(step, parsed, {id: 'set', placeOf: here}, folder);
      return;
    }
    // A part that is set leaves the rest where it came from, and as wrong as it was.
    const [before, around] = [this.#ofForm.get(step.id) ?? [], this.#origins.get(step.id)];
    const placeOf = (path: string): Place => (isWithin(path, changed) ? here(path) : (around?.placeOf(path) ?? {path}));
    this.#take(step, parsed, {id: 'set', placeOf}, folder);
    const kept = before.filter(({at}) => !isWithin(at.path, changed));
    this.#ofForm.set(step.id, [...kept, ...(this.#ofForm.get(step.id) ?? [])]);
  }

  #take(step: Step, parsed: Parsed, origin: Origin, folder: string): void {
    this.#plan = step.id === 'trust.authorities' ? withAbsolutePaths(parsed.plan, folder) : parsed.plan;
    this.#origins.set(step.id, origin);
    const problems = parsed.ok ? [] : parsed.problems;
    this.#ofForm.set(
      step.id,
      problems.map((each) => ({...each, at: origin.placeOf(each.at.path, placedAt(each))})),
    );
  }

  finish(): ResolvedPlan {
    const sources = new Map([...this.#origins].map(([step, {id}]) => [step, id]));
    if (!this.#isReadable) {
      return {plan: this.#plan, sources, problems: inOrder(this.#around)};
    }
    const ofForm = [...this.#ofForm.values()].flat();
    const ofValues = steps.flatMap((step) => [...step.check(this.#plan), ...this.#withoutEffect(step)]);
    const problems = [
      ...this.#around,
      ...ofForm,
      ...apartFrom(ofForm, ofValues).map((each) => ({...each, at: this.#placeOf(each.at.path)})),
    ];
    return {plan: this.#plan, sources, problems: inOrder(problems)};
  }

  /** The place of a value in the source that gave it; where nothing did, the place in the file where it is missing. */
  #placeOf(path: string): Place {
    const {placeOf} = this.#origins.get(stepOfPath(path)?.id ?? '') ?? this.#lastText ?? {};
    return placeOf?.(path) ?? {path};
  }

  /** An answer that this plan does not ask for is not wrong, but whoever gave it believes that it does something. */
  #withoutEffect(step: Step): Problem[] {
    const isGiven = this.#origins.has(step.id) && step.show(this.#plan) !== step.show(emptyPlan);
    return isGiven && !step.when(this.#plan)
      ? [
          warning(
            'without-effect',
            step.id,
            `${step.id} has no effect: no kubelet of this plan asks for its certificate with a token`,
            'remove it, or choose kubelets.client: bootstrap',
          ),
        ]
      : [];
  }
}

/** A value that has no right form has no meaning to judge either: problems of it, around it and inside it are left out. */
function apartFrom(ofForm: readonly Problem[], ofValues: readonly Problem[]): Problem[] {
  const broken = new Set(ofForm.map(({at}) => at.path));
  const around = new Set([...broken].flatMap((path) => pathsAround(path)));
  return ofValues.filter(({at}) => !around.has(at.path) && !pathsAround(at.path).some((path) => broken.has(path)));
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

/** The path itself and every path around it down to its step's. */
function pathsAround(path: string): string[] {
  const paths: string[] = [];
  for (let rest = path; rest !== ''; rest = parentPath(rest)) {
    paths.push(rest);
    if (stepById(rest) !== undefined) {
      break;
    }
  }
  return paths;
}

/** By source as they come, and by line within one. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const order = [...new Set(problems.map(({at}) => at.source ?? ''))];
  return problems.toSorted(
    ({at: one}, {at: other}) =>
      order.indexOf(one.source ?? '') - order.indexOf(other.source ?? '') ||
      (one.line ?? 0) - (other.line ?? 0) ||
      (one.column ?? 0) - (other.column ?? 0),
  );
}

function withAbsolutePaths(plan: ClusterPlan, folder: string): ClusterPlan {
  const authorities = Object.entries(plan.trust.authorities).map(([id, each]) => [id, absolute(each, folder)] as const);
  return {...plan, trust: {...plan.trust, authorities: Object.fromEntries(authorities)}};
}

function absolute(brought: BroughtAuthority, folder: string): BroughtAuthority {
  const {certificate, key, passphrase} = brought;
  return {
    ...brought,
    certificate: absolutePath(certificate, folder),
    ...(key === undefined ? {} : {key: absolutePath(key, folder)}),
    ...(passphrase !== undefined && 'file' in passphrase
      ? {passphrase: {file: absolutePath(passphrase.file, folder)}}
      : {}),
  };
}

function absolutePath(path: string, folder: string): string {
  return isPath(path) && !isAbsolute(path) ? resolve(folder, path) : path;
}

/** Neither nothing nor a pasted key: those stay as they are, and the check says what is wrong with them. */
export function isPath(path: string): boolean {
  return path !== '' && !/\n|\0|-----BEGIN/.test(path);
}
