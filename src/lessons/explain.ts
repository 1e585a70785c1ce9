import type {Explanation, ThisNode} from './explanation.ts';
import {explainError, explainErrorId} from './explain-error.ts';
import {explainThing} from './explain-thing.ts';
import {namesNear, thingsNamed} from './find-things.ts';
import {thingHeldAt} from './held-file.ts';
import type {Lessons} from './lessons.ts';
import {readError} from './read-error.ts';
import type {Thing} from './things.ts';

/** What is known of a text: a name, path, flag or subject first, else an error; or nothing, with names that are near. */
export type Explained =
  | {readonly isKnown: true; readonly explanations: readonly Explanation[]}
  | {readonly isKnown: false; readonly near: readonly string[]; readonly isName: boolean};

/** @param node undefined = there is none to speak of */
export function explain(text: string, lessons: Lessons, node?: ThisNode): Explained {
  const things = named(text, node);
  if (things.length > 0) {
    return {
      isKnown: true,
      explanations: things.slice(0, mostThings).map((thing) => explanationOf(thing, lessons, node)),
    };
  }
  const read = readError(text);
  if (read !== undefined) return {isKnown: true, explanations: [explainError(read, lessons, node)]};
  const isName = /^\S{1,200}$/.test(text.trim());
  return {isKnown: false, near: isName ? namesNear(text) : namesWithin(text), isName};
}

/** Names in a short question: `what is a bootstrap token?`; of a few words that are no question, the name they are near. */
function namesWithin(text: string): readonly string[] {
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[?!"'.,:;]+$/, ''));
  if (words.length > mostWords) return [];
  const isQuestion = /\?$|^(?:what|who|which|how|why|where)\b/i.test(text.trim());
  const found = runsOf(words).filter((run) =>
    // An error speaks of certificates and clients too.
    thingsNamed(run).some(({kind}) => kind !== 'word' || isQuestion || words.length <= longestRun),
  );
  const whole = found.filter((run) => !found.some((other) => other !== run && ` ${other} `.includes(` ${run} `)));
  return whole.length === 0 && words.length <= longestRun ? namesNear(text) : whole;
}

const mostWords = 8;
const longestRun = 4;

/** Words that stand together, up to four of them. */
function runsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((_, start) =>
    Array.from({length: Math.min(longestRun, words.length - start)}, (_, more) =>
      words.slice(start, start + more + 1).join(' '),
    ),
  );
}

/** A word that means more than this many things helps nobody. */
const mostThings = 5;

function named(text: string, node: ThisNode | undefined): readonly Thing[] {
  const things = thingsNamed(text);
  if (things.length > 0 || node === undefined) return things;
  const held = thingHeldAt(text.trim(), node.inventory);
  return held === undefined ? [] : [held];
}

function explanationOf(thing: Thing, lessons: Lessons, node: ThisNode | undefined): Explanation {
  return thing.kind === 'error' ? explainErrorId(thing.id, lessons) : explainThing(thing, lessons, node);
}
