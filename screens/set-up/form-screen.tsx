import {Box} from 'ink';
import {useMemo, type ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {Caret} from '../parts/caret.tsx';
import {Lines} from '../parts/lines.tsx';
import type {Line} from '../parts/text.ts';
import {blank, line} from '../parts/text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import type {AsideTopic} from './asides.ts';
import {asideLines, isAsideVital} from './asides.ts';
import {formLines, windowTop} from './form-lines.ts';
import type {ShownForm} from './form-state.ts';
import {shownForm, tableOf} from './form-state.ts';

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
  const aside = useAside(asideTopic(state, form), asideWidth, glyphs, tools);
  if (form === undefined) return null;
  const inside = !isBeside && isAsideVital(form) ? aside : [];
  const lines = formLines(state, form, formWidth, inside, glyphs, tools);
  const top = windowTop(lines, layout.height);
  const room = layout.height - lines.lines.length - 1;
  const under = isBeside || inside.length > 0 ? [] : asMuchAsFits(aside, room);
  const {caret} = lines;
  return (
    <Box>
      <Lines
        lines={under.length > 0 ? [...lines.lines, blank, ...under] : lines.lines}
        width={formWidth}
        height={layout.height}
        top={top}
      />
      {isBeside ? (
        <Box marginLeft={gap}>
          <Lines lines={[blank, blank, ...aside]} width={asideWidth} height={layout.height} />
        </Box>
      ) : null}
      <Caret
        place={caret === undefined ? undefined : {x: layout.left + caret.column, y: layout.top + caret.row - top}}
      />
    </Box>
  );
}

function asideTopic({wizard}: AppState, form: ShownForm | undefined): AsideTopic | undefined {
  if (form === undefined) return undefined;
  const {page, step, view} = form;
  const table = step === undefined ? undefined : tableOf(view, step.id);
  return {wizard, page, step, option: view.option, row: table?.mode.kind === 'table' ? table.list.cursor : undefined};
}

/** Made anew when what it is about has changed, not with each key: behind it stands a blueprint. */
function useAside(topic: AsideTopic | undefined, width: number, glyphs: Glyphs, tools: Tools): readonly Line[] {
  const {wizard, page, step, option = 0, row} = topic ?? {};
  return useMemo(
    () =>
      wizard === undefined || page === undefined
        ? []
        : asideLines({wizard, page, step, option, row}, width, glyphs, tools),
    [wizard, page, step, option, row, width, glyphs, tools],
  );
}

/** Fewer lines than this say nothing. */
const leastAside = 4;

function asMuchAsFits(aside: readonly Line[], room: number): readonly Line[] {
  if (aside.length <= room) return aside;
  if (room < leastAside) return [];
  return [
    ...aside.slice(0, room - 1),
    line(`and ${aside.length - room + 1} more lines, in a larger terminal`, 'quiet'),
  ];
}
