import {type Problem, warning} from '../base/problem.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import type {Held} from './held.ts';
import type {NodeFound} from './inventory.ts';

/** An authority counts as ending soon this long before. */
const soon = 90 * 24 * 3_600_000;

/** What is to be valid until when. */
export interface ToBeValid {
  readonly name: string;
  /** Signed by the authority in question: the new one, or where it is still to be signed, the old one. */
  readonly certificate: InspectedCertificate;
  readonly until: Date;
}

/**
 * Authorities that end before what they sign, or soon: nothing is cut short for them, as kubeadm cuts nothing short. One
 * that was signed anew with its key has several certificates, and whoever holds an older one goes by that.
 */
export function endingAuthorities(found: NodeFound, wanted: readonly ToBeValid[], now: Date): readonly Problem[] {
  return authoritiesOf(found).flatMap(({at, certificate: authority}) => {
    const {notAfter} = authority;
    const signed = wanted.filter(({certificate}) => found.signers.signed(certificate, authority));
    const outliving = signed.filter(({until}) => until > notAfter).map(({name}) => name);
    if (signed.length === 0 || (outliving.length === 0 && notAfter.getTime() - now.getTime() > soon)) return [];
    const ends = `${now > notAfter ? 'ended' : 'ends'} on ${notAfter.toISOString().slice(0, 10)}`;
    return [
      warning(
        outliving.length === 0 ? 'authority-ends-soon' : 'authority-ends-first',
        at.path,
        outliving.length === 0
          ? `the authority in it ${ends}: from then on all that it has signed is refused`
          : `the authority in it ${ends}, before what it signs here (${some(outliving)}): from then on that is refused, whatever its own end`,
        'have its certificate made anew, with the same key and the same name, and put it where the old one is: here, in kubeconfigs, on every node; what it has signed stays valid',
      ),
    ];
  });
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

/** Each once, by a file of its own rather than by a kubeconfig. */
function authoritiesOf({certificates}: NodeFound): readonly Held[] {
  const all = certificates.filter(({certificate}) => certificate.isAuthority);
  const own = all.filter(({at}) => at.entry === undefined);
  return [
    ...new Map([...own, ...all].toReversed().map((held) => [held.certificate.fingerprint, held])).values(),
  ].toReversed();
}
