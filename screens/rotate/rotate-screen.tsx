import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Page, type Painted} from '../parts/page.tsx';
import {scrolledLines} from '../parts/scroll.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, span} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {changingLines} from './changing-lines.ts';
import {openedLines} from './difference-details.ts';
import {differenceLines} from './difference-lines.ts';
import {inventoryLines} from './inventory-lines.ts';
import {itemLines, namesLines} from './item-lines.ts';
import {failureLines} from '../parts/failure-lines.ts';
import {folderLines, interruptedLines, lookingLine, lookingLines} from './look-lines.ts';
import {optionsLines} from './options-lines.ts';
import {resultLines} from './result-lines.ts';
import {chosenCount, type RotateState} from './rotate-state.ts';
import {count} from '../../src/report/words.ts';

interface RotateProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

/** Every place of Rotate is lines, some with the terminal's cursor in them, some with a spinner before the first. */
export function RotateScreen({state, layout, tools}: RotateProps): ReactElement {
  const {glyphs} = useTheme();
  return <Page painted={painted(state.rotate, layout, tools.now(), glyphs)} layout={layout} />;
}

function painted(rotate: RotateState, layout: Layout, now: Date, glyphs: Glyphs): Painted {
  const {place} = rotate;
  const {width, height} = layout;
  const scrolled = (lines: readonly Line[], top: number): Painted => ({
    lines: scrolledLines(lines, top, height, glyphs),
  });
  switch (place.at) {
    case 'looking':
      return {busy: lookingLine(rotate), lines: lookingLines(width)};
    case 'folder':
      return folderLines(place, layout, glyphs);
    case 'interrupted': {
      const lines = interruptedLines(rotate, place, width, glyphs);
      return place.isRecovering
        ? {busy: line('Finishing or undoing it', 'title'), lines}
        : {lines: [[span(`${glyphs.warning} `, 'warn'), span('An earlier run was cut off', 'title')], ...lines]};
    }
    case 'inventory':
      return inventoryLines(rotate, layout, now, glyphs);
    case 'item':
      return scrolled(itemLines(rotate, place.row, width, now, glyphs), place.top);
    case 'names':
      return namesLines(rotate, place, layout, glyphs);
    case 'options':
      return optionsLines(rotate, place, layout, glyphs);
    case 'preparing':
      return place.failure === undefined
        ? {
            busy: line(
              `Making the new keys and certificates, in memory: ${count(chosenCount(rotate), 'certificate')}`,
              'title',
            ),
            lines: [blank, line('Nothing is written.', 'quiet')],
          }
        : {
            lines: [
              line('The difference could not be worked out', 'title'),
              blank,
              ...failureLines(place.failure, width, glyphs),
            ],
          };
    case 'difference':
      return place.opened === undefined
        ? differenceLines(rotate, place, layout, glyphs)
        : scrolled(openedLines(rotate, place, width), place.opened);
    case 'changing': {
      const {head, lines} = changingLines(place.run, place.top, place.answer, layout, glyphs);
      return place.run.question === undefined ? {busy: head, lines} : {lines: [head, ...lines]};
    }
    case 'result':
      return scrolled(resultLines(place.run, width, width, glyphs), place.top);
    default:
      return place satisfies never;
  }
}
