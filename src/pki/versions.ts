/** Kubernetes versions that the catalogue knows, and how rows say from when until when they hold. */

export interface KubernetesVersion {
  readonly minor: number;
  readonly patch: number;
}

/**
 * The newest patch known of each minor, index 0 = 1.20. A minor in a plan means this patch; it matters only where a
 * patch release changed what kubeadm writes. Newer patches are taken as they are.
 */
const latestPatches: readonly number[] = [15, 14, 17, 17, 17, 16, 15, 16, 15, 14, 14, 14, 13, 13, 11, 9, 5];

export const oldestMinor = 20;
export const newestMinor = oldestMinor + latestPatches.length - 1;

/** `1.36`, `v1.36`, `1.36.1` → a version; undefined when it is not one that the catalogue knows. */
export function parseVersion(text: string): KubernetesVersion | undefined {
  const match = /^v?1\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const minor = Number(match[1]);
  const latest = latestPatches[minor - oldestMinor];
  if (latest === undefined) return undefined;
  return {minor, patch: match[2] === undefined ? latest : Number(match[2])};
}

export function formatVersion(version: KubernetesVersion): string {
  return `1.${version.minor}.${version.patch}`;
}

/** From when until when (both inclusive) a row or a value holds; a bound left out is open. Written as `1.29` or `1.36.1`. */
export interface Span {
  readonly from?: string;
  readonly until?: string;
}

/** A bound without a patch means the whole minor. */
export function holdsFor(span: Span, version: KubernetesVersion): boolean {
  const [from, until] = [bound(span.from), bound(span.until)];
  if (from !== undefined && compare(version, from) < 0) return false;
  return until === undefined || compare(version, until) <= 0;
}

/** A value that changed from version to version; the first span that holds gives it. */
export type Dated<T> = readonly (Span & {readonly value: T})[];

export function valueFor<T>(dated: Dated<T>, version: KubernetesVersion, otherwise: T): T {
  return dated.find((entry) => holdsFor(entry, version))?.value ?? otherwise;
}

interface Bound {
  readonly minor: number;
  readonly patch: number | undefined;
}

function bound(text: string | undefined): Bound | undefined {
  if (text === undefined) return undefined;
  const match = /^1\.(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new TypeError(`not a version bound: ${text}`);
  return {minor: Number(match[1]), patch: match[2] === undefined ? undefined : Number(match[2])};
}

function compare(version: KubernetesVersion, other: Bound): number {
  return version.minor - other.minor || (other.patch === undefined ? 0 : version.patch - other.patch);
}
