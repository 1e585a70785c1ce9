import type {Role} from '../theme.ts';
import type {Line} from './text.ts';
import {pad, span, wrap} from './text.ts';

/** A label and what it says, wrapped under itself: the form of every details pane. */
export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly as?: Role;
}

const labelWidth = 13;

export function factLines(facts: readonly Fact[], width: number): readonly Line[] {
  return facts.flatMap(({label, text, as = 'plain'}) =>
    wrap(text, width - labelWidth).map((part, index) => [
      span(pad(index === 0 ? label : '', labelWidth), 'quiet'),
      span(part, as),
    ]),
  );
}

/** Two columns under a label: a name, and why it is there. Without a label they begin at the left. */
export function pairLines(
  label: string,
  pairs: readonly (readonly [name: string, why: string])[],
  width: number,
): readonly Line[] {
  const indent = label === '' ? 0 : labelWidth;
  const longest = pairs.reduce((most, [name]) => Math.max(most, name.length), 0);
  const nameWidth = Math.min(longest + 2, Math.floor((width - indent) * 0.62));
  return pairs.flatMap(([name, why], index) => {
    const names = wrap(name, nameWidth - 1);
    const reasons = wrap(why, Math.max(8, width - indent - nameWidth));
    return Array.from({length: Math.max(names.length, reasons.length)}, (_, row) => [
      span(pad(index === 0 && row === 0 ? label : '', indent), 'quiet'),
      span(pad(names[row] ?? '', nameWidth)),
      span(reasons[row] ?? '', 'quiet'),
    ]);
  });
}
