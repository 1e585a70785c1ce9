import type {OfferedName} from '../../src/wizard/offers.ts';
import type {ActionId} from '../keys.ts';
import type {AppState} from '../screen.ts';
import {withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {answerText, offeredFor, stepById} from './form-fields.ts';
import type {ShownForm} from './form-state.ts';
import {leavePage, moveFocus, withForm} from './form-state.ts';

/** A name to pick, and whether it is in the answer. */
export interface Offer extends OfferedName {
  readonly isIn: boolean;
}

export function offersOf({wizard}: Pick<AppState, 'wizard'>, tools: Tools): readonly Offer[] {
  const step = stepById(tools, offeredFor);
  if (step === undefined) return [];
  const names = namesIn(answerText(wizard, step));
  return tools.offeredNames(wizard.plan).map((offer) => ({...offer, isIn: names.includes(offer.value)}));
}

/** The row of names to pick from: the cursor moves among them, and past the ends to the next field. */
export function actOnOffers(state: AppState, form: ShownForm, action: ActionId, tools: Tools, key: string): AppState {
  const {page, view} = form;
  const last = offersOf(state, tools).length - 1;
  const to = (option: number): AppState =>
    option < 0 || option > last ? state : withForm(state, page, {...view, option});
  switch (action) {
    case 'up':
      return view.option === 0 ? (moveFocus(state, -1, tools) ?? state) : to(view.option - 1);
    case 'down':
      return view.option >= last ? (moveFocus(state, 1, tools) ?? state) : to(view.option + 1);
    case 'digit':
      return to(Number(key) - 1);
    case 'toggle':
      return toggleOffer(state, view.option, tools);
    case 'accept':
    case 'page-down':
      return leavePage(state, tools);
    case 'next-field':
      return moveFocus(state, 1, tools) ?? state;
    case 'previous-field':
      return moveFocus(state, -1, tools) ?? state;
    case 'back':
    case 'page-up':
      return withWizard(state, {kind: 'went-back'}, tools);
    default:
      return state;
  }
}

/** Puts a name into the answer, or takes it out; whatever else stands there stays, right or wrong. */
function toggleOffer(state: AppState, index: number, tools: Tools): AppState {
  const step = stepById(tools, offeredFor);
  const offer = offersOf(state, tools)[index];
  if (step === undefined || offer === undefined) return state;
  const names = namesIn(answerText(state.wizard, step));
  const wanted = offer.isIn ? names.filter((name) => name !== offer.value) : [...names, offer.value];
  return withWizard(state, {kind: 'answered', step: step.id, raw: wanted.join(', ')}, tools);
}

function namesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '');
}
