import type {Amounts} from '../pki/outline.ts';
import {keyAlgorithms, type KeyAlgorithm} from '../pki/plan.ts';
import {estimatedMilliseconds, type KeyCost} from '../x509/measure-keys.ts';
import {piece, type FigureLine} from './figure-lines.ts';

/** What is known of what keys cost here. */
export interface KnownCosts {
  readonly costs: Readonly<Partial<Record<KeyAlgorithm, KeyCost>>>;
  /** How many keys are made at a time. */
  readonly parallel: number;
}

const measuring = 'measuring';

/** What each kind of key costs on this machine and for this plan; what is not known yet says so. */
export function keyCostFigure(
  known: KnownCosts,
  amounts: Amounts,
  marked: KeyAlgorithm,
  ellipsis: string,
): readonly FigureLine[] {
  const row = (cells: readonly [string, string, string, string], as: 'quiet' | 'plain' | 'accent'): FigureLine => [
    piece(cells[0].padEnd(13), as),
    piece(cells[1].padEnd(12), as),
    piece(cells[2].padEnd(14), as),
    piece(cells[3], as),
  ];
  return [
    row(['', 'a key', 'a signature', `this plan, ${amounts.keys} keys`], 'quiet'),
    ...keyAlgorithms.map((algorithm) => {
      const cost = known.costs[algorithm];
      const look = algorithm === marked ? 'accent' : 'plain';
      if (cost === undefined)
        return row([algorithm, `${measuring} ${ellipsis}`, '', ''], look === 'accent' ? look : 'quiet');
      const {keyMilliseconds, signatureMilliseconds} = cost;
      const total = estimatedMilliseconds(cost, amounts, known.parallel);
      return row(
        [algorithm, spanOfTime(keyMilliseconds), spanOfTime(signatureMilliseconds), `about ${spanOfTime(total)}`],
        look,
      );
    }),
  ];
}

/** `36 RSA-2048 keys take about 1.6 s on this machine (one 86 ms, measured now on 7)`. */
export function keyCostSentence(cost: KeyCost, amounts: Amounts, parallel: number): string {
  const total = spanOfTime(estimatedMilliseconds(cost, amounts, parallel));
  return `${amounts.keys} keys of ${cost.algorithm} take about ${total} on this machine: one takes ${spanOfTime(cost.keyMilliseconds)}, measured now on ${cost.keys}; a signature ${spanOfTime(cost.signatureMilliseconds)}`;
}

/** The time that a plan's keys take, in words; undefined while nobody knows. */
export function keyTimeOf(known: KnownCosts, algorithm: KeyAlgorithm, amounts: Amounts): string | undefined {
  const cost = known.costs[algorithm];
  return cost === undefined ? undefined : `about ${spanOfTime(estimatedMilliseconds(cost, amounts, known.parallel))}`;
}

/** `0.4 ms`, `86 ms`, `0.41 s`, `1.6 s`, `3 min`: no more digits than a measurement has. */
export function spanOfTime(milliseconds: number): string {
  const two = (number: number): string => Number(number.toPrecision(2)).toString();
  if (milliseconds < 0.1) return 'under 0.1 ms';
  if (milliseconds < 100) return `${two(milliseconds)} ms`;
  return milliseconds < 120_000 ? `${two(milliseconds / 1000)} s` : `${two(milliseconds / 60_000)} min`;
}
