import type {ActionId, Hint} from '../keys.ts';
import {isListMove} from '../parts/list-state.ts';
import {scrolledLines, scrollText} from '../parts/scroll.ts';
import type {Line} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import {layoutAt} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {makeTheme} from '../theme.ts';
import type {Aside} from './choice-asides.ts';
import {asideTopic, readingAside} from './asides.ts';
import type {ShownForm} from './form-state.ts';
import {shownForm, withForm, withOption} from './form-state.ts';

/** What an answer means, on the whole screen, and the option that others are held against. */

/** While what the answer means has the whole screen. */
export function readingHints(form: ShownForm): readonly Hint[] {
  const isChoice = form.step?.kind.kind === 'choice';
  return [
    {action: 'back', label: 'to the question'},
    {action: 'up', with: 'down', label: 'scroll'},
    {action: 'page-up', with: 'page-down', label: 'page'},
    ...(isChoice ? ([{action: 'digit', label: 'option', keys: '1-9'}] as const) : []),
    ...(isChoice ? ([{action: 'compare', ...(isMarked(form) ? {label: 'unmark'} : {})}] as const) : []),
    {action: 'first', with: 'last', quiet: true},
    {action: 'in-full', quiet: true},
  ];
}

export function actWhileReading(
  state: AppState,
  form: ShownForm,
  action: ActionId,
  tools: Tools,
  key: string,
): AppState {
  const {page, view} = form;
  const top = view.reading ?? 0;
  if (action === 'back' || action === 'in-full') return withForm(state, page, {...view, reading: undefined});
  if (action === 'compare') return mark(state, form);
  if (action === 'digit') {
    const moved = withOption(state, form, () => Number(key) - 1);
    const now = shownForm(moved, tools);
    return now === undefined ? moved : withForm(moved, page, {...now.view, reading: 0});
  }
  if (!isListMove(action)) return state;
  const {width, height} = layoutAt(state);
  const aside = pinned(readingAside(asideTopic(state, form), width, countingGlyphs, tools), height);
  return withForm(state, page, {
    ...view,
    reading: scrollText(top, action, aside.lines.length, height - aside.head.length),
  });
}

/** What stands on the screen: the head, and a window over the rest. */
export function readingLines(aside: Aside, top: number, height: number, glyphs: Glyphs): readonly Line[] {
  const {head, lines} = pinned(aside, height);
  return [...head, ...scrolledLines(lines, top, height - head.length, glyphs)];
}

/** A head that leaves too little room for what it is about is scrolled too. */
function pinned(aside: Aside, height: number): Aside {
  return height - aside.head.length < 6 ? {head: [], lines: [...aside.head, ...aside.lines]} : aside;
}

/** Only their width counts here, and that is the same for all. */
const countingGlyphs = makeTheme({ascii: true, color: false}).glyphs;

export function isMarked({step, view}: ShownForm): boolean {
  return step !== undefined && view.marked?.step === step.id;
}

/** Marks the option under the cursor, so that others are held against it; once more, or Esc, ends that. */
export function mark(state: AppState, form: ShownForm): AppState {
  const {page, view, step} = form;
  if (step?.kind.kind !== 'choice') return state;
  const value = step.kind.options[view.option]?.value;
  const marked = isMarked(form) || value === undefined ? undefined : {step: step.id, value};
  return withForm(state, page, {...view, marked});
}
