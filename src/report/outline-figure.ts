import type {Outline} from '../pki/outline.ts';
import {piece, warningLines, wordLines, type FigureGlyphs, type FigureLine} from './figure-lines.ts';
import {count} from './words.ts';

/** How much a plan makes, and what of it lies on a node of each kind. */
export function outlineFigure(outline: Outline, width: number): readonly FigureLine[] {
  const {plan, blueprint, kinds, amounts} = outline;
  const names = kinds.map(({example, count: number}) =>
    number === 1 ? example.name : `${example.name} and ${number - 1} like it`,
  );
  const nameWidth = Math.min(26, Math.max(0, ...names.map(({length}) => length)) + 2);
  return [
    ...wordLines(
      `${count(amounts.certificates, 'certificate')}, ${count(amounts.keys, 'private key')} and ${count(amounts.files, 'file')} for ${count(plan.nodes.length, 'node')}`,
      width,
    ).map((text): FigureLine => [piece(text)]),
    ...kinds.flatMap(({example}, index): readonly FigureLine[] => {
      const files = blueprint.files.filter(({node}) => node === example.name);
      const keys = files.flatMap(({content}) => (content.kind === 'authority-key' ? [content.authority] : []));
      const guarded =
        keys.length === 0 ? 'no authority key' : `the ${keys.length === 1 ? 'key' : 'keys'} of ${keys.join(', ')}`;
      return wordLines(`${count(files.length, 'file')}, ${guarded}`, Math.max(16, width - nameWidth)).map(
        (text, row): FigureLine => [
          piece((row === 0 ? (names[index] ?? '') : '').slice(0, nameWidth - 1).padEnd(nameWidth), 'accent'),
          piece(text, 'quiet'),
        ],
      );
    }),
  ];
}

/** What the choice of one question costs in this plan. */
export function costLines(outline: Outline, step: string, width: number, glyphs: FigureGlyphs): readonly FigureLine[] {
  return costsOf(outline, step).flatMap((message) => warningLines(message, width, glyphs));
}

/** The same as sentences. */
export function costsOf({blueprint}: Outline, step: string): readonly string[] {
  const [room = ''] = step.split('.');
  return blueprint.advice
    .filter(({path}) => (step === 'trust.topology' ? path.startsWith(room) : path === step))
    .map(({message}) => message);
}
