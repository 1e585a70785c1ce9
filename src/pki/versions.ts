/** Kubernetes versions that the catalogue knows, and how to compare them. */

export interface KubernetesVersion {
  readonly minor: number;
  readonly patch: number;
}

export const oldestMinor = 20;
export const newestMinor = 36;
