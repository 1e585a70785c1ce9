import {Box} from 'ink';
import type {ReactElement} from 'react';
import type {Layout} from '../layout.ts';
import {LineRow, Lines} from '../parts/lines.tsx';
import {scrolledLines} from '../parts/scroll.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, lineWidth, paragraph, span} from '../parts/text.ts';
import {Tree, positionWord} from '../parts/tree.tsx';
import {rowAt} from '../parts/tree-state.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {pageWords} from '../../src/wizard/pages.ts';
import {problemLines} from './problem-lines.ts';
import {detailLines} from './preview-details.ts';
import type {PreviewView} from './preview-state.ts';
import {previewLayout, previewViews, shownTree, viewTitles} from './preview-state.ts';

interface PreviewProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

export function PreviewScreen({state, layout, tools}: PreviewProps): ReactElement {
  const {glyphs} = useTheme();
  const view = state.views.preview;
  if (view === undefined) {
    return (
      <Lines lines={refusalLines(state, layout.width, glyphs, tools)} width={layout.width} height={layout.height} />
    );
  }
  const planted = shownTree(view);
  const row = rowAt(planted.tree);
  if (view.details !== undefined && row !== undefined) {
    const lines = detailLines(row.item.about, view.of, layout.width);
    const shown = scrolledLines(lines, view.details.top, layout.height, glyphs);
    return <Lines lines={shown} width={layout.width} height={layout.height} />;
  }
  const {isWide, listWidth, listHeight, detailWidth, detailHeight} = previewLayout(layout);
  const isEmpty = planted.tree.rows.length === 0;
  const details = row === undefined ? [] : detailLines(row.item.about, view.of, detailWidth);
  const list = isEmpty ? (
    <Lines
      lines={[line('Nothing to say: this plan has no known drawback.', 'quiet')]}
      width={listWidth}
      height={listHeight}
    />
  ) : (
    <Tree tree={planted.tree} widths={planted.widths} width={listWidth} height={listHeight} />
  );
  return (
    <Box flexDirection="column">
      <LineRow spans={tabLine(view, layout.width, glyphs)} width={layout.width} />
      <LineRow spans={blank} width={layout.width} />
      {isWide ? (
        <Box>
          {list}
          <Box marginLeft={3}>
            <Lines lines={details} width={detailWidth} height={detailHeight} />
          </Box>
        </Box>
      ) : (
        <>
          {list}
          <LineRow
            spans={ruleLine(positionWord(planted.tree), details.length > detailHeight, layout.width, glyphs)}
            width={layout.width}
          />
          <Lines lines={details} width={detailWidth} height={detailHeight} />
        </>
      )}
    </Box>
  );
}

function tabLine(view: PreviewView, width: number, glyphs: Glyphs): Line {
  const tabs = tabSpans(view, '  ', glyphs);
  const fitting = lineWidth(tabs) <= width ? tabs : tabSpans(view, '', glyphs);
  const grouping = view.shown === 'certificates' ? (view.isByNode ? 'by node' : 'by authority') : '';
  const space = width - lineWidth(fitting) - grouping.length;
  return space < 2 ? fitting : [...fitting, span(' '.repeat(space)), span(grouping, 'quiet')];
}

function tabSpans(view: PreviewView, gap: string, glyphs: Glyphs): Line {
  return previewViews.flatMap((id, index) => {
    const isShown = id === view.shown;
    const title = id === 'advice' ? `${viewTitles[id]} ${view.of.advice.length}` : viewTitles[id];
    return [
      span(index === 0 ? '' : gap),
      span(isShown ? glyphs.pointer : ' ', 'accent'),
      span(`${index + 1} `, isShown ? 'accent' : 'key'),
      span(title, isShown ? 'accent' : 'quiet'),
    ];
  });
}

function ruleLine(position: string, isMore: boolean, width: number, glyphs: Glyphs): Line {
  const label = ` ${position} `;
  const more = isMore ? ' enter shows all of it ' : '';
  const room = width - label.length - more.length - 4;
  return [
    span(glyphs.rule.repeat(2), 'quiet'),
    span(label, 'quiet'),
    span(glyphs.rule.repeat(Math.max(0, room)), 'quiet'),
    span(more, 'quiet'),
    span(glyphs.rule.repeat(2), 'quiet'),
  ];
}

/** A plan with errors has no preview: what is wrong, and where it is mended. */
function refusalLines(state: AppState, width: number, glyphs: Glyphs, tools: Tools): readonly Line[] {
  const problems = (state.wizard.prepared?.problems ?? []).filter(({severity}) => severity === 'error');
  return [
    line('Not yet: the plan has errors', 'title'),
    ...paragraph('Esc leads back to the questions; nothing that was answered is lost.', width, 'quiet'),
    ...problems.flatMap((problem) => {
      const step = tools.steps.find(({id}) => problem.at.path.startsWith(id));
      const where = step === undefined ? problem.at.path : `${pageWords[step.page].title}: ${step.ask}`;
      return [blank, line(where), ...problemLines([problem], width, 2, glyphs)];
    }),
  ];
}
