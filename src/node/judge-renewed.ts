import {Failure} from '../base/failure.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import type {NameOfSubject} from '../x509/extensions.ts';
import {signersAmong} from './signers.ts';

/** What a leaf that was issued again has to come to. */
export interface RenewedLeaf {
  /** What a person calls it. */
  readonly name: string;
  readonly before: InspectedCertificate;
  readonly after: InspectedCertificate;
  readonly authority: InspectedCertificate;
  readonly sans: readonly NameOfSubject[];
}

/**
 * Looks at a leaf that was issued again, as whoever is shown it will: before anything is written. What is staged is
 * compared with exactly this certificate later on.
 *
 * @throws Failure `renewed-unfit`
 */
export function judgeRenewed({name, before, after, authority, sans}: RenewedLeaf, now: Date): void {
  const unfit = [
    signersAmong([]).signed(after, authority) ? undefined : `it does not lead to ${authority.subject.text}`,
    after.subject.der.equals(before.subject.der) ? undefined : 'its subject is another one',
    same(after.usages, before.usages) ? undefined : 'its usages are other ones',
    same(after.sans.map(sanText), sans.map(sanText)) ? undefined : 'its names are other ones',
    after.notBefore <= now && now < after.notAfter ? undefined : 'it is not valid now',
    after.isAuthority ? 'it is an authority' : undefined,
  ].filter((fault) => fault !== undefined);
  if (unfit.length === 0) return;
  throw new Failure('renewed-unfit', `what was issued for ${name} is not what was to be issued: ${unfit.join('; ')}`, {
    nextSteps: ['nothing was changed; compare the clock (`date -u`) and the authority, then run it again'],
  });
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join('\0') === other.toSorted().join('\0');
}

function sanText({type, value}: NameOfSubject): string {
  return `${type}:${value}`;
}
