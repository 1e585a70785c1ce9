import type {Held} from './held.ts';
import {identify} from './identify.ts';
import type {NodeFound} from './inventory.ts';
import {type RenewalItem, renewalItems} from './renewal-items.ts';

/** What issues a leaf again, in a line: Certwright's own command where this node can do it, else where it can be done. */
export type Renewal = (held: Held, wish?: RenewalWish) => string;

export interface RenewalWish {
  /** Further words of the command: `--sans needed`. */
  readonly options?: string;
  /** Whether it has ended already: then a kubelet cannot renew its own any more. */
  readonly hasEnded?: boolean;
}

/** Finds out what can be renewed here once it is asked for the first time. */
export function renewalsOf(found: NodeFound): Renewal {
  let items: ReadonlyMap<string, RenewalItem> | undefined;
  return (held, {options, hasEnded = false} = {}) => {
    const id = identify(held);
    if (id === 'kubelet-client') return kubeletClient(found, held, hasEnded);
    if (held.at.path.endsWith('/kubelet-server-current.pem')) return askedAnew;
    items ??= new Map(renewalItems(found).map((item) => [placeOf(item.held), item]));
    const item = items.get(placeOf(held));
    if (item === undefined) return 'issue it anew where its authority is';
    if (item.kind === 'blocked') return item.wayOn;
    if (item.kind === 'remade') {
      return `sudo certwright renew ${item.name}, which takes it away; then restart the kubelet, which makes another`;
    }
    return `sudo certwright renew ${[item.name, ...(options === undefined ? [] : [options])].join(' ')}`;
  };
}

/** Links to one file are one. */
function placeOf({at, holding}: Held): string {
  return `${holding.real ?? at.path} ${at.entry?.name ?? ''}`;
}

function kubeletClient(found: NodeFound, {certificate}: Held, hasEnded: boolean): string {
  if (!hasEnded) return 'the kubelet renews it while it can reach the API server; see its log: journalctl -u kubelet';
  const signer = found.signers.of(certificate);
  const pin = found.certificates.find((each) => each.certificate.fingerprint === signer?.fingerprint)?.pin;
  const hasKey =
    pin !== undefined &&
    found.holdings.some(({material}) => material.some((item) => item.kind === 'private-key' && item.pin === pin));
  const node = certificate.subject.commonName.replace(/^system:node:/, '');
  return hasKey
    ? 'sudo certwright renew kubelet-client'
    : `on a control-plane node: sudo certwright renew --kubelet ${node} --out DIR`;
}

const askedAnew = 'remove it with its key and restart the kubelet, which asks for another; then: certwright approve';
