import {sideIn, type SideId} from '../error-row.ts';
import {errorRows} from '../errors.ts';
import type {Lessons} from '../lessons.ts';
import {errorFamilies, mayBeTheSame} from './error-families.ts';
import {question, type Question} from './question.ts';
import {whyOf} from './why.ts';

/** What is wrong when a program prints this, and whose words they are: from the table of the errors that people meet. */
export function errorQuestions(lessons: Lessons): readonly Question[] {
  return [
    ...errorRows.flatMap((row) => errorMeans(row, lessons)),
    ...errorRows.flatMap((row) => whoSays(row, lessons)),
  ];
}

type Row = (typeof errorRows)[number];

function errorMeans(row: Row, lessons: Lessons): readonly Question[] {
  const others = errorRows.filter(({id}) => id !== row.id && !mayBeTheSame(row.id, id));
  const choice = ({id}: Row) => ({key: id, text: firstSentence(lessons.errors[id].cause)});
  return question({
    id: `errors/cause/${row.id}`,
    topic: 'errors',
    ask: lessons.quiz.errorMeans,
    quotes: [row.example],
    right: choice(row),
    wrong: [
      others.filter(({side}) => side === row.side).map(choice),
      others.filter(({side}) => side !== row.side).map(choice),
    ],
    why: whyOf({kind: 'error', id: row.id}, ['side', 'cause', 'remedy'], lessons),
    about: row.id,
  });
}

/** Sides of which each leaves its own marks in a text. */
const sidesAsked: readonly SideId[] = ['caller', 'apiserver', 'etcd', 'far-end', 'answer', 'itself'];

/**
 * Rows whose text leaves it open: a state of a request that its signer has set, an API server that calls a webhook, and what
 * `/livez` passes on.
 */
const unclear: ReadonlySet<string> = new Set(['csr-no-names', 'ca-bundle-wrong', 'loopback-expired']);

/** Only where the text decides it. */
function whoSays(row: Row, lessons: Lessons): readonly Question[] {
  const isPlain = !errorFamilies[row.id].some((family) => family === 'hidden' || family === 'reach');
  const side = sideIn(row, row.example);
  if (!sidesAsked.includes(side) || unclear.has(row.id) || (!isPlain && !row.example.includes('remote error'))) {
    return [];
  }
  const choice = (one: SideId) => ({key: one, text: firstSentence(lessons.sides[one])});
  return question({
    id: `errors/side/${row.id}`,
    topic: 'errors',
    ask: lessons.quiz.whoSays,
    quotes: [row.example],
    right: choice(side),
    wrong: [sidesAsked.filter((other) => other !== side).map(choice)],
    why: whyOf({kind: 'error', id: row.id}, ['side', 'cause', 'remedy'], lessons),
    about: row.id,
  });
}

/** The whole text where it is one sentence. */
function firstSentence(text: string): string {
  return /^.*?(?:。|[.](?= [A-Z"]))/u.exec(text)?.[0] ?? text;
}
