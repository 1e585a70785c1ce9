import type {Blueprint} from '../pki/blueprint-types.ts';
import type {Issued} from '../pki/issued.ts';
import {makeTexts} from './contents.ts';
import {makeBundleJson} from './make-bundle-json.ts';
import {makeReadme} from './readme.ts';
import {checkNode, type TreeFile} from './tree.ts';
import {writeTree, type WriteOptions} from './write-tree.ts';

export interface NewBundle extends WriteOptions {
  readonly blueprint: Blueprint;
  readonly issued: Issued;
  /** The plan as a person would read it, comments kept. No secret is in it. */
  readonly planYaml: string;
}

/**
 * Writes a whole bundle, or nothing: it grows in a hidden folder beside `directory` and takes its place in one rename.
 *
 * @throws Failure when the world says no, Cancelled when the signal does; in both cases nothing is left
 */
export async function writeBundle(bundle: NewBundle): Promise<void> {
  await writeTree(bundleFiles(bundle), bundle);
}

/** The same for a folder of requests whose signatures have come: the finished bundle takes its place. */
export async function completeRequests(bundle: NewBundle): Promise<void> {
  await writeTree(bundleFiles(bundle), bundle, true);
}

/** `bundle.json` comes last: where it is, all else is too. */
function bundleFiles({blueprint, issued, planYaml, now}: NewBundle): readonly TreeFile[] {
  const textOf = makeTexts({blueprint, issued, now});
  for (const file of blueprint.files) checkNode(file);
  return [
    ...blueprint.files.map(({path, mode, content}): TreeFile => ({path, mode, text: () => textOf(content)})),
    {path: 'plan.yaml', mode: 0o644, text: () => planYaml},
    {path: 'README.md', mode: 0o644, text: () => makeReadme(blueprint)},
    {
      path: 'bundle.json',
      mode: 0o644,
      text: () => `${JSON.stringify(makeBundleJson(blueprint, issued), undefined, 2)}\n`,
    },
  ];
}
