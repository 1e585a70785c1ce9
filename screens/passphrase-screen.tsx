import type {ReactElement} from 'react';
import type {AuthorityId} from '../src/pki/plan.ts';
import type {Layout} from './layout.ts';
import {Caret} from './parts/caret.tsx';
import {Lines} from './parts/lines.tsx';
import type {Line} from './parts/text.ts';
import {blank, graphemesOf, line, paragraph, span} from './parts/text.ts';
import type {TextFieldState} from './parts/text-field-state.ts';
import {visibleText} from './parts/visible-text.ts';
import {useTheme} from './theme.ts';

interface PassphraseProps {
  readonly authority: AuthorityId;
  readonly field: TextFieldState;
  readonly layout: Layout;
}

const label = 'Passphrase  ';

/** What is typed here is never drawn: a star stands for each character. */
export function PassphraseScreen({authority, field, layout}: PassphraseProps): ReactElement {
  const {glyphs} = useTheme();
  const stars = (text: string): string => '*'.repeat(graphemesOf(text).length);
  const masked = {text: stars(field.text), caret: stars(field.text.slice(0, field.caret)).length};
  const shown = visibleText(masked, layout.width - label.length - 2, glyphs);
  const head: readonly Line[] = [
    line(`The key of ${authority} is encrypted`, 'title'),
    ...paragraph('Its passphrase is used once, to read the key, and is written nowhere.', layout.width, 'quiet'),
    blank,
  ];
  const lines: readonly Line[] = [...head, [span(`${glyphs.bar} `, 'accent'), span(label, 'accent'), span(shown.text)]];
  return (
    <>
      <Lines lines={lines} width={layout.width} height={layout.height} />
      <Caret place={{x: layout.left + 2 + label.length + shown.column, y: layout.top + head.length}} />
    </>
  );
}
