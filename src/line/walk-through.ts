import type {Problem} from '../base/problem.ts';
import type {SetUpServices} from '../journeys/set-up-services.ts';
import {emptyPlan} from '../pki/plan.ts';
import {textGlyphs, type TextGlyphs} from '../report/text-glyphs.ts';
import type {FoundDraft} from '../state/drafts.ts';
import {resumedFrom} from '../wizard/draft.ts';
import type {Step} from '../wizard/step.ts';
import {reduceWizard} from '../wizard/wizard.ts';
import {wizardStart, type Notice, type WizardEvent, type WizardState} from '../wizard/wizard-state.ts';
import type {Asker} from './ask.ts';
import {errorsOf} from './words.ts';

/** One walk through Set up: the wizard's state, which its reducer alone changes, and who asks and says. */
export class WalkThrough {
  readonly asker: Asker;
  readonly services: SetUpServices;
  readonly glyphs: TextGlyphs;
  readonly signal: AbortSignal;
  /** Where the plan was saved last. */
  savedPlan: string | undefined;
  #state: WizardState = wizardStart;

  constructor(asker: Asker, services: SetUpServices, glyphs: 'unicode' | 'ascii', signal: AbortSignal) {
    this.asker = asker;
    this.services = services;
    this.glyphs = {...textGlyphs[glyphs], width: asker.tableWidth};
    this.signal = signal;
  }

  get state(): WizardState {
    return this.#state;
  }

  /** Lets the wizard take an event, and says what it has to say about it. */
  take(event: WizardEvent): void {
    this.#state = reduceWizard(this.#state, event, this.services);
    this.services.drafts?.keep(() => this.#state);
    const {notice} = this.#state;
    if (notice === undefined) return;
    this.asker.say(noticeText(notice));
    this.#state = reduceWizard(this.#state, {kind: 'noticed', notice: undefined}, this.services);
  }

  /** Goes on where another run has stopped. */
  resume(found: FoundDraft): void {
    this.#state = resumedFrom(found.draft, this.services);
    this.services.drafts?.takeOver(found);
    this.take({kind: 'noticed', notice: this.#state.notice});
  }

  /** Whether a plan file has answered it, and nobody since. */
  isGiven({id}: Step): boolean {
    return this.#state.sources[id] === 'file';
  }

  isWrong(step: Step): boolean {
    return this.#state.typed[step.id] !== undefined || this.wrongIn(step).length > 0;
  }

  /** What is wrong with an answer that was given and not asked for here. */
  wrongIn(step: Step): readonly Problem[] {
    const refused = errorsOf(this.#state.problems[step.id] ?? []);
    return refused.length > 0 ? refused : errorsOf(step.check(this.#state.plan));
  }

  /** What is wrong is asked in any case; what a plan file answers, or is rarely answered otherwise than here, is not. */
  isAsked(step: Step): boolean {
    if (this.isWrong(step)) return true;
    if (this.isGiven(step)) return false;
    return !step.advanced || step.show(this.#state.plan) !== step.show(emptyPlan);
  }
}

function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case 'said':
      return notice.text;
    case 'voided':
      return `${notice.by} puts other answers out of force: ${notice.answers.map(({ask, was}) => `${ask} (${was})`).join('; ')}.`;
    default:
      return notice satisfies never;
  }
}
