import {normalizeAddress, parseAddress} from '../base/address.ts';
import {sanFault} from '../base/names.ts';
import {warning, type Problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {atPath} from './checks-cluster.ts';
import {shown} from './read-value.ts';

/**
 * Extra names of serving certificates. kubeadm drops what is neither a name nor an address with a warning and goes
 * on; the certificate then lacks it, and nobody notices until a client is refused.
 */
export function checkSans(sans: readonly string[], path: string): Problem[] {
  const seen = new Set<string>();
  return sans.flatMap((san, index) => {
    const at = `${path}[${index}]`;
    const faults = atPath(at, sanFault(san));
    if (faults.length > 0) {
      return faults;
    }
    const normal = normalizeAddress(san) ?? san;
    const found: Problem[] = [];
    if (seen.has(normal)) {
      found.push(warning('repeated-san', at, `${shown(san)} is listed twice`, 'remove one'));
    }
    seen.add(normal);
    const scope = parseAddress(san)?.scope;
    if (scope === 'unspecified' || scope === 'multicast' || scope === 'broadcast') {
      found.push(
        warning('san-not-dialable', at, `no client connects to ${san}, it is ${scopeWords[scope]}`, 'remove it'),
      );
    }
    return found;
  });
}

export const scopeWords = {
  loopback: 'a loopback address, which means each machine itself',
  unspecified: 'the unspecified address',
  multicast: 'a multicast address',
  'link-local': 'a link-local address, which is known on one link only',
  broadcast: 'the broadcast address',
} as const;

export function checkApiserverSans(plan: ClusterPlan): Problem[] {
  return checkSans(plan.sans.apiserver, 'sans.apiserver');
}
