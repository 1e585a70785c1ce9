import {type HeldAt, type HeldCertificate, type Inventory, isPutAside} from '../pki/inventory.ts';

/** One row a certificate: copies of an authority in kubeconfigs are counted with it, links and put-aside files are not rows. */
export interface Shown extends HeldCertificate {
  readonly copies: readonly HeldAt[];
}

/** Each with the one that ends first on top. */
export function shownCertificates({certificates}: Inventory): {
  readonly leaves: readonly Shown[];
  readonly authorities: readonly Shown[];
} {
  const shown: Shown[] = [];
  for (const same of Map.groupBy(certificates, ({fingerprint}) => fingerprint).values()) {
    const files = same.filter(({at}) => at.entry === undefined && !isPutAside(at));
    const first = files.find(({at}) => at.place === 0) ?? files[0] ?? same[0];
    if (first === undefined || (isPutAside(first.at) && first.users.length === 0)) continue;
    shown.push({...first, copies: same.flatMap(({at}) => (at === first.at ? [] : [at]))});
  }
  const byEnd = shown.toSorted((one, other) => one.notAfter.getTime() - other.notAfter.getTime());
  return {
    leaves: byEnd.filter(({isAuthority}) => !isAuthority),
    authorities: byEnd.filter(({isAuthority}) => isAuthority),
  };
}
