import type {HeldAt} from '../pki/inventory.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import type {Material} from '../x509/material.ts';
import type {Holding} from './holdings.ts';

/** One certificate of the node with where it lies; `pin` is its key's. */
export interface Held {
  readonly at: HeldAt;
  readonly certificate: InspectedCertificate;
  readonly pin: string | undefined;
  readonly holding: Holding;
}

/** Every certificate of every file, those in kubeconfigs included; a file that is reached by two paths counts twice. */
export function heldCertificates(holdings: readonly Holding[]): readonly Held[] {
  return holdings.flatMap((holding) => {
    const {path, material, kubeconfig} = holding;
    const of = (items: readonly Material[], entry?: HeldAt['entry']): Held[] =>
      items.flatMap((item, place) =>
        item.kind === 'certificate'
          ? [
              {
                at: {path, place, ...(entry === undefined ? {} : {entry})},
                certificate: item.certificate,
                pin: item.pin,
                holding,
              },
            ]
          : [],
      );
    return [
      ...of(material),
      ...(kubeconfig?.clusters ?? []).flatMap(({name, material: items}) => of(items, {kind: 'cluster', name})),
      ...(kubeconfig?.users ?? []).flatMap(({name, material: items}) => of(items, {kind: 'user', name})),
    ];
  });
}

/** The certificates behind a leaf, in its file or its entry of a kubeconfig. */
export function sentAlong(
  {heldIn}: {readonly heldIn: (holding: Holding) => readonly Held[]},
  {holding, at}: Held,
): readonly InspectedCertificate[] {
  return heldIn(holding)
    .filter(
      (each) => each.at.entry?.name === at.entry?.name && each.at.entry?.kind === at.entry?.kind && each.at.place > 0,
    )
    .map(({certificate}) => certificate);
}

/** The private key that lies with a certificate: in the same file or entry. undefined = none does. */
export function keyBeside({at, holding}: Held): Material | undefined {
  const items =
    at.entry === undefined
      ? holding.material
      : holding.kubeconfig?.users.find(({name}) => name === at.entry?.name)?.material;
  return items?.find(({kind}) => kind === 'private-key' || kind === 'encrypted-key');
}

/**
 * Whether a certificate is there for its public key alone, to verify service accounts' tokens with (the hard way's
 * `service-account.pem`): its dates bind nobody, and a renewal with another key would end every token.
 */
export function holdsTokenKey({holding}: Held): boolean {
  return holding.users.length > 0 && holding.users.every(({use}) => use.holds === 'token-public-keys');
}
