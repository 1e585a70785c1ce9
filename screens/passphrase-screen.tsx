import type {ReactElement} from 'react';
import type {AuthorityId} from '../src/pki/plan.ts';
import type {Layout} from './layout.ts';
import {Caret} from './parts/caret.tsx';
import {Lines} from './parts/lines.tsx';
import type {Line} from './parts/text.ts';
import {secretField} from './parts/secret-text.ts';
import {blank, line, paragraph, span} from './parts/text.ts';
import type {TextFieldState} from './parts/text-field-state.ts';
import {visibleText} from './parts/visible-text.ts';
import {useTheme} from './theme.ts';

interface PassphraseProps {
  readonly authority: AuthorityId;
  readonly field: TextFieldState;
  readonly isRevealed: boolean;
  readonly layout: Layout;
}

const label = 'Passphrase  ';

/** What is typed here is drawn as stars unless a key reveals it. */
export function PassphraseScreen({authority, field, isRevealed, layout}: PassphraseProps): ReactElement {
  const {glyphs} = useTheme();
  const shown = visibleText(secretField(field, isRevealed), layout.width - label.length - 2, glyphs);
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
