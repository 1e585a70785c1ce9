import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {readBundle} from '../../src/bundle/read-bundle.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Blueprint, ComponentId} from '../../src/pki/blueprint-types.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import type {Proof} from '../../src/pki/verdict.ts';
import {prove} from '../../src/proof/prove.ts';
import {runSetUp} from './set-up.ts';

/** A bundle on disk, as `certwright issue` writes it. */
export class Bundle implements AsyncDisposable {
  readonly blueprint: Blueprint;
  /** Absolute. */
  readonly folder: string;
  readonly #parent: string;

  private constructor(blueprint: Blueprint, parent: string) {
    this.blueprint = blueprint;
    this.#parent = parent;
    this.folder = join(parent, blueprint.plan.cluster.name);
  }

  static async of(plan: ClusterPlan): Promise<Bundle> {
    const bundle = new Bundle(makeBlueprint(plan), await mkdtemp(join(tmpdir(), 'certwright-bundle-')));
    try {
      await runSetUp(plan, bundle.folder, {planYaml: writePlan(plan)});
      return bundle;
    } catch (error) {
      await bundle[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** @param path the bundle's */
  path(path: string): string {
    return join(this.folder, path);
  }

  read(path: string): Promise<string> {
    return readFile(this.path(path), 'utf8');
  }

  /** A path outside of the bundle that goes with it. */
  beside(name: string): string {
    return join(this.#parent, name);
  }

  /** Every regular file, the bundle's paths. */
  async list(): Promise<string[]> {
    const entries = await readdir(this.folder, {recursive: true, withFileTypes: true});
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.folder.length + 1))
      .toSorted();
  }

  rootfs(node: string): string {
    return this.path(`nodes/${node}/rootfs`);
  }

  flagsFile(node: string, component: ComponentId): string {
    return this.path(`nodes/${node}/flags/${component}.flags`);
  }

  /** A flag's value as it lies in the flags file. */
  async flag(node: string, component: ComponentId, name: string): Promise<string> {
    const lines = (await readFile(this.flagsFile(node, component), 'utf8')).split('\n');
    const line = lines.find((one) => one.startsWith(`${name}=`));
    if (line === undefined) throw new Error(`${component} on ${node} has no flag ${name}`);
    return line.slice(name.length + 1);
  }

  /** What `certwright verify` says about it. */
  async prove(): Promise<Proof> {
    const {files} = readBundle(this.folder);
    return prove({blueprint: this.blueprint, files, now: new Date()});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#parent, {recursive: true, force: true});
  }
}
