import type {Artefact} from '../lessons/artefact.ts';
import type {ArtefactId} from '../lessons/stories.ts';
import type {ClusterPlan, TopologyId} from '../pki/plan.ts';
import {call, clientChecked, etcdDoors, handshake, kubeletCall, serverChecked} from './story-calls.ts';
import {authority, ended, keyPair, leaf, trustTried} from './story-certificates.ts';
import {StoryCluster} from './story-cluster.ts';
import {
  clientNames,
  etcdDoor,
  frontProxyCall,
  frontProxyDoor,
  kubeconfig,
  kubeconfigNames,
  kubeconfigServer,
  shownNothing,
  whoSignsWhat,
} from './story-identities.ts';
import {namesake, phaseBoth, phaseDrop, phaseIssue, sameKey} from './story-new-ca.ts';
import {nodeCertificate, nodeRequest, request, requestObject, signed} from './story-requests.ts';
import {renewed, renewedCall, whoReloads} from './story-rotation.ts';
import {
  bootstrapKubeconfig,
  podCall,
  saFiles,
  signedClusterInfo,
  token,
  tokenName,
  tokenSecret,
  tokenVerified,
  twoPublicKeys,
} from './story-tokens.ts';

export interface StoriesOptions {
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The real things that the stories show, each made when it is asked for, all from one throw-away cluster that exists in
 * memory alone.
 */
export class StoryBench {
  readonly #plan: ClusterPlan;
  readonly #options: StoriesOptions;
  readonly #clusters = new Map<TopologyId, Promise<StoryCluster>>();

  /** @param plan of a cluster whose authorities are all made here */
  constructor(plan: ClusterPlan, options: StoriesOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /**
   * Makes it anew each time.
   *
   * @throws Failure `no-loopback` where this machine lets nobody listen; Cancelled
   */
  async artefact(id: ArtefactId): Promise<Artefact> {
    const {topology} = this.#plan.trust;
    const cluster = await this.#cluster(topology);
    const apart = () => this.#cluster(topology === 'single-ca' ? 'three-cas' : topology);
    const one = () => this.#cluster('single-ca');
    switch (id) {
      case 'leaf':
        return leaf(cluster);
      case 'key-pair':
        return keyPair(cluster);
      case 'authority':
        return authority(cluster);
      case 'trust-tried':
        return trustTried(cluster);
      case 'ended':
        return ended(cluster);
      case 'call':
        return call(cluster);
      case 'server-checked':
        return serverChecked(cluster);
      case 'client-checked':
        return clientChecked(cluster);
      case 'handshake':
        return handshake(cluster);
      case 'etcd-doors':
        return etcdDoors(cluster);
      case 'kubelet-call':
        return kubeletCall(cluster);
      case 'shown-nothing':
        return shownNothing(cluster);
      case 'client-names':
        return clientNames(cluster);
      case 'token-name':
        return tokenName(cluster);
      case 'who-signs-what':
        return whoSignsWhat(cluster);
      case 'etcd-door':
        return etcdDoor(await apart(), await one());
      case 'front-proxy-call':
        return frontProxyCall(cluster);
      case 'front-proxy-door':
        return frontProxyDoor(await apart(), await one());
      case 'kubeconfig':
        return kubeconfig(cluster);
      case 'kubeconfig-names':
        return kubeconfigNames(cluster);
      case 'kubeconfig-server':
        return kubeconfigServer(cluster);
      case 'sa-files':
        return saFiles(cluster);
      case 'token':
        return token(cluster);
      case 'token-verified':
        return tokenVerified(cluster);
      case 'pod-call':
        return podCall(cluster);
      case 'two-public-keys':
        return twoPublicKeys(cluster);
      case 'request':
        return request();
      case 'request-object':
        return requestObject();
      case 'signed':
        return signed(cluster);
      case 'token-secret':
        return tokenSecret(cluster);
      case 'cluster-info':
        return signedClusterInfo(cluster);
      case 'bootstrap-kubeconfig':
        return bootstrapKubeconfig(cluster);
      case 'node-request':
        return nodeRequest(cluster);
      case 'node-certificate':
        return nodeCertificate(cluster);
      case 'renewed':
        return renewed(cluster);
      case 'renewed-call':
        return renewedCall(cluster);
      case 'who-reloads':
        return whoReloads(cluster);
      case 'namesake':
        return namesake(cluster);
      case 'phase-both':
        return phaseBoth(cluster);
      case 'phase-issue':
        return phaseIssue(cluster);
      case 'phase-drop':
        return phaseDrop(cluster);
      case 'same-key':
        return sameKey(cluster);
      default:
        return id satisfies never;
    }
  }

  #cluster(topology: TopologyId): Promise<StoryCluster> {
    const made = this.#clusters.get(topology);
    if (made !== undefined) return made;
    const plan = {...this.#plan, trust: {...this.#plan.trust, topology}};
    const making = StoryCluster.of(plan, {now: this.#options.now(), signal: this.#options.signal});
    this.#clusters.set(topology, making);
    // What has failed may be tried again.
    making.catch(() => this.#clusters.delete(topology));
    return making;
  }
}
