import type {ReactElement} from 'react';
import {draftPlace} from '../src/state/draft-words.ts';
import type {FoundDraft, FoundDrafts} from '../src/state/drafts.ts';
import {draftDetails} from './draft-lines.ts';
import type {DraftsView} from './drafts-overlay.ts';
import {draftRows} from './drafts-overlay.ts';
import type {Layout} from './layout.ts';
import {Lines} from './parts/lines.tsx';
import {scrolledLines} from './parts/scroll.ts';
import type {Line} from './parts/text.ts';
import {blank, line, pad, paragraph, span, widthOf} from './parts/text.ts';
import type {Tools} from './services.ts';
import type {Glyphs} from './theme.ts';
import {useTheme} from './theme.ts';

interface DraftsProps {
  readonly view: DraftsView;
  readonly found: FoundDrafts;
  readonly layout: Layout;
  readonly tools: Tools;
}

export function DraftsScreen({view, found, layout, tools}: DraftsProps): ReactElement {
  const {glyphs} = useTheme();
  const {width, height} = layout;
  const draft = found.drafts[view.list.cursor];
  const lines =
    view.mode.kind === 'look' && draft !== undefined
      ? scrolledLines(draftDetails(draft, width, tools), view.mode.top, height, glyphs)
      : listLines(view, draft, found, width, glyphs);
  return <Lines lines={lines} width={width} height={height} />;
}

function listLines(
  {list, mode, failure}: DraftsView,
  draft: FoundDraft | undefined,
  {drafts, troubles}: FoundDrafts,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  const names = drafts.map((one) => one.title);
  const column = Math.min(Math.max(...names.map(widthOf), 0) + 3, width - 20);
  const question = draft === undefined ? [] : paragraph(`Go on with the draft of ${draft.title}?`, width, 'title');
  const rows = drafts.slice(list.top, list.top + draftRows).map((one, index): Line => {
    const isHere = list.top + index === list.cursor;
    return [
      span(isHere ? `${glyphs.pointer} ` : '  ', 'accent'),
      span(pad(one.title, column), isHere ? 'accent' : 'plain'),
      span(`left at: ${draftPlace(one.draft)}`, 'quiet'),
    ];
  });
  const further = drafts.length > draftRows ? [line(`  ${list.cursor + 1} of ${drafts.length}`, 'quiet')] : [];
  return [
    ...question,
    ...(draft === undefined
      ? []
      : paragraph('Nothing of it was issued yet. It goes away once it is, or once its plan is saved.', width, 'quiet')),
    blank,
    ...rows,
    ...further,
    ...(mode.kind === 'throw-away'
      ? [
          blank,
          ...paragraph(`${glyphs.warning} Enter throws these answers away for good; Esc keeps them.`, width, 'warn'),
        ]
      : []),
    ...(failure === undefined ? [] : [blank, ...paragraph(`${glyphs.wrong} ${failure}`, width, 'bad')]),
    ...troubles.flatMap((trouble) => [blank, ...paragraph(`${glyphs.warning} ${trouble}`, width, 'warn')]),
  ];
}
