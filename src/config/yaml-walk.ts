import {isAlias, isMap, isScalar, isSeq, visit, type Document, type Node, type Pair, type YAMLMap} from 'yaml';
import {problem, type Problem} from '../base/problem.ts';
import {shown} from '../wizard/read-value.ts';
import type {PlanValue} from '../wizard/step.ts';

/** Values after aliases are followed; each node of a plan has about ten. */
const mostValues = 150_000;
const deepest = 32;

interface Found {
  readonly problem: Problem;
  readonly offset: number | undefined;
}

/**
 * One pass over a document: values out, places and problems noted. Numbers and dates stay as they are written; anchors,
 * aliases and merge keys are followed, within bounds.
 */
export class Walk {
  readonly values = new Map<string, number>();
  readonly keys = new Map<string, number>();
  readonly found: Found[] = [];
  isExhausted = false;
  readonly #targets: ReadonlyMap<Node, Node>;
  #count = 0;

  constructor(document: Document.Parsed) {
    this.#targets = aliasTargets(document);
  }

  read(given: Node | null, path: string, depth: number): PlanValue {
    this.#count += 1;
    const offset = given?.range?.[0];
    if (this.isExhausted || this.#count > mostValues || depth > deepest) {
      this.#giveUp(path, offset, depth);
      return null;
    }
    if (offset !== undefined && !this.values.has(path)) {
      this.values.set(path, offset);
    }
    const node = this.#follow(given, path);
    if (node === null) {
      return null;
    }
    if (isScalar(node)) {
      const text = node.source ?? (typeof node.value === 'string' ? node.value : '');
      return node.type === 'PLAIN' && /^(?:|~|null|Null|NULL)$/.test(text) ? null : text;
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => this.read(asNode(item), `${path}[${index}]`, depth + 1));
    }
    return isMap(node) ? this.#readMap(node, path, depth) : null;
  }

  #readMap(map: YAMLMap, path: string, depth: number): PlanValue {
    const entries = new Map<string, PlanValue>();
    const merged: Node[] = [];
    for (const pair of map.items) {
      const key = keyOf(pair);
      const offset = asNode(pair.key)?.range?.[0];
      const inner = path === '' ? key : `${path}.${key}`;
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        merged.push(...this.#mergedMaps(asNode(pair.value), path));
      } else if (entries.has(key)) {
        const fix = 'keep one of them';
        this.#note(problem('duplicate-key', inner, `${shown(key)} stands here a second time`, fix), offset);
      } else {
        if (offset !== undefined) {
          this.keys.set(inner, offset);
        }
        entries.set(key, this.read(asNode(pair.value), inner, depth + 1));
      }
    }
    for (const other of merged) {
      const value = this.read(other, path, depth + 1);
      for (const [key, inside] of isRecord(value) ? Object.entries(value) : []) {
        if (!entries.has(key)) {
          entries.set(key, inside);
        }
      }
    }
    return Object.fromEntries(entries);
  }

  /** What stands beside `<<`: a map or several. */
  #mergedMaps(value: Node | null, path: string): Node[] {
    const node = this.#follow(value, path);
    const nodes = isSeq(node) ? node.items.map((item) => this.#follow(asNode(item), path)) : [node];
    return nodes.flatMap((each) => {
      if (each !== null && isMap(each)) {
        return [each];
      }
      this.#note(
        problem('wrong-type', path, 'only records can be merged with <<', 'merge a record'),
        value?.range?.[0],
      );
      return [];
    });
  }

  #follow(node: Node | null, path: string): Node | null {
    if (node === null || !isAlias(node)) {
      return node;
    }
    const target = this.#targets.get(node);
    if (target === undefined) {
      this.#note(
        problem('unknown-anchor', path, `nothing is named &${node.source}`, 'name it, or write the value here'),
        node.range?.[0],
      );
    }
    return target ?? null;
  }

  #note(each: Problem, offset: number | undefined): void {
    this.found.push({problem: each, offset});
  }

  #giveUp(path: string, offset: number | undefined, depth: number): void {
    if (!this.isExhausted) {
      this.isExhausted = true;
      const [code, message] =
        depth > deepest
          ? ['file-too-deep', 'the values lie too deep inside each other, or an alias stands inside its own anchor']
          : ['file-too-large', 'followed through its aliases the file has more values than any plan'];
      this.#note(problem(code, path, message, 'write the values out'), offset);
    }
  }
}

/** An alias means the last anchor of its name before it. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Node, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== undefined) {
        targets.set(alias, target);
      }
    },
  });
  return targets;
}

function keyOf(pair: Pair): string {
  const {key} = pair;
  if (isScalar(key)) {
    return key.source ?? (typeof key.value === 'string' ? key.value : '');
  }
  return typeof key === 'string' ? key : '';
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
}

function isRecord(value: PlanValue): value is {readonly [key: string]: PlanValue} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
