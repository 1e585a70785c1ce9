import {z} from 'zod';
import type {KnownNode} from '../pki/serving-request.ts';
import type {Kubectl} from './kubectl.ts';

/** Every Node that the API has, with the addresses that its kubelet or its cloud provider told. */
export async function listNodes(kubectl: Kubectl): Promise<readonly KnownNode[]> {
  return (await kubectl.read(nodeList, ['get', 'nodes', '--output=json'])).items;
}

const node = z
  .object({
    kind: z.literal('Node'),
    metadata: z.object({name: z.string().min(1)}),
    status: z
      .object({addresses: z.array(z.object({type: z.string(), address: z.string()})).default([])})
      .default({addresses: []}),
  })
  .transform(({metadata, status}): KnownNode => ({name: metadata.name, addresses: status.addresses}));

const nodeList = z.object({kind: z.literal('List'), items: z.array(node)});
