import {Failure} from '../base/failure.ts';
import {makeTexts} from '../bundle/contents.ts';
import {ThrowAway} from '../bundle/throw-away.ts';
import type {TreeFile} from '../bundle/tree.ts';
import {breakCluster, type Cluster} from '../lab/break.ts';
import type {Fault} from '../lab/fault.ts';
import type {FaultId} from '../lessons/faults.ts';
import {faultCalled, faults} from '../lab/faults.ts';
import {plansFor} from '../lab/places.ts';
import {canHappen} from '../lab/predict.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {Blueprint, PlannedFile} from '../pki/blueprint-types.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {Broken, Experiment, Mended, RealWords, Trial} from '../pki/experiment.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {prove} from '../proof/prove.ts';
import {issueBlueprint} from '../x509/issue.ts';
import {canHearReal, hearReal, type RealOptions} from './lab-real.ts';
import {askedOf, tryOut} from './lab-trials.ts';

export interface LabOptions {
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
}

interface Lying {
  readonly fault: Fault;
  readonly cluster: Cluster;
  readonly files: BundleFiles;
  /** None before anything was tried. */
  readonly trials: readonly Trial[];
}

/** Faults that a cluster of this plan can have, in the order to learn them. */
export function faultsOf(plan: ClusterPlan): readonly Fault[] {
  return faults.filter((fault) => canHappen(fault, makeBlueprint(plansFor(fault, plan).broken)));
}

/**
 * A throw-away cluster of certificates in a temporary folder, broken and mended as often as one likes. Its servers and
 * clients are real TLS ones of this process, on loopback, one pair a connection; no component runs but for `hearReal`. `close` removes the
 * folder with everything in it.
 */
export class Lab {
  readonly #plan: ClusterPlan;
  readonly #options: LabOptions;
  readonly #throwAway = new ThrowAway('certwright-lab');
  #lying: Lying | undefined;
  #made: {readonly plan: string; readonly cluster: Cluster} | undefined;

  /** @param plan of a cluster whose authorities are all made here */
  constructor(plan: ClusterPlan, options: LabOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /** Where the cluster's files lie. */
  get folder(): string {
    return this.#throwAway.folder;
  }

  /**
   * Puts the fault into the cluster and tries everything that it can hit.
   *
   * @throws Failure `cannot-happen` when this cluster has nothing to break in that way; Cancelled
   */
  async break(id: FaultId): Promise<Experiment> {
    const broken = await this.prepare(id);
    return {...broken, trials: await this.try()};
  }

  /**
   * Puts the fault into the cluster; nothing is tried yet.
   *
   * @throws as `break`
   */
  async prepare(id: FaultId): Promise<Broken> {
    const fault = faultCalled(id);
    const {whole, broken} = await this.#clusters(fault);
    const files = await this.#layOut(broken);
    this.#lying = {fault, cluster: broken, files, trials: []};
    return {fault: id, changed: changedFiles(whole, broken), asked: askedOf(fault, broken.blueprint)};
  }

  /**
   * Tries everything that the fault which was put in last can hit.
   *
   * @throws Cancelled
   */
  async try(): Promise<readonly Trial[]> {
    const {fault, cluster, files} = this.#brokenOne();
    const trials = await tryOut(fault, {cluster, files, ...this.#surroundings(), state: 'broken'});
    this.#lying = {fault, cluster, files, trials};
    return trials;
  }

  /** Of the cluster that was broken last. */
  blueprint(): Blueprint {
    return this.#brokenOne().cluster.blueprint;
  }

  /** Whether real etcd and kube-apiserver can show what was tried last. */
  canHearReal(): boolean {
    const {cluster, trials} = this.#brokenOne();
    return canHearReal({blueprint: cluster.blueprint, trials});
  }

  /**
   * What real etcd, kube-apiserver and kubectl print when they are started with the files in which everything was tried last.
   *
   * @throws Failure `not-with-real` when the fault is not about these programs; Cancelled
   */
  async hearReal(options: RealOptions): Promise<readonly RealWords[]> {
    const {cluster, files, trials} = this.#brokenOne();
    const {folder} = this;
    return hearReal({blueprint: cluster.blueprint, files, directory: this.#throwAway.cluster, folder, trials}, options);
  }

  /** Takes the fault out again, tries the same once more, and proves the whole cluster. */
  async mend(id: FaultId): Promise<Mended> {
    const fault = faultCalled(id);
    const {whole} = await this.#clusters(fault);
    this.#lying = undefined;
    const files = await this.#layOut(whole);
    const around = this.#surroundings();
    const trials = await tryOut(fault, {cluster: whole, files, ...around, state: 'mended'});
    const proof = await prove({blueprint: whole.blueprint, files, ...around});
    const isWhole = proof.state !== 'critical' && trials.every(({predicted, happened}) => predicted === happened);
    return {trials, proof, isWhole};
  }

  close(): void {
    this.#throwAway.remove();
  }

  async #clusters(fault: Fault): Promise<{readonly whole: Cluster; readonly broken: Cluster}> {
    const plans = plansFor(fault, this.#plan);
    if (!canHappen(fault, makeBlueprint(plans.broken))) {
      throw new Failure('cannot-happen', `${fault.id} cannot happen to this cluster: it has nothing of the kind`, {
        nextSteps: ['certwright learn lab lists the faults of a preset', 'or choose another one: --preset NAME'],
      });
    }
    const whole = await this.#make(plans.whole);
    const before = plans.broken === plans.whole ? whole : await clusterOf(plans.broken, this.#surroundings());
    return {whole, broken: await breakCluster(before, fault, this.#surroundings().now)};
  }

  /** The whole cluster stays the same from fault to fault. */
  async #make(plan: ClusterPlan): Promise<Cluster> {
    const key = JSON.stringify(plan);
    if (this.#made?.plan !== key) this.#made = {plan: key, cluster: await clusterOf(plan, this.#surroundings())};
    return this.#made.cluster;
  }

  #brokenOne(): Lying {
    if (this.#lying === undefined) throw new TypeError('nothing is broken yet');
    return this.#lying;
  }

  #layOut(cluster: Cluster): Promise<BundleFiles> {
    const textOf = textsOf(cluster);
    const files = cluster.blueprint.files.map((file): TreeFile => ({...file, text: () => textOf(file)}));
    return this.#throwAway.layOut(files, this.#surroundings());
  }

  #surroundings() {
    return {now: this.#options.now(), signal: this.#options.signal};
  }
}

async function clusterOf(plan: ClusterPlan, options: {now: Date; signal: AbortSignal | undefined}): Promise<Cluster> {
  const blueprint = makeBlueprint(plan);
  return {blueprint, issued: await issueBlueprint(blueprint, options), texts: new Map(), made: options.now};
}

function textsOf({blueprint, issued, texts, made}: Cluster): (file: PlannedFile) => string {
  const textOf = makeTexts({blueprint, issued, now: made});
  return ({path, content}) => texts.get(path) ?? textOf(content);
}

/** `cp-1:/etc/kubernetes/pki/ca.crt`; what lies beside the nodes is the bundle's own. */
function changedFiles(whole: Cluster, broken: Cluster): readonly string[] {
  const [before, after] = [textsOf(whole), textsOf(broken)];
  const files = new Map(whole.blueprint.files.map((file) => [file.path, file]));
  return broken.blueprint.files.flatMap((file) => {
    const old = files.get(file.path);
    if (old !== undefined && before(old) === after(file)) return [];
    return [file.target === undefined ? file.path : `${file.node}:${file.target}`];
  });
}
