import {useApp, useInput, usePaste} from 'ink';
import {useLayoutEffect, useMemo, useSyncExternalStore, type ReactElement} from 'react';
import {helpedAt, hintsOf, isTyping} from './app-state.ts';
import {DraftsScreen} from './drafts-screen.tsx';
import type {Engine} from './engine.ts';
import {HelpScreen} from './help-screen.tsx';
import {HomeScreen} from './home-screen.tsx';
import {keyPresses} from './key-press.ts';
import type {Layout} from './layout.ts';
import {minimumSize} from './layout.ts';
import {Frame} from './parts/frame.tsx';
import {Lines} from './parts/lines.tsx';
import type {Line} from './parts/text.ts';
import {line, span, wrap} from './parts/text.ts';
import {closed} from './overlays.ts';
import {LearnScreen} from './learn/learn-screen.tsx';
import {RotateScreen} from './rotate/rotate-screen.tsx';
import {PassphraseScreen} from './passphrase-screen.tsx';
import {SaveScreen} from './save-screen.tsx';
import type {AppState} from './screen.ts';
import {hasRail, layoutAt} from './screen.ts';
import type {Tools} from './services.ts';
import {BootstrapScreen} from './set-up/bootstrap-screen.tsx';
import {DoneScreen} from './set-up/done-screen.tsx';
import {FormScreen} from './set-up/form-screen.tsx';
import {ImportScreen} from './set-up/import-screen.tsx';
import {IssuingScreen} from './set-up/issuing-screen.tsx';
import {PreviewScreen} from './set-up/preview-screen.tsx';
import {ProofScreen} from './set-up/proof-screen.tsx';
import {StartScreen} from './set-up/start-screen.tsx';
import {TargetScreen} from './set-up/target-screen.tsx';
import type {Glyphs, Role, Theme} from './theme.ts';
import {ThemeContext} from './theme.ts';
import {crumbsOf, progressWord, wayOf} from './way.ts';

interface AppProps {
  readonly engine: Engine;
  readonly theme: Theme;
  /** Stops the program until the shell lets it go on; left out = it cannot be stopped. */
  readonly suspend?: () => Promise<void>;
}

/** Paints the state and passes keys and pastes to the engine: nothing is decided here. */
export function App({engine, theme, suspend}: AppProps): ReactElement {
  const state = useSyncExternalStore(engine.subscribe, engine.state);
  useInput((input, key) => engine.press(keyPresses(input, key)));
  usePaste((text) => engine.paste(text));
  useSuspend(engine, suspend);
  const layout = layoutAt(state);
  return (
    <ThemeContext value={theme}>
      {layout.isEnough ? (
        <Shown state={state} layout={layout} tools={engine.tools} theme={theme} />
      ) : (
        <TooSmall layout={layout} />
      )}
    </ThemeContext>
  );
}

/** Ink gives the terminal back before the program stops, and paints everything anew after it. */
function useSuspend(engine: Engine, suspend: (() => Promise<void>) | undefined): void {
  const {suspendTerminal} = useApp();
  useLayoutEffect(() => {
    if (suspend !== undefined) engine.onSuspend(() => void suspendTerminal(suspend));
  }, [engine, suspend, suspendTerminal]);
}

interface ShownProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly tools: Tools;
  readonly theme: Theme;
}

function Shown({state, layout, tools, theme}: ShownProps): ReactElement {
  const {wizard, rotate, learn, overlay} = state;
  // Finding out how far each page is asks every question for its problems: worth keeping in a plan of a thousand nodes.
  const rail = useMemo(() => (hasRail(wizard.place) ? wayOf(wizard, rotate, tools) : []), [wizard, rotate, tools]);
  const progress = useMemo(() => progressWord(wizard, {rotate, learn}, tools), [wizard, rotate, learn, tools]);
  const crumbs = crumbsOf(wizard, {rotate, learn});
  return (
    <Frame
      layout={layout}
      crumbs={overlay.kind === 'none' ? crumbs : [...crumbs, overlayTitles[overlay.kind]]}
      progress={progress}
      rail={rail}
      status={statusLines(state, layout.size.columns - 2, theme.glyphs)}
      hints={hintsOf(state, tools)}
      isTyping={isTyping(state, tools)}
    >
      <Body state={state} layout={layout} tools={tools} theme={theme} />
    </Frame>
  );
}

