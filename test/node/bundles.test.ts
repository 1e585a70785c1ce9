import {mkdirSync, writeFileSync} from 'node:fs';
import {cp} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {diagnose} from '../../src/node/diagnose.ts';
import {inventoryOf, lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import {indexBlueprint} from '../../src/report/blueprint-index.ts';
import {componentForm, formsOf} from '../../src/report/component-forms.ts';
import {Bundle} from '../helpers/bundle.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** What a node has once it is set up: the bundle's files laid over its `/`, and what starts its components. */
async function setUpNodes(
  preset: string,
): Promise<{readonly bundle: Bundle; readonly roots: ReadonlyMap<string, string>}> {
  const bundle = await Bundle.of(presetPlan(preset, 'keys.algorithm=ECDSA-P256'));
  onTestFinished(() => bundle[Symbol.asyncDispose]());
  const index = indexBlueprint(bundle.blueprint);
  const roots = new Map<string, string>();
  for (const {name} of bundle.blueprint.nodes) {
    const root = temporaryFolder();
    roots.set(name, root);
    await cp(bundle.rootfs(name), root, {recursive: true});
    for (const component of bundle.blueprint.components.filter(({node}) => node === name)) {
      const started = formsOf(index, component).find((id) => id === 'unit' || id === 'static-pod');
      if (started === undefined) throw new Error(`nothing starts ${component.component}`);
      const {path, text} = componentForm(index, component, started);
      mkdirSync(dirname(join(root, path)), {recursive: true});
      writeFileSync(join(root, path), text);
    }
  }
  return {bundle, roots};
}

test.each(presetNames)('a node that %s sets up has every certificate found, and nothing wrong', async (preset) => {
  const {bundle, roots} = await setUpNodes(preset);
  for (const [node, root] of roots) {
    const found = lookAtNode(openRoot(root), {isLive: false, homes: ['/root']});
    const {findings} = diagnose(found, {now: new Date(), warnWithin: 24, served: undefined});
    const planned = bundle.blueprint.certificates.filter((certificate) => certificate.node === node);
    expect(findings).toEqual([]);

    const {certificates, components} = inventoryOf(found, undefined);
    const ids = new Set(certificates.flatMap(({id, isAuthority}) => (isAuthority ? [] : [id])));
    expect(ids).toEqual(new Set(planned.map(({id}) => id)));
    expect(new Set(components.map(({component}) => component))).toEqual(
      new Set(bundle.blueprint.components.filter((each) => each.node === node).map(({component}) => component)),
    );
  }
});
