import type {RenewalPlan} from '../journeys/renew.ts';
import {areNamesOfInterest} from '../node/wished-names.ts';
import type {CertificateFacts} from '../pki/issued.ts';
import {namesJson} from '../report/renewal-requests-text.ts';
import type {ShownPlan} from '../report/renewal-text.ts';

/** A renewal as people see it: without the keys. */
export function shownPlan(plan: RenewalPlan, keepsKey: boolean): ShownPlan {
  const {renewed, blocked, inPlace, left, kubelet, remarks, warnings} = plan;
  return {
    renewed: renewed.map(({item, after, names, copies, restarts, writes}) => ({
      name: item.name,
      before: item.held.certificate,
      after,
      paths:
        item.key.kind === 'rotating'
          ? writes.map(({path}) => path)
          : [...(item.key.kind === 'file' && !keepsKey ? [item.key.path] : []), item.held.at.path, ...copies],
      keepsKey,
      authority: item.authority?.at.path ?? after.issuer.text,
      restarts,
      readers: [...new Set(item.users.map(({component}) => component))],
      ...(areNamesOfInterest(names) ? {names: names.rows} : {}),
    })),
    blocked: blocked.map(({name, held, why, wayOn}) => ({name, path: held.at.path, why, wayOn})),
    inPlace,
    left,
    kubelet: kubelet.map(({writes, ...change}) => ({
      ...change,
      writes: writes.flatMap(({path, bytes, link}) => (bytes === undefined && link === undefined ? [] : [path])),
      removes: writes.flatMap(({path, bytes, link}) => (bytes === undefined && link === undefined ? [path] : [])),
    })),
    remarks,
    warnings,
  };
}

/** @param backup undefined = nothing was changed */
export function renewalJson(
  {renewed, blocked, inPlace, left, kubelet = [], remarks, warnings}: ShownPlan,
  {restarts, kubeadmNames}: Pick<RenewalPlan, 'restarts' | 'kubeadmNames'>,
  backup: string | undefined,
): Record<string, unknown> {
  return {
    renewVersion: 1,
    isDone: backup !== undefined,
    backup: backup ?? null,
    renewed: renewed.map(({before, after, names, ...each}) => ({
      ...each,
      before: {...dated(before), sans: before.sans.map(({value}) => value)},
      after: {...dated(after), sans: after.sans.map(({value}) => value)},
      ...(names === undefined ? {} : {names: namesJson(names)}),
    })),
    kubelet: kubelet.map(({before, after, ...each}) => ({
      ...each,
      before: before === undefined ? null : dated(before),
      after: after === undefined ? null : dated(after),
    })),
    blocked,
    inPlace,
    left,
    remarks,
    restarts,
    warnings,
    kubeadmNames: kubeadmNames ?? null,
  };
}

function dated({serial, notBefore, notAfter, fingerprint}: CertificateFacts): Record<string, unknown> {
  return {serial, fingerprint, notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString()};
}
