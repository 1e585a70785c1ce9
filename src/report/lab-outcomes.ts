import type {LabWords, MendedCounts} from '../lessons/lab-words.ts';
import type {Attempt, Outcome} from '../pki/experiment.ts';
import type {Proof} from '../pki/verdict.ts';
import {worstOf} from './map-parts.ts';

/** What can come of a trial, in words that fit it, and what has come of all once it is mended. */

/** What can be guessed: where a component is only started there are no two ends. */
export function guessesFor({kind}: Pick<Attempt, 'kind'>): readonly Outcome[] {
  return kind === 'start' ? ['nobody', 'does-not-start'] : ['caller', 'provider', 'nobody', 'does-not-start'];
}

export function outcomeText(outcome: Outcome, {kind}: Pick<Attempt, 'kind'>, words: LabWords): string {
  const {outcomes, startOutcomes} = words;
  const isOfStart = kind === 'start' && (outcome === 'nobody' || outcome === 'does-not-start');
  return isOfStart ? startOutcomes[outcome] : outcomes[outcome];
}

/** As the map marks it. */
export function countsOf({connections, intrusions}: Pick<Proof, 'connections' | 'intrusions'>): MendedCounts {
  const rows = [...Map.groupBy(connections, ({connection}) => connection.id).values()];
  const marks = rows.map((calls) => worstOf(calls.map(({verdict}) => verdict)));
  return {
    works: marks.filter((mark) => mark === 'good').length,
    open: marks.filter((mark) => mark === 'open').length,
    refused: intrusions.filter(({outcome}) => outcome === 'refused').length,
  };
}
