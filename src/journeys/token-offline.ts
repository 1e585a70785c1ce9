import {halvesOf} from '../base/bootstrap-token.ts';
import type {Secret} from '../base/secret.ts';
import type {TreeFile} from '../bundle/tree.ts';
import {writeTree} from '../bundle/write-tree.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {firstSteps, type FirstStep} from '../pki/first-steps.ts';
import {makeBootstrapToken} from '../x509/bootstrap-token.ts';
import type {BundleAt} from './bundle-at.ts';
import {newTexts} from './bundle-texts.ts';

/** A token for a cluster that is not there yet, or a machine without kubeadm. */
export interface OfflineToken {
  readonly id: string;
  /** undefined = never. */
  readonly ends: Date | undefined;
  /** Paths in the folder. */
  readonly files: readonly string[];
  /** To be taken once the API server answers; their paths begin at this folder or at the bundle's. */
  readonly steps: readonly FirstStep[];
}

/**
 * Writes what a token consists of into a new folder: the Secret, cluster-info signed with it, the bindings,
 * a bootstrap kubeconfig and the join line. The bundle itself stays as it is.
 *
 * @param directory absolute; absent or empty
 */
export async function prepareToken(
  at: BundleAt,
  {
    settings,
    given,
    directory,
    now,
    signal,
  }: {
    readonly settings: ClusterPlan['bootstrap']['token'];
    readonly given: Secret | undefined;
    readonly directory: string;
    readonly now: Date;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<OfflineToken> {
  const token = given ?? makeBootstrapToken();
  const blueprint = makeBlueprint({...at.blueprint.plan, bootstrap: {token: settings}});
  const textOf = await newTexts(at, blueprint, {certificates: [], token, now});
  const files = blueprint.files
    .filter(({path}) => path.startsWith('bootstrap/'))
    .map(({path, mode, content}): TreeFile => ({path, mode, text: () => textOf(content)}));
  await writeTree(files, {directory, now, signal});
  return {
    id: halvesOf(token).id,
    ends: settings.ttl === 0 ? undefined : new Date(now.getTime() + settings.ttl * 3_600_000),
    files: files.map(({path}) => path),
    steps: firstSteps(blueprint).filter(({byKubeadm}) => !byKubeadm),
  };
}
