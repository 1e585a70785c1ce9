import {Failure} from '../base/failure.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import {type Material, readMaterial} from '../x509/material.ts';
import type {Held} from './held.ts';
import {embeddedMaterial} from './holdings.ts';
import {type Renewed, textAt} from './renew.ts';
import type {NodeRoot} from './root.ts';

/**
 * Looks at staged files as whoever loads them will: every certificate is the prepared one, and its key fits.
 *
 * @throws Failure `staged-pair-wrong`, `changed-meanwhile`
 */
export function validateStaged(
  root: NodeRoot,
  renewed: readonly Renewed[],
): (staged: ReadonlyMap<string, Buffer>) => void {
  return (staged) => {
    for (const {item, after, writes} of renewed) {
      refuseOther(root, item.authority);
      // A key that stays is where it was.
      const kept = item.key.kind === 'file' && writes.length === 1 ? [textAt(root, item.key.path).reveal()] : [];
      const texts = [...writes.map(({path}) => (staged.get(path) ?? Buffer.alloc(0)).toString('utf8')), ...kept];
      const sets =
        item.key.kind === 'kubeconfig'
          ? texts.map((text) => userMaterial(text, item.held.at.entry?.name))
          : [texts.flatMap((text) => readMaterial(Buffer.from(text)))];
      if (sets.every((material) => isPairOf(material, after))) continue;
      throw new Failure('staged-pair-wrong', `what was staged for ${item.name} does not fit together`, {
        nextSteps: ['nothing was changed; the disk may be failing: see dmesg'],
      });
    }
  };
}

/** What was signed a while ago is worth nothing once its authority is another one. */
function refuseOther(root: NodeRoot, authority: Held | undefined): void {
  if (authority === undefined || authority.at.entry !== undefined) return;
  const {path} = authority.at;
  const {fingerprint} = authority.certificate;
  const file = root.read(path);
  const isThere =
    file.ok &&
    readMaterial(file.bytes).some(
      (each) => each.kind === 'certificate' && each.certificate.fingerprint === fingerprint,
    );
  if (isThere) return;
  throw new Failure('changed-meanwhile', `${path}, which has signed, was changed by somebody else since then`, {
    nextSteps: ['nothing was changed; run it again'],
  });
}

function userMaterial(kubeconfig: string, user: string | undefined): readonly Material[] {
  const entry = readKubeconfig(kubeconfig).users.find(({name}) => name === user);
  return embeddedMaterial(entry?.certificate, entry?.key);
}

export function isPairOf(material: readonly Material[], after: InspectedCertificate): boolean {
  const leaf = material.find(({kind}) => kind === 'certificate');
  const key = material.find(({kind}) => kind === 'private-key');
  return leaf?.kind === 'certificate' && leaf.certificate.fingerprint === after.fingerprint && key?.pin === leaf.pin;
}
