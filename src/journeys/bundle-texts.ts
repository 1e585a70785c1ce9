import {Secret} from '../base/secret.ts';
import {makeTexts, type TextOf} from '../bundle/contents.ts';
import type {Blueprint, PlannedCertificate} from '../pki/blueprint-types.ts';
import type {AuthorityId} from '../pki/plan.ts';
import type {BroughtPair} from '../x509/brought.ts';
import {issueBlueprint} from '../x509/issue.ts';
import {textIn, type BundleAt} from './bundle-at.ts';

/**
 * Texts that a bundle does not have yet, made with its own authorities: they sign what is new.
 *
 * @param blueprint the bundle's, or one of its plan with something more in it
 * @throws Failure `authority-key-missing` when a certificate is wanted and the key lies elsewhere
 */
export async function newTexts(
  at: BundleAt,
  blueprint: Blueprint,
  {
    certificates,
    token,
    now,
  }: {
    readonly certificates: readonly PlannedCertificate[];
    readonly token: Secret | undefined;
    readonly now: Date;
  },
): Promise<TextOf> {
  const brought = await authoritiesIn(at);
  const authorities = blueprint.authorities.map((planned) => ({
    ...planned,
    brought: {certificate: `authorities/${planned.id}.crt`},
  }));
  const wanted = {...blueprint, authorities, certificates, keyPairs: [], files: [], kubeconfigs: []};
  const issued = await issueBlueprint(wanted, {now, brought});
  return makeTexts({blueprint, issued: {...issued, bootstrapToken: token}, now});
}

async function authoritiesIn(at: BundleAt): Promise<ReadonlyMap<AuthorityId, BroughtPair>> {
  const pairs = at.blueprint.authorities.map(async ({id}): Promise<readonly [AuthorityId, BroughtPair]> => {
    const certificate = await textIn(at, `authorities/${id}.crt`);
    const key = await at.bundle.files.read(`authorities/${id}.key`);
    return [id, {certificate, key: key === undefined ? undefined : new Secret(key)}];
  });
  return new Map(await Promise.all(pairs));
}
