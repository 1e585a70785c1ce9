import type {ReactElement} from 'react';
import type {Layout} from './layout.ts';
import {Caret} from './parts/caret.tsx';
import {Lines} from './parts/lines.tsx';
import type {Line} from './parts/text.ts';
import {blank, line, paragraph, span} from './parts/text.ts';
import type {TextFieldState} from './parts/text-field-state.ts';
import {visibleText} from './parts/visible-text.ts';
import {useTheme} from './theme.ts';

interface SaveProps {
  readonly field: TextFieldState;
  readonly failure: string | undefined;
  readonly layout: Layout;
}

const label = 'File  ';

export function SaveScreen({field, failure, layout}: SaveProps): ReactElement {
  const {glyphs} = useTheme();
  const shown = visibleText(field, layout.width - label.length - 2, glyphs);
  const head: readonly Line[] = [
    line('Save the plan', 'title'),
    ...paragraph('Every answer so far, as YAML with comments. There is no secret in it.', layout.width, 'quiet'),
    blank,
  ];
  const lines: readonly Line[] = [
    ...head,
    [span(`${glyphs.bar} `, 'accent'), span(label, 'accent'), span(shown.text)],
    ...(failure === undefined ? [] : paragraph(`${glyphs.wrong} ${failure}`, layout.width, 'bad', 2)),
  ];
  return (
    <>
      <Lines lines={lines} width={layout.width} height={layout.height} />
      <Caret place={{x: layout.left + 2 + label.length + shown.column, y: layout.top + head.length}} />
    </>
  );
}
