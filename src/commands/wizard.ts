import type {Beginning} from '../../screens/start.tsx';
import type {Context} from './context.ts';
import {askGlyphWidth} from './glyph-width.ts';
import type {LearnChoice} from './learn-services.ts';
import {tell} from './print.ts';

/** The full screen; without a terminal, the demonstration. */
export async function wizard(context: Context, beginning: Beginning = {kind: 'home'}): Promise<number> {
  switch (context.asks) {
    case 'nobody':
      return (await import('./demonstrate.ts')).demonstrate(context);
    case 'prompts':
    case 'numbered-lines':
      return (await import('./setup.ts')).setupInLines(context, {});
    case 'screen':
      return openScreen(context, beginning);
    default:
      return context.asks satisfies never;
  }
}

/** Ink is loaded here, and only here. */
export async function openScreen(context: Context, beginning: Beginning, learning: LearnChoice = {}): Promise<number> {
  // The terminal answers while Ink is loaded.
  const areWide = context.glyphs === 'unicode' ? askGlyphWidth(context.stdin, context.stdout) : undefined;
  const [{startWizard}, {setUpServices}, {withDrafts}, {rotateServices}, {learnServices}] = await Promise.all([
    import('../../screens/start.tsx'),
    import('./services.ts'),
    import('./drafts.ts'),
    import('./rotate-services.ts'),
    import('./learn-services.ts'),
  ]);
  const ascii = areWide === undefined || (await areWide());
  const {exitCode, summary, warnings} = await startWizard({
    services: {
      ...withDrafts(setUpServices(context), context),
      rotate: rotateServices(context),
      learn: learnServices(context, learning),
      now: context.now,
      copyText: async (text) => (await import('./copy.ts')).copy(context, text),
    },
    stdin: context.stdin,
    stdout: context.stdout,
    ascii,
    color: context.colour,
    beginning,
    signal: context.signal,
  });
  context.stdout.write(summary);
  tell(context, ...warnings);
  return exitCode;
}
