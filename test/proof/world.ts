import type {Blueprint, PlannedCertificate} from '../../src/pki/blueprint-types.ts';
import type {BundleFiles} from '../../src/pki/bundle-files.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import type {Issued} from '../../src/pki/issued.ts';
import type {JudgedConnection, Proof, Verdict} from '../../src/pki/verdict.ts';
import {makeTexts} from '../../src/bundle/contents.ts';
import {writeKubeconfig} from '../../src/kubeconfig/write-kubeconfig.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {prove, type ProofOptions} from '../../src/proof/prove.ts';
import {issueBlueprint} from '../../src/x509/issue.ts';
import {readPrivateKey} from '../../src/x509/keys.ts';
import {makeLeaf, type Made, type Wish} from '../x509/makers.ts';

/** A whole bundle in memory, to be spoiled. */
export class World {
  readonly blueprint: Blueprint;
  readonly issued: Issued;
  readonly now: Date;
  readonly #files: Map<string, {readonly text: string; readonly mode: number}>;

  private constructor(world: Pick<World, 'blueprint' | 'issued' | 'now'>, files: World['contents']) {
    this.blueprint = world.blueprint;
    this.issued = world.issued;
    this.now = world.now;
    this.#files = new Map(files);
  }

  static async of(plan: ClusterPlan, now = new Date()): Promise<World> {
    const blueprint = makeBlueprint(plan);
    const issued = await issueBlueprint(blueprint, {now});
    const textOf = makeTexts({blueprint, issued, now});
    const files = new Map(blueprint.files.map(({path, mode, content}) => [path, {text: textOf(content), mode}]));
    return new World({blueprint, issued, now}, files);
  }

  get contents(): ReadonlyMap<string, {readonly text: string; readonly mode: number}> {
    return this.#files;
  }

  /** A copy that can be spoiled without spoiling this one. */
  copy(changes: Partial<Pick<World, 'blueprint' | 'now'>> = {}): World {
    return new World({...this, ...changes}, this.#files);
  }

  get files(): BundleFiles {
    return {
      list: () => [...this.#files.keys()].toSorted(),
      mode: (path) => this.#files.get(path)?.mode,
      read: async (path) => this.#files.get(path)?.text,
    };
  }

  read(path: string): string {
    const file = this.#files.get(path);
    if (file === undefined) throw new Error(`no file ${path} in this world`);
    return file.text;
  }

  write(path: string, text: string, mode = this.#files.get(path)?.mode ?? 0o644): void {
    this.#files.set(path, {text, mode});
  }

  remove(path: string): void {
    if (!this.#files.delete(path)) throw new Error(`no file ${path} in this world`);
  }

  rename(from: string, to: string): void {
    const {text, mode} = this.#files.get(from) ?? {text: this.read(from), mode: 0};
    this.#files.delete(from);
    this.#files.set(to, {text, mode});
  }

  /** The bundle's path of a node's file. */
  at(node: string, target: string): string {
    return `nodes/${node}/rootfs${target}`;
  }

  authority(id: string): Made {
    const issued = this.issued.authorities.get(id);
    if (issued?.key === undefined) throw new Error(`no authority ${id} in this world`);
    return {...issued, key: readPrivateKey(issued.key)};
  }

  planned(name: string): PlannedCertificate {
    const planned = this.blueprint.certificates.find((each) => each.name === name);
    if (planned === undefined) throw new Error(`no certificate ${name} in this world`);
    return planned;
  }

  /** Puts another pair in the place of a planned one, planned otherwise as said, in every file that holds it. */
  async reissue(
    name: string,
    wish: Wish & {readonly chain?: readonly string[]; readonly by?: Made} = {},
  ): Promise<void> {
    const planned = this.planned(name);
    const {by = this.authority(planned.authority), chain = planned.chain, ...rest} = wish;
    const {subject, usages, sans, algorithm, validity} = planned;
    const made = await makeLeaf(by, {...subject, usages, sans, algorithm, validity, now: this.now, ...rest});
    const certificate = [made.certificate, ...chain.map((id) => this.authority(id).certificate)].join('');
    for (const {path, content} of this.blueprint.files) {
      if (content.kind === 'certificate' && content.certificate === name) this.write(path, certificate);
      if (content.kind === 'certificate-key' && content.certificate === name) {
        this.write(path, made.key.privateKey.reveal());
      }
    }
    for (const kubeconfig of this.blueprint.kubeconfigs) {
      const {credential, trusts, clusterName, server, user, contextName} = kubeconfig;
      if (credential.kind !== 'certificate' || credential.certificate !== name) continue;
      const text = writeKubeconfig({
        clusterName,
        server,
        user,
        contextName,
        certificateAuthority: trusts.map((id) => this.authority(id).certificate).join(''),
        credential: {kind: 'certificate', certificate, key: made.key.privateKey},
      });
      for (const {path, content} of this.blueprint.files) {
        if (content.kind === 'kubeconfig' && content.kubeconfig === kubeconfig.name) this.write(path, text);
      }
    }
  }

  prove(options: Partial<ProofOptions> = {}): Promise<Proof> {
    return prove({blueprint: this.blueprint, files: this.files, now: this.now, ...options});
  }
}

/** The ids of connections with a verdict of this kind, each once. */
export function idsOf(proof: Proof, kind: Verdict['kind']): string[] {
  return [
    ...new Set(proof.connections.filter(({verdict}) => verdict.kind === kind).map(({connection}) => connection.id)),
  ];
}

export function judged(proof: Proof, id: string): JudgedConnection {
  const found = proof.connections.find(({connection}) => connection.id === id);
  if (found === undefined) throw new Error(`no connection ${id} in this proof`);
  return found;
}

export function findingsOf(proof: Proof): string[] {
  return proof.findings.map(({severity, code, at}) => `${severity} ${code} ${at.path}`);
}
