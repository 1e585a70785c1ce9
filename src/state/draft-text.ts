import type {Problem} from '../base/problem.ts';
import type {Draft, DraftAnswers, DraftPlace} from '../wizard/draft.ts';
import type {PlanValue, SourceId} from '../wizard/step.ts';
import {pageIds, sourceIds} from '../wizard/step.ts';
import {stepById} from '../wizard/steps.ts';
import type {Origin} from '../wizard/wizard-state.ts';

/** The form of drafts that is written here, and the only one that is read. */
const draftVersion = 1;

/** A draft and when, where and by whom it was written. */
export interface WrittenDraft {
  readonly draft: Draft;
  readonly saved: Date;
  /** The folder that the run was started in: relative paths begin there. */
  readonly folder: string;
  /** Marks the process that wrote it, as text for `LiveMarks`. */
  readonly run: string;
}

/** The text of a draft's file: JSON, with no secret in it. */
export function writeDraft({draft, saved, folder, run}: WrittenDraft, program: string): string {
  const {place, origin, originAnswers, answers, typed, problems, sources, voided, visited, tried, target} = draft;
  return `${JSON.stringify({
    about: 'Answers of certwright setup that are not finished. There is no secret in it; certwright offers to go on.',
    draftVersion,
    program,
    saved: saved.toISOString(),
    folder,
    run,
    place,
    origin,
    answers,
    typed,
    originAnswers,
    problems,
    sources,
    voided,
    visited,
    tried,
    target,
  })}\n`;
}

/** Why a text is no draft that can be gone on with, in the words that follow the file's name. */
export class NoDraft extends Error {
  override readonly name = 'NoDraft';
}

/** @throws NoDraft */
export function readDraft(text: string): WrittenDraft {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new NoDraft('is damaged: it is not JSON');
  }
  const file = new Fields(read, 'it');
  const version = file.optional('draftVersion');
  if (version !== draftVersion) throw new NoDraft(versionWords(version, file.optional('program')));
  const saved = new Date(file.text('saved'));
  if (Number.isNaN(saved.getTime())) throw new NoDraft('is damaged: "saved" is no time');
  return {
    saved,
    folder: file.text('folder'),
    run: file.text('run'),
    draft: {
      place: placeIn(file.fields('place')),
      origin: originIn(file.fields('origin')),
      originAnswers: answersIn(file.fields('originAnswers')),
      answers: answersIn(file.fields('answers')),
      typed: byStep(file.fields('typed'), (value) => textOf(value, 'typed')),
      problems: byStep(file.fields('problems'), (value) => listOf(value, 'problems').map(problemIn)),
      sources: byStep(file.fields('sources'), sourceIn),
      voided: texts(file, 'voided'),
      visited: texts(file, 'visited').filter(isPage),
      tried: texts(file, 'tried').filter(isPage),
      target: file.optional('target') === undefined ? undefined : file.text('target'),
    },
  };
}

function versionWords(version: unknown, program: unknown): string {
  if (typeof version !== 'number') return 'is no draft of Certwright';
  const maker = typeof program === 'string' ? `certwright ${program.slice(0, 40)}` : 'another Certwright';
  return `was written by ${maker} (draft version ${version}; this one reads ${draftVersion}): go on with that one`;
}

/** A record of unknown values: what is missing or of another type is named. */
class Fields {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #what: string;

  constructor(value: unknown, what: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new NoDraft(`is damaged: ${what} is no record`);
    }
    this.#values = new Map(Object.entries(value));
    this.#what = what;
  }

  optional(key: string): unknown {
    return this.#values.get(key);
  }

  text(key: string): string {
    return textOf(this.#values.get(key), `${this.#what}.${key}`);
  }

  fields(key: string): Fields {
    return new Fields(this.#values.get(key), key);
  }

  entries(): readonly (readonly [string, unknown])[] {
    return [...this.#values];
  }
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new NoDraft(`is damaged: ${what} is no text`);
  return value;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new NoDraft(`is damaged: ${what} is no list`);
  return value;
}

function texts(file: Fields, key: string): readonly string[] {
  return listOf(file.optional(key), key).map((one) => textOf(one, key));
}

/** Nothing that was answered is left out in silence, so a question that is not known here is a reason to refuse. */
function byStep<Value>(fields: Fields, read: (value: unknown) => Value): Readonly<Record<string, Value>> {
  const entries = fields.entries().map(([id, value]) => {
    if (id !== '' && stepById(id) === undefined) {
      throw new NoDraft(`answers ${JSON.stringify(id.slice(0, 60))}, which this version does not ask`);
    }
    return [id, read(value)] as const;
  });
  return Object.fromEntries(entries);
}

function answersIn(fields: Fields): DraftAnswers {
  return byStep(fields, (value) => planValueIn(value, 0));
}

/** Plans are flat; what is deeper than this was made to break something. */
const deepest = 8;

function planValueIn(value: unknown, depth: number): PlanValue {
  if (depth > deepest) throw new NoDraft('is damaged: an answer is nested too deep');
  if (typeof value === 'string' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => planValueIn(item, depth + 1));
  if (typeof value !== 'object') throw new NoDraft('is damaged: an answer is no text');
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, planValueIn(inside, depth + 1)]));
}

function placeIn(fields: Fields): DraftPlace {
  const at = fields.text('at');
  if (at === 'start' || at === 'preview' || at === 'target') return {at};
  const page = pageIds.find((id) => id === fields.optional('page'));
  if (at !== 'page' || page === undefined) throw new NoDraft('names a place that this version does not have');
  return {at, page};
}

function originIn(fields: Fields): Origin {
  const kind = fields.text('kind');
  switch (kind) {
    case 'machine':
      return {kind};
    case 'preset':
      return {kind, name: fields.text('name')};
    case 'file':
    case 'kubeadm':
      return {kind, path: fields.text('path')};
    default:
      throw new NoDraft('starts from something that this version does not know');
  }
}

function problemIn(value: unknown): Problem {
  const fields = new Fields(value, 'a problem');
  const fix = fields.optional('fix');
  return {
    code: fields.text('code'),
    severity: fields.text('severity') === 'warning' ? 'warning' : 'error',
    at: {path: fields.fields('at').text('path')},
    message: fields.text('message'),
    ...(typeof fix === 'string' ? {fix} : {}),
  };
}

function sourceIn(value: unknown): SourceId {
  const source = sourceIds.find((id) => id === value);
  if (source === undefined) throw new NoDraft('is damaged: an answer comes from nowhere');
  return source;
}

function isPage(id: string): id is (typeof pageIds)[number] {
  return pageIds.some((page) => page === id);
}
