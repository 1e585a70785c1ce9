import {Pair, Scalar, YAMLMap, YAMLSeq, type Node} from 'yaml';
import type {PlanValue} from '../wizard/step.ts';

/** A plan value as YAML nodes; `flow` = on one line, in brackets. */
export function toNode(value: PlanValue, flow: boolean): Scalar | YAMLMap | YAMLSeq {
  if (typeof value === 'string' || value === null) {
    return new Scalar(value);
  }
  if (isArray(value)) {
    const list = new YAMLSeq<Node>();
    list.items = value.map((item) => toNode(item, flow));
    list.flow = flow;
    return list;
  }
  const map = new YAMLMap<Scalar, Node>();
  map.items = Object.entries(value).map(([key, inside]) => new Pair(new Scalar(key), toNode(inside, flow)));
  map.flow = flow;
  return map;
}

/** A value below a key: lists of texts on one line, records one a line. */
export function toValueNode(value: PlanValue): Scalar | YAMLMap | YAMLSeq {
  const node = toNode(value, true);
  if (node instanceof Scalar) {
    return node;
  }
  const inside = node instanceof YAMLMap ? node.items.map((pair) => pair.value) : node.items;
  node.flow = inside.length === 0 || (node instanceof YAMLSeq && inside.every((each) => each instanceof Scalar));
  return node;
}

export function sameValue(one: PlanValue, other: PlanValue): boolean {
  if (one === other) {
    return true;
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (isArray(one) || isArray(other)) {
    return (
      isArray(one) &&
      isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => sameValue(item, other[index] ?? null))
    );
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key] ?? null, other[key] ?? null))
  );
}

function isArray(value: PlanValue): value is readonly PlanValue[] {
  return Array.isArray(value);
}
