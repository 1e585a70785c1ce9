import {LineCounter, parseAllDocuments, parseDocument, type Document, type YAMLError} from 'yaml';
import {problem, type Place, type Problem} from '../base/problem.ts';
import type {PlanValue} from '../wizard/step.ts';
import {Walk} from './yaml-walk.ts';

/**
 * YAML text → values with their places. Numbers and dates stay as they are written (`1.30` is a version, not 1.3),
 * anchors, aliases and merge keys are followed, and nothing that the text can hold makes it grow without bounds.
 */
export interface Located {
  /** Undefined when the text is no YAML; then `problems` says why. */
  readonly value: PlanValue | undefined;
  readonly problems: readonly Problem[];
  /** The place of a value or of the key before it, or of the nearest thing around it that the text has. */
  readonly placeOf: PlaceOf;
}

export type PlaceOf = (path: string, of?: 'key' | 'value') => Place;

/** A plan for ten thousand nodes has half of it. */
const mostCharacters = 4_000_000;

/** For editing a document as well as for reading it: no duplicate check here, for it is quadratic in the library. */
export const parseOptions = {
  prettyErrors: false,
  stringKeys: true,
  uniqueKeys: false,
  // Silent would let a second document pass.
  logLevel: 'error',
} as const;

export function locateValues(text: string, source: string): Located {
  const read = readDocuments(
    text,
    source,
    (lineCounter) => [parseDocument(text, {...parseOptions, lineCounter})],
    'plan',
  );
  return read.ok ? (read.documents[0] ?? nothing(source)) : {...nothing(source), problems: read.problems};
}

/**
 * The same for a text of several documents, as kubeadm reads them; the ones that hold nothing are left out. With one
 * that is no YAML, `problems` says so and there are none.
 */
export function locateDocuments(
  text: string,
  source: string,
): {readonly documents: readonly Located[]; readonly problems: readonly Problem[]} {
  const parse = (lineCounter: LineCounter): readonly Document.Parsed[] => {
    const parsed = parseAllDocuments(text, {...parseOptions, lineCounter});
    return 'empty' in parsed ? [] : parsed;
  };
  const read = readDocuments(text, source, parse, 'kubeadm configuration');
  if (!read.ok) return {documents: [], problems: read.problems};
  return {
    documents: read.documents.filter(({value}) => value !== null),
    problems: read.documents.flatMap(({problems}) => problems),
  };
}

type ReadDocuments =
  | {readonly ok: true; readonly documents: readonly Located[]}
  | {readonly ok: false; readonly problems: readonly Problem[]};

function readDocuments(
  text: string,
  source: string,
  parse: (lines: LineCounter) => readonly Document.Parsed[],
  what: string,
): ReadDocuments {
  const lines = new LineCounter();
  const place = (path: string, offset: number | undefined): Place => {
    if (offset === undefined) {
      return {path, source};
    }
    const {line, col} = lines.linePos(offset);
    return {path, source, line: Math.max(line, 1), column: Math.max(col, 1)};
  };
  const whole = (code: string, message: string, fix: string): ReadDocuments => ({
    ok: false,
    problems: [{...problem(code, '', message, fix), at: {path: '', source, line: 1, column: 1}}],
  });

  if (text.length > mostCharacters) {
    return whole('file-too-large', `the file is larger than any ${what}`, 'check that it is the right file');
  }
  let parsed: readonly Document.Parsed[];
  try {
    parsed = parse(lines);
  } catch (error) {
    // The parser calls itself once a level.
    if (error instanceof RangeError) {
      return whole('file-too-deep', 'the values lie too deep inside each other', `a ${what} has fewer levels`);
    }
    throw error;
  }
  const syntax = parsed.flatMap((document) => [...document.errors, ...document.warnings]);
  return syntax.length > 0
    ? {ok: false, problems: syntax.map((error) => ({...syntaxProblem(error, what), at: place('', error.pos[0])}))}
    : {ok: true, documents: parsed.map((document) => located(document, place))};
}

function located(document: Document.Parsed, place: (path: string, offset: number | undefined) => Place): Located {
  const walk = new Walk(document);
  const value = walk.read(document.contents, '', 0);
  const problems = walk.found.map(({problem: each, offset}) => ({...each, at: place(each.at.path, offset)}));
  const start = document.contents?.range[0] ?? 0;
  const find = (offsets: ReadonlyMap<string, number>, path: string): Place => {
    for (let rest = path; ; rest = parentPath(rest)) {
      const offset = offsets.get(rest);
      if (offset !== undefined || rest === '') {
        return place(path, offset ?? start);
      }
    }
  };
  return {
    value: walk.isExhausted ? undefined : value,
    problems,
    placeOf: (path, of) => find(of === 'key' && walk.keys.has(path) ? walk.keys : walk.values, path),
  };
}

function nothing(source: string): Located {
  return {value: undefined, problems: [], placeOf: (path) => ({path, source})};
}

/** Paths of the values around a value, from the inside out, end with `''`. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0));
}

function syntaxProblem(error: YAMLError, what: string): Problem {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return problem('tab-in-yaml', '', 'a tab stands where YAML wants spaces', 'indent with spaces');
    case 'MULTIPLE_DOCS':
      return problem(
        'several-documents',
        '',
        'a second YAML document begins here',
        'keep one plan in a file; --from-kubeadm reads a kubeadm configuration',
      );
    case 'TAG_RESOLVE_FAILED':
      return problem('tag-in-yaml', '', `a ${what} has no tags`, 'remove the word that begins with !');
    case 'RESOURCE_EXHAUSTION':
      return problem('file-too-deep', '', 'the values lie too deep inside each other', `a ${what} has fewer levels`);
    default:
      return problem(
        'not-yaml',
        '',
        `this is not YAML: ${error.message.slice(0, 200)}`,
        'correct it here or just before',
      );
  }
}
