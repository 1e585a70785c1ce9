import type {Problem} from '../../base/problem.ts';
import {isPutAside} from '../../pki/inventory.ts';
import {type Held, holdsTokenKey} from '../held.ts';
import {doubtful, type Examination, placeText, wrong} from './rule.ts';

/**
 * Several certificates that begin in the future: not each of them is wrong, but the clock by which they were looked at, or
 * that of the machine which made them.
 */
export function* clock(examined: Examination): Iterable<Problem> {
  const [newest, ...others] = unborn(examined).toSorted(
    (one, other) => other.certificate.notBefore.getTime() - one.certificate.notBefore.getTime(),
  );
  if (newest === undefined || others.length === 0) return;
  yield wrong(
    'clock-skew',
    newest.at,
    `it is ${utc(examined.now)} here, and ${others.length + 1} certificates begin later, this one on ${utc(newest.certificate.notBefore)}: this machine's clock is behind, or that of the one which made them was ahead`,
    'compare the clocks: date -u; timedatectl',
  );
}

/** What begins in the future, each certificate once. */
function unborn({certificates, now}: Examination): readonly Held[] {
  const later = certificates.filter(({at, certificate}) => now < certificate.notBefore && !isPutAside(at));
  return [...new Map(later.map((held) => [held.certificate.fingerprint, held])).values()];
}

/** Ended, about to end, not begun, or outliving the authority; one problem a certificate and place. */
export function* dates(examined: Examination): Iterable<Problem> {
  const {certificates, now, warnWithin, signers} = examined;
  const isClockBehind = unborn(examined).length > 1;
  for (const held of certificates) {
    const {at, certificate} = held;
    if (isPutAside(at) || holdsTokenKey(held)) continue;
    const {notBefore, notAfter} = certificate;
    const left = notAfter.getTime() - now.getTime();
    const signer = signers.of(certificate);
    if (left < 0) {
      yield wrong(
        'expired',
        at,
        `${placeText(at)} ended on ${utc(notAfter)}: it is refused everywhere`,
        remedy(examined, held, true),
      );
    } else if (now < notBefore) {
      if (isClockBehind) continue;
      yield wrong(
        'not-yet-valid',
        at,
        `${placeText(at)} begins on ${utc(notBefore)}, which is still to come here`,
        'compare the clocks (`date -u`) of this machine and of the one that made it',
      );
    } else if (left < warnWithin * 3_600_000) {
      yield doubtful('expiring', at, `${placeText(at)} ends on ${utc(notAfter)}`, remedy(examined, held, false));
    } else if (signer !== undefined && signer !== certificate && signer.notAfter < notAfter) {
      yield doubtful(
        'outlives-authority',
        at,
        `${placeText(at)} ends on ${utc(notAfter)}, after its authority, which ends on ${utc(signer.notAfter)}`,
        'renew the authority before that day',
      );
    }
  }
}

function remedy({renewal}: Examination, held: Held, hasEnded: boolean): string {
  if (!held.certificate.isAuthority) return renewal(held, {hasEnded});
  return held.at.entry === undefined
    ? 'sign the authority anew with the same key: what it signed stays valid, and only this file is replaced'
    : 'put the authority that is in use now into the kubeconfig';
}

function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
