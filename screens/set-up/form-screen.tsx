import {Box} from 'ink';
import {useMemo, type ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Caret} from '../parts/caret.tsx';
import {Lines} from '../parts/lines.tsx';
import type {Line} from '../parts/text.ts';
import {blank, line, span} from '../parts/text.ts';
import {noFindings} from '../findings.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import type {AsideTopic} from './asides.ts';
import {asideAbout, asideTopic, isAsideVital, readingAside} from './asides.ts';
import type {Aside} from './choice-asides.ts';
import {noAside} from './choice-asides.ts';
import type {FormLines, InnerAside} from './form-lines.ts';
import {formLines, windowTop} from './form-lines.ts';
import {readingLines} from './form-reading.ts';
import {shownForm} from './form-state.ts';

interface FormProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

/** From this width on what an answer means stands beside the question instead of under it. */
const asideFrom = 110;
const gap = 3;

/** A page of questions, and what the answers mean for this plan. */
export function FormScreen({state, layout, tools}: FormProps): ReactElement | null {
  const {glyphs} = useTheme();
  const isBeside = layout.width >= asideFrom;
  const asideWidth = isBeside ? Math.floor((layout.width - gap) * 0.42) : layout.width - 4;
  const formWidth = isBeside ? layout.width - gap - asideWidth : layout.width;
  const form = shownForm(state, tools);
  const topic = form === undefined ? undefined : asideTopic(state, form);
  const reading = form?.view.reading;
  const aside = useAside(
    topic,
    reading !== undefined,
    reading === undefined ? asideWidth : layout.width,
    glyphs,
    tools,
  );
  if (form === undefined) return null;
  if (reading !== undefined) {
    return (
      <Lines lines={readingLines(aside, reading, layout.height, glyphs)} width={layout.width} height={layout.height} />
    );
  }
  const meaning = [...aside.head, ...aside.lines];
  const inside = !isBeside && isAsideVital(form) ? meaning : [];
  const inner: InnerAside = isBeside
    ? {kind: 'none'}
    : inside.length > 0
      ? {kind: 'inside', lines: inside}
      : {kind: 'gist'};
  const lines = formLines(state, form, formWidth, inner, glyphs, tools);
  const top = windowTop(lines, layout.height);
  const room = layout.height - lines.lines.length - 1;
  const isText = form.step?.kind.kind === 'text' || form.step?.kind.kind === 'list';
  const under = isBeside || inside.length > 0 ? [] : asMuchAsFits(meaning, room, isText ? 'ctrl-o' : 'v');
  const {caret} = lines;
  return (
    <Box>
      <Lines
        lines={
          under.length > 0
            ? [...lines.lines, blank, ...under]
            : withMore(lines, top, layout.height, inside.length, glyphs)
        }
        width={formWidth}
        height={layout.height}
        top={top}
      />
      {isBeside ? (
        <Box marginLeft={gap}>
          <Lines lines={[blank, blank, ...meaning]} width={asideWidth} height={layout.height} />
        </Box>
      ) : null}
      <Caret
        place={caret === undefined ? undefined : {x: layout.left + caret.column, y: layout.top + caret.row - top}}
      />
    </Box>
  );
}

/** Made anew when what it is about has changed, not with each key: behind it stands a blueprint. */
function useAside(
  topic: AsideTopic | undefined,
  isReading: boolean,
  width: number,
  glyphs: Glyphs,
  tools: Tools,
): Aside {
  const {wizard, page, step, option = 0, marked, row, editor, costs = noFindings.costs} = topic ?? {};
  return useMemo(() => {
    if (wizard === undefined || page === undefined) return noAside;
    const about: AsideTopic = {wizard, page, step, option, marked, row, editor, costs};
    return (isReading ? readingAside : asideAbout)(about, width, glyphs, tools);
  }, [wizard, page, step, option, marked, row, editor, costs, isReading, width, glyphs, tools]);
}

/** Where the meaning of an answer is cut off by the window, the last row says how to see the rest. */
function withMore(
  {lines, focus}: FormLines,
  top: number,
  height: number,
  inside: number,
  glyphs: Glyphs,
): readonly Line[] {
  const last = top + height - 1;
  const hidden = focus.to - last;
  if (inside === 0 || focus.to <= top + height) return lines;
  const told: Line = [
    span(`${glyphs.bar} `, 'accent'),
    span(`  ${glyphs.below} ${hidden} more lines: v shows them all`, 'quiet'),
  ];
  return lines.with(last, told);
}

/** Fewer lines than this say nothing. */
const leastAside = 4;

/** @param key that shows all of it; while typing, letters type */
function asMuchAsFits(aside: readonly Line[], room: number, key: string): readonly Line[] {
  if (aside.length <= room) return aside;
  if (room < leastAside) return [];
  return [
    ...aside.slice(0, room - 1),
    line(`and ${aside.length - room + 1} more lines: ${key} shows them all`, 'quiet'),
  ];
}
