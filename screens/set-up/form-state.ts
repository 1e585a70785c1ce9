import type {PageId, Step} from '../../src/wizard/step.ts';
import {problemsAt} from '../../src/wizard/wizard-state.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import {textField} from '../parts/text-field-state.ts';
import type {AppState} from '../screen.ts';
import {withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import {answerText, formFields, moreField, stepById} from './form-fields.ts';
import type {RecordsView} from './records-state.ts';
import {recordsStart} from './records-state.ts';

/** The cursors of a page of questions. */
export interface FormView {
  /** Step id, or `more`. */
  readonly focus: string;
  /** The text and caret, while a text or list question has the focus. */
  readonly field: TextFieldState;
  /** The option under the cursor, while a choice has the focus. */
  readonly option: number;
  /** By step id. */
  readonly tables: Readonly<Record<string, RecordsView>>;
  readonly isUnfolded: boolean;
  /** The option that others are held against. */
  readonly marked: MarkedOption | undefined;
  /** The first visible line while what the answer means has the whole screen; undefined = it has not. */
  readonly reading: number | undefined;
}

export interface MarkedOption {
  /** The question's id. */
  readonly step: string;
  /** The option's value. */
  readonly value: string;
}

/** The page that is shown, with its cursors. */
export interface ShownForm {
  readonly page: PageId;
  readonly view: FormView;
  /** The question with the focus; undefined on the row that unfolds. */
  readonly step: Step | undefined;
}

const emptyView: FormView = {
  focus: '',
  field: textField(''),
  option: 0,
  tables: {},
  isUnfolded: false,
  marked: undefined,
  reading: undefined,
};

export function shownForm(state: AppState, tools: Tools): ShownForm | undefined {
  const {place} = state.wizard;
  if (place.at !== 'page') return undefined;
  const view = state.views.forms[place.page] ?? emptyView;
  return {page: place.page, view, step: stepById(tools, view.focus)};
}

export function tableOf(view: FormView, id: string): RecordsView {
  return view.tables[id] ?? recordsStart;
}

export function withForm(state: AppState, page: PageId, view: FormView): AppState {
  return withView(state, 'forms', {...state.views.forms, [page]: view});
}

/** The cursor on another option; the same state where there is none. */
export function withOption(state: AppState, {page, view, step}: ShownForm, move: (option: number) => number): AppState {
  if (step?.kind.kind !== 'choice' && step?.kind.kind !== 'choices') return state;
  const last = step.kind.options.length - 1;
  const option = move(view.option);
  return option < 0 || option > last ? state : withForm(state, page, {...view, option});
}

export function withTable(state: AppState, {page, view}: ShownForm, id: string, table: RecordsView): AppState {
  return withForm(state, page, {...view, tables: {...view.tables, [id]: table}});
}

/** After the page was entered or its questions have changed: the focus is on a question that is there. */
export function refocus(state: AppState, tools: Tools): AppState {
  const form = shownForm(state, tools);
  if (form === undefined) return state;
  const {ids} = formFields(state.wizard, form.page, form.view, tools);
  return focusOn(state, ids.includes(form.view.focus) ? form.view.focus : (ids[0] ?? moreField), tools);
}

/** Puts the focus on a question and its cursor where the answer is. */
function focusOn(state: AppState, id: string, tools: Tools): AppState {
  const form = shownForm(state, tools);
  if (form === undefined) return state;
  const step = stepById(tools, id);
  const text = step === undefined ? '' : answerText(state.wizard, step);
  return withForm(state, form.page, {
    ...form.view,
    focus: id,
    marked: form.view.marked?.step === id ? form.view.marked : undefined,
    reading: undefined,
    field: textField(step?.kind.kind === 'text' || step?.kind.kind === 'list' ? text : ''),
    option:
      step?.kind.kind === 'choice'
        ? Math.max(
            0,
            step.kind.options.findIndex(({value}) => value === text),
          )
        : 0,
    tables:
      step?.kind.kind === 'records'
        ? {...form.view.tables, [id]: {...tableOf(form.view, id), mode: {kind: 'table'}}}
        : form.view.tables,
  });
}

/** To the next or the previous field; the one that is left goes into the plan if it can. `undefined` at the end. */
export function moveFocus(state: AppState, by: 1 | -1, tools: Tools): AppState | undefined {
  const form = shownForm(state, tools);
  if (form === undefined) return undefined;
  const left = leaveField(state, tools);
  const {ids} = formFields(left.wizard, form.page, form.view, tools);
  const next = ids[ids.indexOf(form.view.focus) + by];
  return next === undefined ? undefined : focusOn(left, next, tools);
}

function leaveField(state: AppState, tools: Tools): AppState {
  const form = shownForm(state, tools);
  return form?.step === undefined ? state : withWizard(state, {kind: 'field-left', step: form.step.id}, tools);
}

/** Enter: to the next question, or to the next page after the last. */
export function goOn(state: AppState, tools: Tools): AppState {
  const moved = moveFocus(state, 1, tools);
  const isOnQuestion = moved !== undefined && shownForm(moved, tools)?.step !== undefined;
  return isOnQuestion ? moved : leavePage(state, tools);
}

/** To the next page; a page with an error stays, and shows where it is. */
export function leavePage(state: AppState, tools: Tools): AppState {
  const next = withWizard(leaveField(state, tools), {kind: 'went-next'}, tools);
  if (next.wizard.place.at !== 'page' || state.wizard.place.at !== 'page') return next;
  if (next.wizard.place.page !== state.wizard.place.page) return next;
  const {steps} = formFields(next.wizard, next.wizard.place.page, shownForm(next, tools)?.view, tools);
  const wrong = steps.find((step) => problemsAt(next.wizard, step).some(({severity}) => severity === 'error'));
  return wrong === undefined ? next : focusOn(next, wrong.id, tools);
}

export function unfold(state: AppState, tools: Tools): AppState {
  const form = shownForm(state, tools);
  if (form === undefined) return state;
  const before = formFields(state.wizard, form.page, form.view, tools);
  const view = {...form.view, isUnfolded: true};
  const after = formFields(state.wizard, form.page, view, tools);
  const first = after.ids.find((id) => !before.ids.includes(id));
  return focusOn(withForm(state, form.page, view), first ?? form.view.focus, tools);
}
