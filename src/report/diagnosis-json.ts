import type {Diagnosis} from '../pki/inventory.ts';
import {serialInDecimal} from './times.ts';

/**
 * `certwright check --output json`. Times are RFC 3339 in UTC, residual times whole seconds; no secret in it.
 *
 * @param warnWithin hours before its end from which a certificate counts as ending
 */
export function diagnosisJson(
  {inventory, findings, state}: Diagnosis,
  now: Date,
  warnWithin: number,
): Record<string, unknown> {
  const {components, files, certificates, served} = inventory;
  return {
    checkVersion: 1,
    state,
    checkedAt: now.toISOString(),
    findings,
    certificates: certificates.map(
      ({at, id, isAuthority, subject, issuer, signedBy, key, usages, sans, serial, notBefore, notAfter, ...rest}) => ({
        id: id ?? null,
        path: at.path,
        place: at.place,
        entry: at.entry ?? null,
        isAuthority,
        subject,
        issuer,
        signedBy: signedBy ?? null,
        serial,
        serialDecimal: serialInDecimal(serial),
        fingerprint: rest.fingerprint,
        notBefore: notBefore.toISOString(),
        notAfter: notAfter.toISOString(),
        state: lifetimeState(notBefore, notAfter, now, warnWithin),
        residualSeconds: Math.floor((notAfter.getTime() - now.getTime()) / 1000),
        key,
        usages,
        sans,
        usedBy: rest.users.map(({component, flag}) => ({component, flag})),
      }),
    ),
    files: files.map(({path, real, state: found, mode, users}) => ({
      path,
      real: real ?? null,
      state: found,
      mode: mode === undefined ? null : `0${mode.toString(8)}`,
      usedBy: users.map(({component, flag}) => ({component, flag})),
    })),
    components,
    served:
      served?.map(({serial, notAfter, ...rest}) => ({
        ...rest,
        serial,
        serialDecimal: serialInDecimal(serial),
        notAfter: notAfter.toISOString(),
      })) ?? null,
  };
}

function lifetimeState(
  notBefore: Date,
  notAfter: Date,
  now: Date,
  warnWithin: number,
): 'not-yet-valid' | 'valid' | 'expiring' | 'expired' {
  if (now < notBefore) return 'not-yet-valid';
  const left = notAfter.getTime() - now.getTime();
  if (left < 0) return 'expired';
  return left < warnWithin * 3_600_000 ? 'expiring' : 'valid';
}
