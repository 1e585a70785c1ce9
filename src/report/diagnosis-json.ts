import type {Diagnosis} from '../pki/inventory.ts';
import {serialInDecimal} from './times.ts';

/** `certwright check --output json`. Times are RFC 3339 in UTC, residual times whole seconds; no secret in it. */
export function diagnosisJson({inventory, findings, state}: Diagnosis, now: Date): Record<string, unknown> {
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
    served: served?.map(({notAfter, ...rest}) => ({...rest, notAfter: notAfter.toISOString()})) ?? null,
  };
}
