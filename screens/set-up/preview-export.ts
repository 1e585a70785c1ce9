import type {PreviewFormat} from '../../src/report/preview-document.ts';
import {documentEndings, formatWords, previewFormats, suggestedDocument} from '../../src/report/preview-document.ts';
import type {ActionId, Hint} from '../keys.ts';
import {isTextAction} from '../keys.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, paragraph, sentence, span} from '../parts/text.ts';
import type {TextFieldState} from '../parts/text-field-state.ts';
import {editText, insertText, textField} from '../parts/text-field-state.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {AppState, Turn} from '../screen.ts';
import {turn, withView} from '../screen.ts';
import type {Glyphs} from '../theme.ts';
import type {Exporting, PreviewView} from './preview-state.ts';

/** The whole preview into one file: which form, and where. */

export function openExport(view: PreviewView): PreviewView {
  const format: PreviewFormat = 'markdown';
  const field = textField(suggestedDocument(view.index.of.plan.cluster.name, format));
  return {...view, mode: {kind: 'exporting', format, field, refusal: undefined}};
}

export function exportHints({refusal}: Exporting): readonly Hint[] {
  return [
    {action: 'accept', label: 'write it'},
    {action: 'next-field', label: 'format'},
    ...(refusal?.isThere === true ? ([{action: 'replace'}] as const) : []),
    {action: 'back', label: 'leave it'},
    {action: 'previous-field', quiet: true},
  ];
}

export function actInExport(state: AppState, view: PreviewView, mode: Exporting, action: ActionId): Turn {
  const show = (next: PreviewView['mode']): Turn => turn(withView(state, 'preview', {...view, mode: next}));
  if (isTextAction(action)) return show(withField(mode, editText(mode.field, action)));
  switch (action) {
    case 'back':
      return show({kind: 'list'});
    case 'next-field':
      return show(inFormat(mode, 1));
    case 'previous-field':
      return show(inFormat(mode, -1));
    case 'accept':
      return write(state, view, mode, false);
    case 'replace':
      return mode.refusal?.isThere === true ? write(state, view, mode, true) : turn(state);
    default:
      return turn(state);
  }
}

export function typeIntoExport(view: PreviewView, mode: Exporting, text: string): PreviewView {
  return {...view, mode: withField(mode, insertText(mode.field, text))};
}

/** Only what was refused under this very name may be replaced. */
function withField(mode: Exporting, field: TextFieldState): Exporting {
  return {...mode, field, refusal: field.text === mode.field.text ? mode.refusal : undefined};
}

function write(state: AppState, {index}: PreviewView, {format, field}: Exporting, replaces: boolean): Turn {
  const path = field.text.trim();
  if (path === '') return turn(state);
  return turn(state, {kind: 'preview', effect: {kind: 'export', blueprint: index.of, format, path, replaces}});
}

/** The name keeps what was typed; only its ending follows the form. */
function inFormat(mode: Exporting, by: 1 | -1): Exporting {
  const index = (previewFormats.indexOf(mode.format) + by + previewFormats.length) % previewFormats.length;
  const format = previewFormats[index] ?? mode.format;
  const ending = documentEndings[mode.format];
  const {text} = mode.field;
  if (!text.endsWith(ending)) return {...mode, format};
  return {...withField(mode, textField(text.slice(0, -ending.length) + documentEndings[format])), format};
}

const label = 'File  ';

export function exportLines(
  {format, field, refusal}: Exporting,
  width: number,
  glyphs: Glyphs,
): {readonly lines: readonly Line[]; readonly caret: {readonly row: number; readonly column: number}} {
  const shown = visibleText(field, width - label.length - 2, glyphs);
  const head: readonly Line[] = [
    line('Export the preview', 'title'),
    ...paragraph('All of it in one file. A preview holds no secret: no key exists yet.', width, 'quiet'),
    blank,
    ...previewFormats.map((id): Line => {
      const isChosen = id === format;
      const {label: name, help} = formatWords[id];
      return [
        span(`${isChosen ? glyphs.chosen : glyphs.free} `, isChosen ? 'accent' : 'quiet'),
        span(name.padEnd(10), isChosen ? 'accent' : 'plain'),
        span(help, 'quiet'),
      ];
    }),
    blank,
  ];
  const told =
    refusal === undefined
      ? []
      : [
          ...paragraph(`${glyphs.wrong} ${sentence(refusal.message)}`, width, 'bad', 2),
          ...(refusal.isThere ? paragraph('Type another name, or press Ctrl-O to replace it.', width, 'plain', 4) : []),
        ];
  const fieldLine: Line = [span(`${glyphs.bar} `, 'accent'), span(label, 'accent'), span(shown.text)];
  return {
    lines: [...head, fieldLine, ...told],
    caret: {row: head.length, column: 2 + label.length + shown.column},
  };
}
