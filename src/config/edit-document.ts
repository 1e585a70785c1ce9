import {isMap, isScalar, isSeq, Pair, Scalar, YAMLMap, type Document, type Node, type YAMLSeq} from 'yaml';
import type {PlanValue} from '../wizard/step.ts';
import {isList as isPlanList, isMap as isPlanMap} from '../wizard/text-form.ts';
import {sameValue, toNode, toValueNode} from './yaml-nodes.ts';

/**
 * Puts a value into a document and touches no more than must be: whatever is the same keeps its node, and with it its
 * comments, its place and its style.
 *
 * @param before the value that the document has at this path now, in the same form as `after`; null for none
 * @param after null takes the key away
 */
export function editDocument(document: Document, path: readonly string[], before: PlanValue, after: PlanValue): void {
  if (sameValue(before, after)) {
    return;
  }
  if (!isMap(document.contents)) {
    document.contents = new YAMLMap();
  }
  const root = document.contents;
  if (isMap(root)) {
    editIn(root, path, before, after);
  }
}

function editIn(map: YAMLMap, [key = '', ...rest]: readonly string[], before: PlanValue, after: PlanValue): void {
  const pair = pairOf(map, key);
  if (rest.length > 0) {
    const group = pair?.value;
    if (isMap(group)) {
      editIn(group, rest, before, after);
    } else if (after !== null) {
      const fresh = new YAMLMap();
      editIn(fresh, rest, null, after);
      setPair(map, pair, key, fresh);
    }
  } else if (after === null) {
    map.items = map.items.filter((each) => each !== pair);
  } else {
    setPair(map, pair, key, edited(asNode(pair?.value), before, after, toValueNode));
  }
}

/** The node with the new value in it: the old one where its shape fits. */
function edited(node: Node | undefined, before: PlanValue, after: PlanValue, make: (value: PlanValue) => Node): Node {
  if (node !== undefined && sameValue(before, after)) {
    return node;
  }
  if (isScalar(node) && typeof after === 'string') {
    const fresh = new Scalar(after);
    const {comment, commentBefore, spaceBefore} = node;
    Object.assign(fresh, {comment, commentBefore, spaceBefore});
    if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') {
      fresh.type = node.type;
    }
    return fresh;
  }
  if (isSeq(node) && isPlanList(before) && isPlanList(after) && node.items.length === before.length) {
    editList(node, before, after);
    return node;
  }
  if (isMap(node) && isPlanMap(before) && isPlanMap(after)) {
    editMap(node, before, after);
    return node;
  }
  return make(after);
}

function editMap(
  map: YAMLMap,
  before: {readonly [key: string]: PlanValue},
  after: {readonly [key: string]: PlanValue},
): void {
  map.items = map.items.filter((pair) => {
    const key = keyOf(pair);
    return key === undefined || Object.hasOwn(after, key) || !Object.hasOwn(before, key);
  });
  const make = (value: PlanValue) => (map.flow === true ? toNode(value, true) : toValueNode(value));
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? (before[key] ?? null) : null;
    if (!sameValue(old, value)) {
      const pair = pairOf(map, key);
      setPair(map, pair, key, edited(asNode(pair?.value), old, value, make));
    }
  }
}

/** Records stay with their name, other items with their value, wherever they now stand. */
function editList(list: YAMLSeq, before: readonly PlanValue[], after: readonly PlanValue[]): void {
  const nodes = list.items.map(asNode);
  const onOneLine = list.flow === true || nodes.every((node) => !(isMap(node) || isSeq(node)) || node.flow === true);
  const left = new Map<string, number[]>();
  before.forEach((item, index) => left.set(identity(item), [...(left.get(identity(item)) ?? []), index]));
  list.items = after.map((item) => {
    const index = left.get(identity(item))?.shift();
    const node = index === undefined ? undefined : nodes[index];
    return edited(node, index === undefined ? null : (before[index] ?? null), item, (value) =>
      toNode(value, onOneLine),
    );
  });
  if (list.items.length === 0) {
    list.flow = true;
  }
}

function identity(item: PlanValue): string {
  const name = isPlanMap(item) ? item['name'] : undefined;
  return JSON.stringify(typeof name === 'string' ? {name} : item);
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => keyOf(pair) === key);
}

function keyOf({key}: Pair): string | undefined {
  return isScalar(key) ? (key.source ?? String(key.value)) : typeof key === 'string' ? key : undefined;
}

function setPair(map: YAMLMap, pair: Pair | undefined, key: string, value: Node): void {
  if (pair === undefined) {
    map.items.push(new Pair(new Scalar(key), value));
  } else {
    pair.value = value;
  }
}

function asNode(value: unknown): Node | undefined {
  return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
}
