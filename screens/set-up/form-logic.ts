import type {ActionId, Hint} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import {isListMove} from '../parts/list-state.ts';
import {editText, insertText, oneLine} from '../parts/text-field-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {turn, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {offersField} from './form-fields.ts';
import type {ShownForm} from './form-state.ts';
import {actWhileReading, isMarked, mark, readingHints} from './form-reading.ts';
import {goOn, leavePage, moveFocus, shownForm, tableOf, unfold, withForm, withOption} from './form-state.ts';
import {actOnOffers} from './offers.ts';
import {hintsOfTable} from './records-hints.ts';
import {actOnTable, isTypingInTable, pasteIntoTable, typeIntoTable} from './records-logic.ts';

/** A page of questions: topology, network, keys, people, and the nodes with their table. */
export const formScreen: Screen = {
  hints: (state, tools) => {
    const form = shownForm(state, tools);
    if (form === undefined) return [];
    if (form.view.reading !== undefined) return readingHints(form);
    const own = hintsOf(form);
    const others = everywhere(form);
    // A table has many keys; how to go back must be among those that a footer has room for.
    const back = form.step?.kind.kind === 'records' ? others.filter(({action}) => action === 'back') : [];
    return [...own.slice(0, 3), ...back, ...own.slice(3), ...others.filter((hint) => !back.includes(hint))];
  },
  isTyping: (state, tools) => {
    const form = shownForm(state, tools);
    if (form?.step === undefined || form.view.reading !== undefined) return false;
    const {kind} = form.step.kind;
    return kind === 'text' || kind === 'list' || (kind === 'records' && isTypingInTable(form, form.step));
  },
  act: (state, action, tools, key) => {
    const form = shownForm(state, tools);
    if (form === undefined) return turn(state);
    return form.view.reading === undefined
      ? act(state, form, action, tools, key)
      : turn(actWhileReading(state, form, action, tools, key));
  },
  type: (state, text, tools) => {
    const form = shownForm(state, tools);
    if (form?.step === undefined) return turn(state);
    if (form.step.kind.kind === 'records') return turn(typeIntoTable(state, form, form.step, text));
    return turn(withText(state, form, form.step.id, insertText(form.view.field, text), tools));
  },
  paste: (state, text, tools) => {
    const form = shownForm(state, tools);
    if (form?.step === undefined || form.view.reading !== undefined) return turn(state);
    if (form.step.kind.kind === 'records') return turn(pasteIntoTable(state, form, form.step, text, tools));
    const isText = form.step.kind.kind === 'text' || form.step.kind.kind === 'list';
    return turn(
      isText ? withText(state, form, form.step.id, insertText(form.view.field, oneLine(text)), tools) : state,
    );
  },
};

function hintsOf(form: ShownForm): readonly Hint[] {
  const {step, view} = form;
  if (view.focus === offersField) {
    return [
      {action: 'toggle', label: 'in or out'},
      {action: 'accept', label: 'next page'},
      {action: 'up', with: 'down', label: 'name'},
      {action: 'digit', label: 'name', quiet: true},
    ];
  }
  if (step === undefined) {
    return [
      {action: 'toggle', label: 'show them'},
      {action: 'accept', label: 'next page'},
      {action: 'up', with: 'down', label: 'field'},
    ];
  }
  switch (step.kind.kind) {
    case 'text':
    case 'list':
      return [{action: 'accept'}, {action: 'up', with: 'down', label: 'field'}];
    case 'choice':
      return [
        {action: 'accept', label: 'choose, next'},
        {action: 'up', with: 'down', label: 'option'},
        {action: 'compare', ...(isMarked(form) ? {label: 'unmark'} : {})},
        {action: 'in-full'},
        {action: 'toggle', quiet: true},
        {action: 'digit', label: 'option', quiet: true},
      ];
    case 'choices':
      return [
        {action: 'toggle', label: 'on or off'},
        {action: 'accept'},
        {action: 'up', with: 'down', label: 'option'},
        {action: 'digit', label: 'option', quiet: true},
      ];
    case 'records':
      return hintsOfTable(form, step);
    default:
      return step.kind satisfies never;
  }
}

