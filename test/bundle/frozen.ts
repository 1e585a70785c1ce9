import {Secret} from '../../src/base/secret.ts';
import type {Made} from './bundles.ts';

/** What a bundle is written from, as text for another process: throw-away keys, in a test's own folder. */
export function frozen(made: Made): string {
  return JSON.stringify(revealed(made));
}

export function thawed(text: string): Made {
  return hidden(JSON.parse(text)) as Made;
}

/** Maps, dates and secrets become what JSON can hold. */
function revealed(value: unknown): unknown {
  if (value instanceof Secret) return {secret: value.reveal()};
  if (value instanceof Date) return {date: value.toISOString()};
  if (value instanceof Map)
    return {map: [...(value as Map<string, unknown>)].map(([key, each]) => [key, revealed(each)])};
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revealed(each)]));
}

function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value !== 'object' || value === null) return value;
  const [[kind, inner] = ['', undefined], ...others] = Object.entries(value) as [string, unknown][];
  if (others.length === 0 && kind === 'secret' && typeof inner === 'string') return new Secret(inner);
  if (others.length === 0 && kind === 'date' && typeof inner === 'string') return new Date(inner);
  if (others.length === 0 && kind === 'map')
    return new Map((inner as [string, unknown][]).map(([key, each]) => [key, hidden(each)]));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hidden(each)]));
}