const overlayTitles = {
  drafts: 'Drafts',
  help: 'Keys',
  save: 'Save',
  passphrase: 'Passphrase',
  import: 'Import',
} as const;

function Body({state, layout, tools, theme}: ShownProps): ReactElement {
  const {overlay} = state;
  switch (overlay.kind) {
    case 'help': {
      const below = closed(state);
      return <HelpScreen below={helpedAt(below, tools, theme.glyphs)} top={overlay.top} layout={layout} />;
    }
    case 'drafts':
      return <DraftsScreen view={overlay} found={state.drafts} layout={layout} tools={tools} />;
    case 'save':
      return <SaveScreen field={overlay.field} failure={overlay.failure} layout={layout} />;
    case 'passphrase':
      return (
        <PassphraseScreen
          authority={overlay.authority}
          field={overlay.field}
          isRevealed={state.isRevealed}
          layout={layout}
        />
      );
    case 'import':
      return <ImportScreen state={state} layout={layout} tools={tools} />;
    case 'none':
      break;
    default:
      return overlay satisfies never;
  }
  const {place} = state.wizard;
  switch (place.at) {
    case 'home':
      return <HomeScreen state={state} layout={layout} />;
    case 'rotate':
      return <RotateScreen state={state} layout={layout} tools={tools} />;
    case 'learn':
      return <LearnScreen state={state} layout={layout} tools={tools} />;
    case 'start':
      return <StartScreen state={state} layout={layout} tools={tools} />;
    case 'page':
      return <FormScreen state={state} layout={layout} tools={tools} />;
    case 'preview':
      return <PreviewScreen state={state} layout={layout} tools={tools} />;
    case 'target':
      return <TargetScreen state={state} layout={layout} />;
    case 'issuing':
      return <IssuingScreen state={state} layout={layout} />;
    case 'proof':
      return <ProofScreen state={state} layout={layout} />;
    case 'bootstrap':
      return <BootstrapScreen state={state} layout={layout} />;
    case 'done':
      return <DoneScreen state={state} layout={layout} tools={tools} />;
    default:
      return place satisfies never;
  }
}

/** Most lines that a notice takes; what is voided has to be named in full, and names can be many. */
const mostStatusLines = 4;

function statusLines({wizard}: AppState, width: number, glyphs: Glyphs): readonly Line[] {
  const {notice} = wizard;
  if (notice === undefined) return [];
  if (notice.kind === 'voided') {
    const {by, answers} = notice;
    const told = (names: readonly string[]): readonly string[] =>
      wrap(`Out of force because of ${by}: ${names.join(', ')}. They return if you change it back.`, width - 2);
    const full = told(answers.map(({ask, was}) => `${ask} (${was.replaceAll('\n', '; ')})`));
    const lines = full.length <= mostStatusLines ? full : told(answers.map(({ask}) => ask)).slice(0, mostStatusLines);
    return lines.map((part, index) => [span(index === 0 ? `${glyphs.warning} ` : '  ', 'warn'), span(part, 'warn')]);
  }
  const looks: Readonly<Record<typeof notice.tone, readonly [glyph: string, as: Role]>> = {
    good: [`${glyphs.done} `, 'good'],
    warn: [`${glyphs.warning} `, 'warn'],
    bad: [`${glyphs.wrong} `, 'bad'],
    plain: ['', 'plain'],
  };
  const [glyph, as] = looks[notice.tone];
  const indent = ' '.repeat(glyph.length);
  return wrap(notice.text, width - glyph.length)
    .slice(0, mostStatusLines)
    .map((part, index) => [span(index === 0 ? glyph : indent, as), span(part, as)]);
}

/** One message instead of a squeezed screen; everything behind it waits. */
function TooSmall({layout}: {readonly layout: Layout}): ReactElement {
  const {columns, rows} = layout.size;
  const lines: readonly Line[] = [
    line('This terminal is too small.', 'title'),
    line(`It has ${columns}x${rows}; ${minimumSize.columns}x${minimumSize.rows} is enough.`),
    line('Nothing is lost: make it larger.', 'quiet'),
  ];
  return <Lines lines={lines.slice(0, rows)} width={columns} height={rows} />;
}
