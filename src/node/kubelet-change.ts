import {basename} from 'node:path';
import {Failure} from '../base/failure.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import {readMaterial} from '../x509/material.ts';
import type {FileWrite} from './change/stage.ts';
import type {NodeFound} from './inventory.ts';
import {makeKubeletClient, signingAuthority} from './kubelet-client.ts';
import {doorToWrite, writesOf} from './kubelet-files.ts';
import {currentPem, type FoundNodeName, type KubeletPlaces} from './kubelet-places.ts';
import type {Remade, RenewalItem} from './renewal-items.ts';
import {isPairOf} from './staged-renewal.ts';
import type {NodeRoot} from './root.ts';
import {seenAt} from './seen.ts';

/** What changes for the kubelet beside leaves that are issued again; it must be restarted for it. */
export interface KubeletChange {
  readonly name: string;
  /** undefined = there is none. */
  readonly before: InspectedCertificate | undefined;
  /** undefined = the kubelet makes it itself when it starts. */
  readonly after: InspectedCertificate | undefined;
  /** Path of the one that signed it. */
  readonly authority: string | undefined;
  /** Whose it is, for one that is made anew. */
  readonly node: FoundNodeName | undefined;
  readonly writes: readonly FileWrite[];
}

export interface NewClientWish {
  readonly node: FoundNodeName;
  readonly places: KubeletPlaces;
  /** Hours. */
  readonly validity: number;
  readonly now: Date;
}

/**
 * A client certificate for this node's kubelet, made anew: there was none, or not under this name, or its authority is
 * gone. Its kubeconfig is written where it does not name the pair by its link.
 *
 * @throws Failure
 */
export async function newClient(
  root: NodeRoot,
  found: NodeFound,
  {node, places, validity, now}: NewClientWish,
): Promise<KubeletChange> {
  signingAuthority(found, [node.name]);
  const door = doorToWrite(found, places);
  const made = await makeKubeletClient(root, found, {node: node.name, places, door, validity, now});
  const earlier = found.certificates.find(({at}) => at.path === currentPem(places) && at.place === 0);
  return {
    name: 'kubelet-client',
    before: earlier?.certificate,
    after: made.certificate,
    authority: made.authority,
    node,
    writes: writesOf(root, made.files),
  };
}

/** What the kubelet makes itself is taken away, the key and the certificate together: of one alone it only complains. */
export function takenAway(root: NodeRoot, {name, held, keyPath}: RenewalItem & Remade): KubeletChange {
  const access = {mode: 0o600, owner: 0, group: 0};
  const there = [keyPath, held.at.path].flatMap((path) => root.real(path) ?? []);
  return {
    name,
    before: held.certificate,
    after: undefined,
    authority: undefined,
    node: undefined,
    writes: there.map((path) => ({path, bytes: undefined, access, replaces: seenAt(root, path)})),
  };
}

/**
 * Looks at the staged pairs as the kubelet will.
 *
 * @throws Failure `staged-pair-wrong`
 */
export function validateKubelet(changes: readonly KubeletChange[]): (staged: ReadonlyMap<string, Buffer>) => void {
  return (staged) => {
    for (const {name, after, writes} of changes) {
      if (after === undefined) continue;
      const pem = writes.find(({path, bytes}) => bytes !== undefined && basename(path).endsWith('.pem'));
      const material = readMaterial(staged.get(pem?.path ?? '') ?? Buffer.alloc(0));
      if (isPairOf(material, after)) continue;
      throw new Failure('staged-pair-wrong', `what was staged for ${name} does not fit together`, {
        nextSteps: ['nothing was changed; the disk may be failing: see dmesg'],
      });
    }
  };
}