function everywhere({step, view}: ShownForm): readonly Hint[] {
  const isTable = step?.kind.kind === 'records';
  if (isTable && tableOf(view, step.id).mode.kind !== 'table') return [];
  const isByArrows = step === undefined || step.kind.kind === 'text' || step.kind.kind === 'list';
  return [
    ...(isTable ? [] : ([{action: 'back'}] as const)),
    {action: 'next-field', label: 'field', ...(isByArrows ? {quiet: true} : {})},
    ...(isTable ? ([{action: 'back'}] as const) : ([{action: 'page-down', label: 'next page'}] as const)),
    ...(step?.kind.kind === 'choice' ? [] : ([{action: 'in-full'}] as const)),
    {action: 'previous-field', quiet: true},
    ...(isTable ? [] : ([{action: 'page-up', label: 'page before', quiet: true}] as const)),
  ];
}

function act(state: AppState, form: ShownForm, action: ActionId, tools: Tools, key: string): Turn {
  const {step} = form;
  if (action === 'in-full') return turn(withForm(state, form.page, {...form.view, reading: 0}));
  if (form.view.focus === offersField) return turn(actOnOffers(state, form, action, tools, key));
  if (step?.kind.kind === 'records') {
    const acted = actOnTable(state, form, step, action, tools);
    if (acted !== undefined) return turn(acted);
  }
  switch (action) {
    case 'accept':
      return turn(accept(state, form, tools));
    case 'next-field':
      return turn(moveFocus(state, 1, tools) ?? state);
    case 'previous-field':
      return turn(moveFocus(state, -1, tools) ?? state);
    case 'page-down':
      return turn(leavePage(state, tools));
    case 'back':
      return turn(isMarked(form) ? mark(state, form) : withWizard(state, {kind: 'went-back'}, tools));
    case 'page-up':
      return turn(withWizard(state, {kind: 'went-back'}, tools));
    case 'compare':
      return turn(mark(state, form));
    case 'toggle':
      return turn(step === undefined ? unfold(state, tools) : choose(state, form, tools));
    case 'digit':
      return turn(withOption(state, form, () => Number(key) - 1));
    default:
      return turn(isTextAction(action) ? edit(state, form, action, tools) : move(state, form, action, tools));
  }
}

function accept(state: AppState, form: ShownForm, tools: Tools): AppState {
  if (form.step?.kind.kind === 'choice') {
    const chosen = choose(state, form, tools);
    // An option that was refused is not a reason to go on.
    return chosen.wizard.problems[form.step.id] === undefined ? goOn(chosen, tools) : chosen;
  }
  return goOn(state, tools);
}

/** The option under the cursor: chosen, or with several to choose from switched on or off. */
function choose(state: AppState, {step, view}: ShownForm, tools: Tools): AppState {
  if (step === undefined || (step.kind.kind !== 'choice' && step.kind.kind !== 'choices')) return state;
  const option = step.kind.options[view.option];
  if (option === undefined) return state;
  if (step.kind.kind === 'choice')
    return withWizard(state, {kind: 'answered', step: step.id, raw: option.value}, tools);
  const chosen = step.show(state.wizard.plan).split(/[\s,]+/);
  const wanted = step.kind.options
    .map(({value}) => value)
    .filter((value) => (value === option.value ? !chosen.includes(value) : chosen.includes(value)));
  return withWizard(state, {kind: 'answered', step: step.id, raw: wanted.join(', ')}, tools);
}

function move(state: AppState, form: ShownForm, action: ActionId, tools: Tools): AppState {
  if (action !== 'up' && action !== 'down' && !isListMove(action)) return state;
  const kind = form.step?.kind.kind;
  if (kind === 'choice' || kind === 'choices') {
    const by = action === 'up' ? -1 : action === 'down' ? 1 : 0;
    return withOption(state, form, (option) => option + by);
  }
  if (action !== 'up' && action !== 'down') return state;
  return moveFocus(state, action === 'up' ? -1 : 1, tools) ?? state;
}

function edit(state: AppState, form: ShownForm, action: ActionId, tools: Tools): AppState {
  const {step, view} = form;
  if (step === undefined || !isTextAction(action)) return state;
  const field = editText(view.field, action);
  return field.text === view.field.text
    ? withForm(state, form.page, {...view, field})
    : withText(state, form, step.id, field, tools);
}

function withText(state: AppState, form: ShownForm, id: string, field: TextFieldState, tools: Tools): AppState {
  const typed = withWizard(state, {kind: 'typed', step: id, text: field.text}, tools);
  return withForm(typed, form.page, {...form.view, field});
}
