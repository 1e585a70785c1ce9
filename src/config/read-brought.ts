import {readFileSync, statSync} from 'node:fs';
import {Failure, InputFailure} from '../base/failure.ts';
import {problem, type Problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import type {AuthorityId, BroughtAuthority} from '../pki/plan.ts';
import {inspectCertificate} from '../x509/inspect.ts';
import type {BroughtPair} from '../x509/brought.ts';
import {needsPassphrase, readPrivateKey} from '../x509/keys.ts';

/** Where a passphrase comes from when the plan names an environment variable, or nothing at all. */
export interface PassphraseSources {
  readonly environment: (name: string) => string | undefined;
  /** Asks a person; undefined = nobody is there. */
  readonly ask?: ((authority: AuthorityId) => Promise<Secret>) | undefined;
}

/**
 * Reads the authorities that a plan says are brought: certificate and key, or the certificate alone. The key comes back
 * without its passphrase and stays a `Secret`.
 *
 * @throws InputFailure with every authority's problem at its plan key
 */
export async function readBrought(
  authorities: Readonly<Record<AuthorityId, BroughtAuthority>>,
  sources: PassphraseSources,
): Promise<ReadonlyMap<AuthorityId, BroughtPair>> {
  const pairs = new Map<AuthorityId, BroughtPair>();
  const problems: Problem[] = [];
  for (const [id, brought] of Object.entries(authorities)) {
    const path = `trust.authorities.${id}`;
    try {
      pairs.set(id, await readPair(id, brought, sources));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(problem(error.code, path, error.message, error.nextSteps[0]));
    }
  }
  if (problems.length > 0) throw new InputFailure('an authority that the plan brings cannot be used', problems);
  return pairs;
}

async function readPair(id: AuthorityId, brought: BroughtAuthority, sources: PassphraseSources): Promise<BroughtPair> {
  const certificate = readText(brought.certificate, 'name the PEM file of the authority');
  inspectCertificate(certificate, brought.certificate);
  if (brought.key === undefined) return {certificate, key: undefined};
  const text = new Secret(readText(brought.key, 'name the PEM file of the key, or leave key out if it is elsewhere'));
  const passphrase = needsPassphrase(text) ? await passphraseFor(id, brought, sources) : undefined;
  return {certificate, key: readPrivateKey(text, passphrase, brought.key).privateKey};
}

/** The passphrase of a key, from where the plan says it is. */
export async function passphraseFor(
  id: AuthorityId,
  {passphrase, key}: BroughtAuthority,
  {environment, ask}: PassphraseSources,
): Promise<Secret> {
  if (passphrase === undefined) {
    if (ask !== undefined) return ask(id);
    throw new Failure('passphrase-needed', `${key} is encrypted, and nobody is there to be asked for its passphrase`, {
      nextSteps: ['say in the plan where it is: passphrase: {file: …} or {env: …}'],
    });
  }
  if ('file' in passphrase) {
    // A trailing line break belongs to the editor, not to the passphrase.
    return new Secret(readText(passphrase.file, 'name a file that holds the passphrase').replace(/\r?\n$/, ''));
  }
  const value = environment(passphrase.env);
  if (value === undefined) {
    throw new Failure('passphrase-needed', `the environment variable ${passphrase.env} is not set`, {
      nextSteps: [`set ${passphrase.env} to the passphrase of ${key}`],
    });
  }
  return new Secret(value);
}

/** Larger files are no certificate and no key. */
const mostBytes = 1 << 20;

/** @throws Failure with the reason, and what to do */
export function readText(path: string, nextStep: string): string {
  try {
    const {size} = statSync(path);
    if (size > mostBytes) throw new Failure('file-too-large', `${path} is too large to be it`, {nextSteps: [nextStep]});
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error && 'code' in error ? reasons.get(String(error.code)) : undefined;
    throw new Failure('file-unreadable', `${path} ${reason ?? 'cannot be read'}`, {
      nextSteps: [nextStep],
      cause: error,
    });
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'does not exist'],
  ['EACCES', 'may not be read by this user'],
  ['EISDIR', 'is a folder'],
]);
