import {type Problem, problem} from '../base/problem.ts';
import type {Secret} from '../base/secret.ts';
import type {Blueprint, PlannedAuthority, PlannedCertificate} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';
import {checkIssued, nameOf} from './chain.ts';

/** An authority that a person brings. */
export interface BroughtPair {
  /** PEM; the first certificate counts. */
  readonly certificate: string;
  /** PEM without passphrase; undefined = external CA: what it signs comes back by requests. */
  readonly key: Secret | undefined;
}

/** What came back for a request, with the key that was made for it. */
export interface SignedPair {
  readonly certificate: string;
  readonly key: Secret;
}

/** What of a blueprint is not made here. */
export interface Elsewhere {
  /** By authority; every authority of the blueprint that says `brought` must be there. */
  readonly brought?: ReadonlyMap<AuthorityId, BroughtPair>;
  /** By the name of the request, see `requestsFor`. */
  readonly signed?: ReadonlyMap<string, SignedPair>;
}

/** What has to be signed by an authority whose key is not here. */
export function awaitsSignature(
  blueprint: Blueprint,
  brought: Elsewhere['brought'],
): readonly (PlannedAuthority | PlannedCertificate)[] {
  const external = new Set([...(brought ?? [])].filter(([, {key}]) => key === undefined).map(([id]) => id));
  return [...blueprint.authorities, ...blueprint.certificates].filter(
    (planned) => !isBrought(planned) && external.has(signerOf(planned)),
  );
}

/** Whether what was brought fits the plan; problems are at the plan's key. */
export function checkBrought(
  blueprint: Blueprint,
  {brought, now}: Pick<Elsewhere, 'brought'> & {readonly now: Date},
): readonly Problem[] {
  const authorities = new Map([...(brought ?? [])].map(([id, {certificate}]) => [id, certificate]));
  return blueprint.authorities
    .filter((planned) => isBrought(planned))
    .flatMap((planned) => {
      const path = `trust.authorities.${planned.id}`;
      const pair = brought?.get(planned.id);
      return pair === undefined
        ? [problem('authority-missing', path, `the certificate of ${planned.id} is not here`, 'name its file')]
        : checkIssued(planned, pair.certificate, {key: pair.key, authorities, now, path});
    });
}

/** Whether what came back signed fits the plan; problems are at the name of the request. */
export async function checkSigned(
  blueprint: Blueprint,
  {brought, signed, now}: Elsewhere & {readonly now: Date},
): Promise<readonly Problem[]> {
  const pairs = signed ?? new Map<string, SignedPair>();
  const authorities = new Map([...(brought ?? []), ...pairs].map(([id, {certificate}]) => [id, certificate] as const));
  const problems: Problem[] = [];
  for (const planned of awaitsSignature(blueprint, brought)) {
    const pair = pairs.get(nameOf(planned));
    if (pair !== undefined) {
      problems.push(...checkIssued(planned, pair.certificate, {key: pair.key, authorities, now}));
      // There may be thousands, and a screen wants to live meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return problems;
}

/** Whether a person brings it; only authorities are brought. */
export function isBrought(planned: PlannedAuthority | PlannedCertificate): boolean {
  return 'brought' in planned && planned.brought !== undefined;
}

/** Who signs it; `''` for a self-signed one, which no authority is called. */
export function signerOf(planned: PlannedAuthority | PlannedCertificate | undefined): AuthorityId {
  if (planned === undefined) return '';
  return 'authority' in planned ? planned.authority : (planned.signedBy ?? '');
}
