import {z} from 'zod';
import type {Kubectl} from './kubectl.ts';
import {isRefusal} from './refusal.ts';

export interface APIServerVersion {
  readonly minor: number;
  /** `v1.36.2`. */
  readonly text: string;
}

/** Whoever is known to the API server may ask. */
export function readVersion(kubectl: Kubectl): Promise<APIServerVersion> {
  return kubectl.read(version, ['get', '--raw=/version']);
}

/**
 * What the API server verifies clients with, as it tells everybody who may read it; undefined = this kubeconfig may not,
 * or the server has no `--client-ca-file`.
 *
 * @returns PEM
 */
export async function readClientAuthorities(kubectl: Kubectl): Promise<string | undefined> {
  const words = ['get', 'configmap', 'extension-apiserver-authentication', '--namespace=kube-system', '--output=json'];
  try {
    return (await kubectl.read(authentication, words)).data['client-ca-file'];
  } catch (error) {
    if (isRefusal(error, 'api-forbidden') || isRefusal(error, 'api-not-found')) return undefined;
    throw error;
  }
}

/** Some distributions write `20+`. */
const version = z
  .object({minor: z.string().regex(/^\d+\+?$/), gitVersion: z.string().regex(/^v[\w.+-]+$/)})
  .transform(({minor, gitVersion}): APIServerVersion => ({minor: Number.parseInt(minor, 10), text: gitVersion}));

const authentication = z.object({data: z.record(z.string(), z.string()).default({})});
