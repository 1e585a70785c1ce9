import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Caret} from '../parts/caret.tsx';
import {Lines} from '../parts/lines.tsx';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import {useTheme} from '../theme.ts';
import {importLines} from './import-lines.ts';

interface ImportProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

export function ImportScreen({state, layout, tools}: ImportProps): ReactElement {
  const {glyphs} = useTheme();
  const {lines, caret} = importLines(state, layout.width, glyphs, tools);
  return (
    <>
      <Lines lines={lines} width={layout.width} height={layout.height} />
      <Caret place={caret === undefined ? undefined : {x: layout.left + caret.column, y: layout.top + caret.row}} />
    </>
  );
}
