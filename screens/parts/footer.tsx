import type {ReactElement} from 'react';
import type {ActionId, Hint} from '../keys.ts';
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

/** Cells of a footer of 80 columns; in one that is narrower the ways out stay when all else has to go. */
const usual = 78;

/** The most useful keys that fit, in their order; help keeps its place at the end. */
export function footerLine(hints: readonly Hint[], isTyping: boolean, width: number, theme: Theme): Line {
  const shown = hints
    .filter(({quiet, action}) => quiet !== true && workingKeys(action, hints, isTyping).length > 0)
    .map((hint) => ({hint, spans: hintSpans(hint, hints, isTyping, theme)}));
  const help = shown.find(({hint}) => hint.action === 'help');
  const others = shown.filter((one) => one !== help);
  const ways: readonly ActionId[] = width < usual ? ['back', 'quit'] : [];
  const order = [...others.filter(({hint}) => ways.includes(hint.action)), ...others];
  const chosen = new Set<(typeof shown)[number]>();
  let left = width - (help === undefined ? -gap.text.length : lineWidth(help.spans));
  for (const one of order) {
    const needed = lineWidth(one.spans) + gap.text.length;
    if (chosen.has(one) || chosen.size >= most || needed > left) continue;
    chosen.add(one);
    left -= needed;
  }
  const named = [...others.filter((one) => chosen.has(one)), ...(help === undefined ? [] : [help])];
  return named.flatMap(({spans}, index) => (index === 0 ? spans : [gap, ...spans]));
}

const gap = span('   ');

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
