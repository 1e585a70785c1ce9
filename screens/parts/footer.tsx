import type {ReactElement} from 'react';
import type {Hint} from '../keys.ts';
import {keyTable, workingKeys} from '../keys.ts';
import type {Theme} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {LineRow} from './lines.tsx';
import type {Line, Span} from './text.ts';
import {lineWidth, span} from './text.ts';

/** Most keys that a footer names. */
const most = 6;

interface FooterProps {
  readonly hints: readonly Hint[];
  readonly isTyping: boolean;
  readonly width: number;
}

export function Footer({hints, isTyping, width}: FooterProps): ReactElement {
  const theme = useTheme();
  return <LineRow spans={footerLine(hints, isTyping, width, theme)} width={width} />;
}

/** The most useful keys that fit, in their order; help keeps its place at the end whatever else has to go. */
export function footerLine(hints: readonly Hint[], isTyping: boolean, width: number, theme: Theme): Line {
  const shown = hints.filter(({quiet, action}) => quiet !== true && workingKeys(action, hints, isTyping).length > 0);
  const help = shown.find(({action}) => action === 'help');
  const tail = help === undefined ? [] : hintSpans(help, hints, isTyping, theme);
  const gap = span('   ');
  let line: readonly Span[] = [];
  let count = 0;
  for (const hint of shown) {
    if (hint === help || count >= most) continue;
    const spans = hintSpans(hint, hints, isTyping, theme);
    const next = line.length === 0 ? spans : [...line, gap, ...spans];
    if (lineWidth(next) + (tail.length === 0 ? 0 : 3 + lineWidth(tail)) > width) continue;
    line = next;
    count += 1;
  }
  return line.length === 0 || tail.length === 0 ? [...line, ...tail] : [...line, gap, ...tail];
}

function hintSpans(
  {action, with: twin, label, keys: shown}: Hint,
  hints: readonly Hint[],
  isTyping: boolean,
  theme: Theme,
): readonly Span[] {
  const keys = [action, ...(twin === undefined ? [] : [twin])].flatMap(
    (one) => workingKeys(one, hints, isTyping)[0] ?? [],
  );
  const names = shown === undefined ? keys.map((key) => theme.keyName(key)) : [shown];
  const joined = names.every((name) => name.length === 1) ? names.join('') : names.join('/');
  return [span(joined, 'key'), span(` ${label ?? keyTable[action].label}`, 'quiet')];
}
