import {LineCounter, parseDocument, type Document, type YAMLError} from 'yaml';
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
  const lines = new LineCounter();
  const place = (path: string, offset: number | undefined): Place => {
    if (offset === undefined) {
      return {path, source};
    }
    const {line, col} = lines.linePos(offset);
    return {path, source, line: Math.max(line, 1), column: Math.max(col, 1)};
  };
  const refuse = (...problems: readonly Problem[]): Located => ({
    value: undefined,
    problems,
    placeOf: (path) => ({path, source}),
  });
  const whole = (code: string, message: string, fix: string): Located =>
    refuse({...problem(code, '', message, fix), at: {path: '', source, line: 1, column: 1}});

  if (text.length > mostCharacters) {
    return whole('file-too-large', 'the file is larger than any plan', 'check that it is the right file');
  }
  const document = parse(text, lines);
  if (document === undefined) {
    return whole('file-too-deep', 'the values lie too deep inside each other', 'a plan has three levels');
  }
  const syntax = [...document.errors, ...document.warnings];
  if (syntax.length > 0) {
    return refuse(...syntax.map((error) => ({...syntaxProblem(error), at: place('', error.pos[0])})));
  }

  const walk = new Walk(document);
  const value = walk.read(document.contents, '', 0);
  const problems = walk.found.map(({problem: each, offset}) => ({...each, at: place(each.at.path, offset)}));
  const find = (offsets: ReadonlyMap<string, number>, path: string): Place => {
    for (let rest = path; ; rest = parentPath(rest)) {
      const offset = offsets.get(rest);
      if (offset !== undefined || rest === '') {
        return place(path, offset ?? 0);
      }
    }
  };
  return {
    value: walk.isExhausted ? undefined : value,
    problems,
    placeOf: (path, of) => find(of === 'key' && walk.keys.has(path) ? walk.keys : walk.values, path),
  };
}

/** Paths of the values around a value, from the inside out, end with `''`. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['), 0));
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {...parseOptions, lineCounter});
  } catch (error) {
    // The parser calls itself once a level.
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function syntaxProblem(error: YAMLError): Problem {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return problem('tab-in-yaml', '', 'a tab stands where YAML wants spaces', 'indent with spaces');
    case 'MULTIPLE_DOCS':
      return problem('several-documents', '', 'a second YAML document begins here', 'keep one plan in a file');
    case 'TAG_RESOLVE_FAILED':
      return problem('tag-in-yaml', '', 'a plan has no tags', 'remove the word that begins with !');
    case 'RESOURCE_EXHAUSTION':
      return problem('file-too-deep', '', 'the values lie too deep inside each other', 'a plan has three levels');
    default:
      return problem(
        'not-yaml',
        '',
        `this is not YAML: ${error.message.slice(0, 200)}`,
        'correct it here or just before',
      );
  }
}
