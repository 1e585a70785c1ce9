import {z} from 'zod';
import {Failure} from '../base/failure.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {tame} from '../base/tame.ts';
import {ask, objectIn, type Question} from './ask.ts';

/** Who leads, as `kubectl -n kube-system get lease` tells it. `hidden`: whoever asks may not see it, or there is none. */
export type Lease =
  | {readonly kind: 'renewed'; readonly at: Date; readonly holder: string}
  | {readonly kind: 'hidden'; readonly why: string}
  /** There was no answer, or nobody leads. */
  | {readonly kind: 'silent'; readonly why: string};

/** Path of the lease that a component renews every two seconds while it leads; undefined = it has none. */
export function leaseName(component: ComponentId): string | undefined {
  return component === 'kube-controller-manager' || component === 'kube-scheduler'
    ? `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/${component}`
    : undefined;
}

/** @throws Cancelled */
export async function leaseOf(question: Question, signal: AbortSignal): Promise<Lease> {
  try {
    const {status, body} = await ask({...question, signal});
    if (status !== 200) return {kind: status === 500 ? 'silent' : 'hidden', why: `HTTP ${status}`};
    const read = leaseObject.safeParse(objectIn(body));
    if (!read.success) return {kind: 'hidden', why: 'it says nothing of who holds it'};
    const {renewTime, holderIdentity} = read.data.spec;
    // Whoever ends writes it once more, to let it go.
    if (holderIdentity === '') return {kind: 'silent', why: 'nobody holds it'};
    // `cp-1_3f1c…`: the part behind the node's name is there to tell processes apart.
    return {kind: 'renewed', at: new Date(renewTime), holder: tame(holderIdentity.split('_')[0] ?? holderIdentity)};
  } catch (error) {
    if (error instanceof Failure) return {kind: 'silent', why: error.message};
    throw error;
  }
}

const leaseObject = z.object({
  spec: z.object({
    renewTime: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
    holderIdentity: z.string(),
  }),
});
