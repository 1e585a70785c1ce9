import {Box} from 'ink';
import type {ReactElement} from 'react';
import {pageWords} from '../../src/wizard/pages.ts';
import {detailsOf} from '../../src/report/preview-details.ts';
import {previewViews, viewTitles} from '../../src/report/preview-rows.ts';
import type {Layout} from '../layout.ts';
import {Caret} from '../parts/caret.tsx';
import {LineRow, Lines} from '../parts/lines.tsx';
import {scrolledLines} from '../parts/scroll.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, lineWidth, paragraph, span} from '../parts/text.ts';
import {Tree, positionWord} from '../parts/tree.tsx';
import {rowAt} from '../parts/tree-state.ts';
import {visibleText} from '../parts/visible-text.ts';
import type {AppState} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';
import {useTheme} from '../theme.ts';
import {problemLines} from '../parts/problem-lines.ts';
import {exportLines} from './preview-export.ts';
import {detailLines} from './preview-lines.ts';
import {linesOfLook, lookedAt} from './preview-looks.ts';
import type {PreviewView} from './preview-state.ts';
import {filterOf, orderOf, previewLayout, shownTree} from './preview-state.ts';

interface PreviewProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
}

export function PreviewScreen({state, layout, tools}: PreviewProps): ReactElement {
  const {glyphs} = useTheme();
  const {width, height} = layout;
  const view = state.views.preview;
  if (view === undefined) {
    return <Lines lines={refusalLines(state, width, glyphs, tools)} width={width} height={height} />;
  }
  const look = lookedAt(view);
  if (look !== undefined) {
    const {lines} = linesOfLook(view, look, width, glyphs);
    return <Lines lines={scrolledLines(lines, look.top, height, glyphs)} width={width} height={height} />;
  }
  if (view.mode.kind === 'exporting') {
    const {lines, caret} = exportLines(view.mode, width, glyphs);
    return (
      <>
        <Lines lines={lines} width={width} height={height} />
        <Caret place={{x: layout.left + caret.column, y: layout.top + caret.row}} />
      </>
    );
  }
  return <PreviewList view={view} layout={layout} />;
}

function PreviewList({view, layout}: {readonly view: PreviewView; readonly layout: Layout}): ReactElement {
  const {glyphs} = useTheme();
  const {isWide, listWidth, listHeight, detailWidth, detailHeight} = previewLayout(layout);
  const {index} = view;
  const {tree, widths} = shownTree(view);
  const thing = rowAt(tree)?.item.about;
  const details = thing === undefined ? [] : detailLines(detailsOf(index, thing), detailWidth, glyphs).lines;
  const {spans, caret} = headLine(view, layout.width, glyphs);
  const list =
    tree.rows.length === 0 ? (
      <Lines lines={emptyLines(view, listWidth)} width={listWidth} height={listHeight} />
    ) : (
      <Tree tree={tree} widths={widths} width={listWidth} height={listHeight} />
    );
  const isMore = details.length > detailHeight;
  return (
    <Box flexDirection="column">
      <LineRow spans={tabLine(view, layout.width, glyphs)} width={layout.width} />
      <LineRow spans={spans} width={layout.width} />
      {isWide ? (
        <Box>
          {list}
          <Box marginLeft={3}>
            <Lines
              lines={isMore ? [...details.slice(0, detailHeight - 1), line('v shows all of it', 'quiet')] : details}
              width={detailWidth}
              height={detailHeight}
            />
          </Box>
        </Box>
      ) : (
        <>
          {list}
          <LineRow spans={ruleLine(positionWord(tree), isMore, layout.width, glyphs)} width={layout.width} />
          <Lines lines={details} width={detailWidth} height={detailHeight} />
        </>
      )}
      {view.mode.kind === 'filter' ? <Caret place={{x: layout.left + caret, y: layout.top + 1}} /> : null}
    </Box>
  );
}

function tabLine(view: PreviewView, width: number, glyphs: Glyphs): Line {
  const tabs = tabSpans(view, '  ', glyphs);
  return lineWidth(tabs) <= width ? tabs : tabSpans(view, '', glyphs);
}

function tabSpans(view: PreviewView, gap: string, glyphs: Glyphs): Line {
  return previewViews.flatMap((id, index) => {
    const isShown = id === view.shown;
    const title = id === 'advice' ? `${viewTitles[id]} ${view.index.of.advice.length}` : viewTitles[id];
    return [
      span(index === 0 ? '' : gap),
      span(isShown ? glyphs.pointer : ' ', 'accent'),
      span(`${index + 1} `, isShown ? 'accent' : 'key'),
      span(title, isShown ? 'accent' : 'quiet'),
    ];
  });
}

/** What is looked for and how much there is of it; at the right, how the rows are grouped and ordered. */
function headLine(view: PreviewView, width: number, glyphs: Glyphs): {readonly spans: Line; readonly caret: number} {
  const {tree} = shownTree(view);
  const field = filterOf(view);
  const isTyping = view.mode.kind === 'filter';
  const grouping = view.shown === 'certificates' ? [view.isByNode ? 'by node' : 'by authority'] : [];
  const order = [...grouping, orderOf(view).label].join(', ');
  const total = tree.count.toLocaleString('en');
  const found = tree.filter === undefined ? `${total} rows` : `${tree.filter.count.toLocaleString('en')} of ${total}`;
  const room = Math.max(10, width - order.length - found.length - 7);
  const shown = visibleText(field, room, glyphs);
  const left: Line =
    isTyping || field.text !== ''
      ? [span('/', 'key'), span(`${shown.text}  `, isTyping ? 'plain' : 'accent'), span(found, 'quiet')]
      : [span(found, 'quiet')];
  const space = width - lineWidth(left) - order.length;
  const spans = space < 2 ? left : [...left, span(' '.repeat(space)), span(order, 'quiet')];
  return {spans, caret: 1 + shown.column};
}

function emptyLines(view: PreviewView, width: number): readonly Line[] {
  const {text} = filterOf(view);
  if (text.trim() === '') return paragraph('Nothing to say: this plan has no known drawback.', width, 'quiet');
  return [
    ...paragraph(`No row of ${viewTitles[view.shown]} has ${text.trim()} in it.`, width),
    ...paragraph('Names, addresses, flags, values and paths are looked at. Esc shows all rows again.', width, 'quiet'),
  ];
}

function ruleLine(position: string, isMore: boolean, width: number, glyphs: Glyphs): Line {
  const label = position === '' ? '' : ` ${position} `;
  const more = isMore ? ' v shows all of it ' : '';
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
