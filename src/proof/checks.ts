import {certificatesIn} from '../base/pem.ts';
import type {Usage} from '../pki/blueprint-types.ts';
import {nameFault} from './go-names.ts';
import {chainRefusal, leafRefusal} from './go-verify.ts';
import {type SeenCertificate, seeCertificate} from './seen-certificate.ts';

/** One thing that a verifier looks at. */
export interface Check {
  readonly check: 'dates' | 'name' | 'authority' | 'usage';
  readonly isPassed: boolean;
  /** What was found, or Go's words. */
  readonly found: string;
}

export interface ChecksWish {
  /** PEM: the leaf, then what goes along. */
  readonly shown: string;
  /** PEM of every anchor. */
  readonly trusts: string;
  readonly usage: Usage;
  /** What was dialled, no brackets; undefined = no name is looked for, as for clients. */
  readonly host: string | undefined;
  readonly now: Date;
}

/**
 * What Go's verifier looks at, in its order: the certificate's dates, its names, who signed it, what it is for. It stops
 * at the first that does not fit, and so does the list.
 *
 * @throws Failure `certificate-unreadable`
 */
export function checksOf({shown, trusts, usage, host, now}: ChecksWish): readonly Check[] {
  const [leaf, ...along] = certificatesIn(shown).map(seeCertificate);
  if (leaf === undefined) return [];
  const checks: Check[] = [];
  const note = (check: Check['check'], refusal: string | undefined, found: string): boolean => {
    checks.push({check, isPassed: refusal === undefined, found: refusal ?? found});
    return refusal === undefined;
  };
  if (!note('dates', leafRefusal(leaf, now)?.words, datesOf(leaf))) return checks;
  if (host !== undefined && !note('name', nameFault(leaf, host)?.words, host)) return checks;
  const above = chainRefusal(leaf, {anchors: certificatesIn(trusts).map(seeCertificate), along, now}, usage);
  const refusal = 'refusal' in above ? above.refusal : undefined;
  const isForElse = refusal?.kind === 'wrong-usage';
  if (!note('authority', isForElse ? undefined : refusal?.words, signersOf(leaf, above))) return checks;
  note('usage', refusal?.words, usage);
  return checks;
}

function datesOf({notBefore, notAfter}: SeenCertificate): string {
  return `${notBefore.toISOString().slice(0, 10)} - ${notAfter.toISOString().slice(0, 10)}`;
}

function signersOf(leaf: SeenCertificate, above: ReturnType<typeof chainRefusal>): string {
  return 'chain' in above
    ? above.chain
        .slice(1)
        .map(({subject}) => subject.commonName)
        .join(', ')
    : leaf.issuer.commonName;
}
