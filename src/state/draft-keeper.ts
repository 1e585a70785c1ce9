import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import type {ClusterPlan} from '../pki/plan.ts';
import {draftOf} from '../wizard/draft.ts';
import {steps} from '../wizard/steps.ts';
import type {WizardState} from '../wizard/wizard-state.ts';
import {writeDraft} from './draft-text.ts';
import type {DraftOptions} from './drafts.ts';
import {prepareFolder} from './own-folder.ts';
import {placeText} from './place-text.ts';
import {isSystemError} from '../base/system-failure.ts';
import {reasonOf} from './reason.ts';

/** A change waits this long for further ones; a run that is killed loses no more than that. */
const pauseMilliseconds = 400;

/**
 * Keeps one run's draft in a file of its own, so that two runs never write the same. Keys wait for none of it: what
 * there is to keep is read and written after a pause, one write after the other.
 */
export class DraftKeeper {
  readonly #options: DraftOptions;
  readonly #path: string;
  #latest: (() => WizardState) | undefined;
  #saved: ClusterPlan | undefined;
  /** The file whose draft this run has gone on with. */
  #replaced: string | undefined;
  /** What lies in the file; undefined = there is none. */
  #kept: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #tell: ((sentence: string) => void) | undefined;
  #isTold = false;
  #isClosed = false;

  /** @param options `folder` is the one of the drafts themselves */
  constructor(options: DraftOptions) {
    this.#options = options;
    const started = options
      .now()
      .toISOString()
      .replaceAll(/[-:]|\.\d+/g, '');
    this.#path = join(options.folder, `${started}-${process.pid}.json`);
  }

  keep(read: () => WizardState): void {
    if (this.#isClosed) return;
    this.#latest = read;
    this.#timer ??= setTimeout(() => this.#write(), pauseMilliseconds);
  }

  planSaved(plan: ClusterPlan): void {
    this.#saved = plan;
    if (this.#latest !== undefined) this.keep(this.#latest);
  }

  /** @param path undefined = somebody may still be at it, and it stays */
  replace(path: string | undefined): void {
    this.#replaced = path;
  }

  onTrouble(tell: (sentence: string) => void): void {
    this.#tell = tell;
  }

  async close(): Promise<string | undefined> {
    this.#isClosed = true;
    this.#tell = undefined;
    if (this.#timer !== undefined) this.#write();
    await this.#writing;
    return this.#kept === undefined ? undefined : this.#path;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#writeLatest());
  }

  async #writeLatest(): Promise<void> {
    if (this.#latest === undefined) return;
    const draft = draftOf(this.#latest(), {steps}, this.#saved);
    const content = draft === undefined ? undefined : JSON.stringify(draft);
    const isNew = content !== this.#kept;
    try {
      if (draft === undefined) {
        if (isNew) await rm(this.#path, {force: true});
      } else if (isNew) {
        const {folder, now, cwd, marks, program} = this.#options;
        if (!(await prepareFolder(folder))) return this.#complain('it belongs to another user');
        await placeText(this.#path, writeDraft({draft, saved: now(), folder: cwd, run: marks.own}, program));
      }
      this.#kept = content;
      if (this.#replaced !== undefined) await rm(this.#replaced, {force: true});
      this.#replaced = undefined;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#complain(reasonOf(error));
    }
  }

  /** Once, and quietly: nothing that is done here depends on it. */
  #complain(reason: string): void {
    if (this.#isTold || this.#tell === undefined) return;
    this.#isTold = true;
    this.#tell(`No draft can be kept in ${this.#options.folder}: ${reason}. All else works; save the plan to be sure.`);
  }
}
