import {statSync} from 'node:fs';
import {Failure} from '../base/failure.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import type {AuthorityFacts, ExaminedAuthority, KeyFinding} from '../pki/examined.ts';
import {outlineOf} from '../pki/outline.ts';
import type {AuthorityId, BroughtAuthority, ClusterPlan} from '../pki/plan.ts';
import {checkIssued} from '../x509/chain.ts';
import {inspectCertificate, type InspectedCertificate} from '../x509/inspect.ts';
import {needsPassphrase, readPrivateKey} from '../x509/keys.ts';
import {passphraseFor, readText, type PassphraseSources} from './read-brought.ts';

/** Where a passphrase may be looked for: nobody is asked while somebody types. */
export type ExamineSources = Pick<PassphraseSources, 'environment'> & {readonly now: Date};

/** Looks into the files of one authority that a plan brings. Never throws for what is in them, or that they are not there. */
export async function examineBrought(
  id: AuthorityId,
  plan: ClusterPlan,
  sources: ExamineSources,
): Promise<ExaminedAuthority> {
  const brought = plan.trust.authorities[id];
  const path = `trust.authorities.${id}`;
  if (brought === undefined) return {certificate: undefined, key: 'unknown', problems: []};
  const problems: Problem[] = [];
  const pem = attempt(`${path}.certificate`, problems, () => {
    const text = readFile(brought.certificate, 'name the PEM file of the authority');
    inspectCertificate(text, brought.certificate);
    return text;
  });
  const {key, finding} = await keyOf(id, brought, sources, problems);
  if (pem === undefined) return {certificate: undefined, key: finding === 'fits' ? 'unknown' : finding, problems};
  const inspected = inspectCertificate(pem, brought.certificate);
  const planned = outlineOf({...plan, nodes: []}).blueprint.authorities.find((one) => one.id === id);
  if (planned !== undefined) {
    const authorities = new Map([...certificatesOf(plan), [id, pem] as const]);
    // Told by its id, as the row calls it.
    const found = checkIssued(planned, pem, {key, authorities, now: sources.now});
    problems.push(...found.map((one) => ({...one, at: {path}})));
  }
  problems.push(...outlived(inspected, plan, sources.now, path));
  const isUnfit = problems.some(({code}) => code === 'key-does-not-match');
  return {certificate: factsOf(inspected), key: isUnfit ? 'unfit' : finding, problems};
}

async function keyOf(
  id: AuthorityId,
  brought: BroughtAuthority,
  {environment}: ExamineSources,
  problems: Problem[],
): Promise<{readonly key: Secret | undefined; readonly finding: KeyFinding}> {
  const {key: file, passphrase: source} = brought;
  if (file === undefined) return {key: undefined, finding: 'elsewhere'};
  const at = `trust.authorities.${id}.key`;
  const text = attempt(at, problems, () => new Secret(readFile(file, 'name the PEM file of the key, or leave it out')));
  if (text === undefined) return {key: undefined, finding: 'unfit'};
  const isLocked = needsPassphrase(text);
  if (isLocked && source === undefined) return {key: undefined, finding: 'locked'};
  try {
    const passphrase = isLocked ? await passphraseFor(id, brought, {environment}) : undefined;
    return {key: readPrivateKey(text, passphrase, file).privateKey, finding: 'fits'};
  } catch (error) {
    problems.push(asProblem(error, at));
    return {key: undefined, finding: 'unfit'};
  }
}

/** The certificates of the other authorities that are brought, as far as they can be read: one may have signed another. */
function certificatesOf({trust}: ClusterPlan): readonly (readonly [AuthorityId, string])[] {
  return Object.entries(trust.authorities).flatMap(([id, {certificate}]) => {
    const text = attempt('', [], () => readFile(certificate, ''));
    return text === undefined ? [] : [[id, text] as const];
  });
}

/** What it signs is refused from the day on which it ends itself. */
function outlived({notAfter}: InspectedCertificate, plan: ClusterPlan, now: Date, path: string): readonly Problem[] {
  const end = new Date(now.getTime() + plan.validity.leaves * 3_600_000);
  // One that has ended is told as such.
  if (end <= notAfter || notAfter <= now) return [];
  const day = (date: Date): string => (Number.isNaN(date.getTime()) ? 'never' : date.toISOString().slice(0, 10));
  return [
    warning(
      'leaf-outlives-authority',
      path,
      `it ends on ${day(notAfter)}, and the certificates it is to sign would end on ${day(end)}: they are refused from the day it ends`,
      'give certificates a shorter life under Keys, or have the authority renewed first',
    ),
  ];
}

function factsOf(certificate: InspectedCertificate): AuthorityFacts {
  const {subject, issuer, notBefore, notAfter, key, isAuthority, keyUsage} = certificate;
  return {
    subject: subject.text,
    issuer: issuer.text,
    notBefore,
    notAfter,
    key: key.name,
    isAuthority,
    maySign: keyUsage === undefined || keyUsage.includes('keyCertSign'),
  };
}

/** A path that is being typed may name anything: a pipe or a terminal would be waited for until it says something. */
function readFile(path: string, nextStep: string): string {
  if (wouldWait(path)) {
    throw new Failure('file-unreadable', `${path} is no ordinary file, so it is not looked into before it is needed`, {
      nextSteps: ['name an ordinary file to have it examined now'],
    });
  }
  return readText(path, nextStep);
}

function wouldWait(path: string): boolean {
  try {
    const found = statSync(path);
    return !found.isFile() && !found.isDirectory();
  } catch {
    // Reading it says why it cannot be read.
    return false;
  }
}

function attempt<Value>(at: string, problems: Problem[], read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    problems.push(asProblem(error, at));
    return undefined;
  }
}

function asProblem(error: unknown, at: string): Problem {
  if (error instanceof Failure) return problem(error.code, at, error.message, error.nextSteps[0]);
  throw error;
}
