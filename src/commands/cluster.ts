import {resolve} from 'node:path';
import {adminAt, type Admin} from '../journeys/admin.ts';
import {bundleAt, type BundleAt} from '../journeys/bundle-at.ts';
import type {Context} from './context.ts';

/** Which cluster is meant. */
export interface ClusterOptions {
  readonly kubeconfig?: string;
  readonly bundle?: string;
}

/** How it is spoken to, and its bundle where one is named. */
export async function clusterOf(
  {cwd}: Context,
  {kubeconfig, bundle}: ClusterOptions,
): Promise<{readonly at: BundleAt | undefined; readonly admin: Admin}> {
  const at = bundle === undefined ? undefined : bundleAt(resolve(cwd, bundle), bundle);
  const admin = await adminAt(kubeconfig === undefined ? undefined : resolve(cwd, kubeconfig), at);
  return {at, admin};
}
