import {Failure} from '../base/failure.ts';
import type {TreeFile, TreeLink} from '../bundle/tree.ts';
import {writeTree} from '../bundle/write-tree.ts';
import {lookAtNode} from '../node/inventory.ts';
import {type KubeletClient, makeKubeletClient, signingAuthority} from '../node/kubelet-client.ts';
import {sharedDoor} from '../node/kubelet-door.ts';
import {type KubeletFile, noDoor} from '../node/kubelet-files.ts';
import {kubeletPlaces} from '../node/kubelet-places.ts';
import {openRoot} from '../node/root.ts';
import type {KubeletStep} from '../report/kubelet-text.ts';
import {shellWord} from '../report/same-command.ts';

export interface KubeletsWish {
  /** The `/` of the control-plane node whose authority signs, as it lies here; absolute. */
  readonly root: string;
  /** As `kubectl get nodes` shows them, each once. */
  readonly nodes: readonly string[];
  /** Hours. */
  readonly validity: number;
  readonly now: Date;
}

/** What lets kubelets of other nodes in again. Keys are in it: it is written, never printed. */
export interface PreparedKubelets {
  readonly kubelets: readonly KubeletClient[];
  /** Which they are to call, by the kubeconfig of this node that says so. */
  readonly door: {readonly server: string; readonly from: string};
  readonly authority: string;
}

/**
 * Makes certificates for kubelets of other nodes, in memory: without an API server, from this node's files. Paths are
 * those of this node's kubelet, for nodes of one cluster are set up alike.
 *
 * @throws Failure
 */
export async function prepareKubelets({
  root: directory,
  nodes,
  validity,
  now,
}: KubeletsWish): Promise<PreparedKubelets> {
  const root = openRoot(directory);
  const found = lookAtNode(root, {isLive: directory === '/', homes: []});
  const places = kubeletPlaces(found);
  if (places === undefined) {
    throw new Failure('kubelet-places-unknown', 'nothing here says where kubelets of this cluster have their files', {
      nextSteps: ['run it on a control-plane node that kubeadm has set up, or that has a kubelet itself'],
    });
  }
  const {held} = signingAuthority(found, nodes);
  const door = sharedDoor(found);
  if (door === undefined) throw noDoor(`${places.kubeconfig} of ${nodes.join(', ')}`);
  const kubelets: KubeletClient[] = [];
  for (const node of nodes) kubelets.push(await makeKubeletClient(root, found, {node, places, door, validity, now}));
  return {kubelets, door, authority: held.at.path};
}

/** Writes them into a folder, one for each node: all or nothing. */
export async function writeKubelets(
  {kubelets}: PreparedKubelets,
  options: {readonly directory: string; readonly now: Date; readonly signal: AbortSignal},
): Promise<void> {
  const files = kubelets.flatMap(({node, files: each}) => each.map((file) => placedFor(node, file)));
  await writeTree(files, options);
}

function placedFor(node: string, file: KubeletFile): TreeFile | TreeLink {
  const path = `${node}/rootfs${file.path}`;
  return 'link' in file ? {path, link: file.link} : {path, mode: 0o600, text: () => file.text.reveal()};
}

/** @param folder where they lie, as it is to be typed */
export function kubeletSteps({kubelets, door}: PreparedKubelets, folder: string): readonly KubeletStep[] {
  const nodes = kubelets.map(({node}) => node);
  return [
    {
      what: 'lay the files over / of each: kubelet.conf is replaced, old certificates stay',
      commands: nodes.map(
        (node) =>
          `tar --owner=0 --group=0 -C ${shellWord(`${folder}/${node}/rootfs`)} -c . | ssh ${node} tar --no-overwrite-dir -C / -x`,
      ),
    },
    {what: 'restart its kubelet', commands: nodes.map((node) => `ssh ${node} systemctl restart kubelet`)},
    {
      what: 'see that it is Ready within a minute, under exactly this name',
      commands: [`kubectl --kubeconfig ${shellWord(door.from)} get nodes`],
    },
    {what: 'remove the folder: the keys of the nodes are in it', commands: [`rm -r ${shellWord(folder)}`]},
  ];
}
