import {closeSync, fchmodSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import type {SignedPair} from '../x509/brought.ts';
import type {MadeRequest} from '../x509/issue.ts';
import {shellWord} from './markdown.ts';
import {readTextIfThere} from './read-text.ts';
import {readRequestsJson, type RequestEntry, type RequestsJson} from './requests-json.ts';
import {makeRequestsReadme} from './requests-readme.ts';
import {checkPaths, type TreeFile} from './tree.ts';
import {writeTree, type WriteOptions} from './write-tree.ts';
import {writeFailure} from '../base/system-failure.ts';

const manifest = 'requests/requests.json';

export interface NewRequests extends WriteOptions {
  readonly clusterName: string;
  readonly requests: readonly MadeRequest[];
  readonly planYaml: string;
}

/** Requests for certificates that a node has, and that an authority elsewhere is to sign anew. */
export interface NewRenewalRequests extends WriteOptions {
  readonly clusterName: string;
  readonly node: string;
  readonly requests: readonly {readonly entry: RequestEntry; readonly key: Secret; readonly request: string}[];
}

/**
 * Writes what authorities elsewhere have to sign: keys and requests, the plan, and what to do with them. There is no
 * `bundle.json` yet, so nothing takes it for a bundle. All or nothing, as a bundle.
 */
export async function writeRequests(wanted: NewRequests): Promise<void> {
  const {clusterName, requests, planYaml} = wanted;
  const json: RequestsJson = {requestsVersion: 1, clusterName, requests: requests.map(entryOf)};
  const plan: TreeFile = {path: 'plan.yaml', mode: 0o644, text: () => planYaml};
  await writeTree([...pairFiles(requests), plan, ...aboutFiles(json)], wanted);
}

/** The same for a node, whose plan nobody knows. */
export async function writeRenewalRequests(wanted: NewRenewalRequests): Promise<void> {
  const {clusterName, node, requests} = wanted;
  const json: RequestsJson = {
    requestsVersion: 1,
    clusterName,
    renewalOf: node,
    requests: requests.map(({entry}) => entry),
  };
  const pairs = requests.map(({entry: {name}, key, request}) => ({name, key, request}));
  await writeTree([...pairFiles(pairs), ...aboutFiles(json)], wanted);
}

function pairFiles(requests: readonly Pick<MadeRequest, 'name' | 'key' | 'request'>[]): readonly TreeFile[] {
  return requests.flatMap(({name, key, request}): TreeFile[] => [
    {path: filesOf(name).key, mode: 0o600, text: () => key.reveal()},
    {path: filesOf(name).request, mode: 0o600, text: () => request},
  ]);
}

function aboutFiles(json: RequestsJson): readonly TreeFile[] {
  return [
    {path: 'README.md', mode: 0o644, text: () => makeRequestsReadme(json)},
    {path: manifest, mode: 0o644, text: () => `${JSON.stringify(json, undefined, 2)}\n`},
  ];
}

function entryOf({name, planned, authority}: MadeRequest): RequestEntry {
  const isAuthority = !('authority' in planned);
  const {subject, sans, validity, why} = planned;
  return {name, authority, isAuthority, subject, usages: isAuthority ? [] : planned.usages, sans, validity, why};
}

/** Where the three files of a request lie in the bundle. */
export function filesOf(name: string): {readonly key: string; readonly request: string; readonly certificate: string} {
  return {key: `requests/${name}.key`, request: `requests/${name}.csr`, certificate: `requests/${name}.crt`};
}

/** A folder of requests as it lies: on the machine that made them, or, without keys, on the one that signs. */
export interface Requests {
  readonly directory: string;
  readonly clusterName: string;
  /** The node whose certificates are renewed; undefined = they are a bundle's. */
  readonly renewalOf: string | undefined;
  readonly planYaml: string;
  readonly requests: readonly WaitingRequest[];
}

export interface WaitingRequest extends RequestEntry {
  /** PEM. */
  readonly request: string;
  /** undefined = it stayed where it was made. */
  readonly key: Secret | undefined;
  /** PEM; undefined = not signed yet. */
  readonly certificate: string | undefined;
}

/**
 * @throws Failure `no-requests` when the folder holds none, and whatever the file system says
 * @throws InputFailure when `requests.json` is not what it should be, or a request is missing
 */
export function readRequests(directory: string): Requests {
  const read = (path: string): string | undefined => readTextIfThere(join(directory, path));
  const text = read(manifest);
  if (text === undefined) throw noRequests(directory, read('bundle.json') !== undefined);
  const json = readRequestsJson(text);
  if (!json.ok) throw new InputFailure(`${join(directory, manifest)} cannot be used`, json.problems);
  const {clusterName, renewalOf, requests} = json.requests;
  // The names become paths, and the file may have been on another machine.
  checkPaths(requests.flatMap(({name}) => Object.values(filesOf(name))));
  const missing = requests.filter(({name}) => read(filesOf(name).request) === undefined);
  if (missing.length > 0) {
    const problems = missing.map(({name}) =>
      problem('request-missing', filesOf(name).request, 'the request is missing'),
    );
    throw new InputFailure(`requests are missing in ${directory}`, problems, 'copy the whole folder again');
  }
  return {
    directory: resolve(directory),
    clusterName,
    renewalOf,
    planYaml: read('plan.yaml') ?? '',
    requests: requests.map((entry): WaitingRequest => {
      const {key, request, certificate} = filesOf(entry.name);
      const keyText = read(key);
      return {
        ...entry,
        request: read(request) ?? '',
        key: keyText === undefined ? undefined : new Secret(keyText),
        certificate: read(certificate),
      };
    }),
  };
}

/** The command that goes on with a folder of requests once they are signed. */
export function goingOn({renewalOf}: Pick<Requests, 'renewalOf'>, directory: string): string {
  return `certwright ${renewalOf === undefined ? 'issue' : 'renew'} --signed ${shellWord(directory)}`;
}

/**
 * What came back, as the issuer takes it; it judges whether each certificate fits.
 *
 * @throws InputFailure that names every certificate and key that is still missing
 */
export function signedPairs(folder: Requests): ReadonlyMap<string, SignedPair> {
  const {directory, requests} = folder;
  const pairs = new Map<string, SignedPair>();
  const problems = requests.flatMap(({name, key, certificate, authority}) => {
    const files = filesOf(name);
    if (key !== undefined && certificate !== undefined) {
      pairs.set(name, {certificate, key});
      return [];
    }
    return [
      ...(certificate === undefined
        ? [problem('not-signed', files.certificate, `${authority} has yet to sign it`, `put its certificate there`)]
        : []),
      ...(key === undefined
        ? [problem('key-missing', files.key, 'its key is missing', 'go on where the requests were made')]
        : []),
    ];
  });
  if (problems.length > 0) {
    throw new InputFailure(`${directory} is not complete yet`, problems, `once it is: ${goingOn(folder, directory)}`);
  }
  return pairs;
}

/** Puts one signed certificate where it is awaited, on the machine that signs; an earlier one is replaced whole. */
export function writeSigned({directory}: Requests, name: string, certificate: string): void {
  const {certificate: path} = filesOf(name);
  checkPaths([path]);
  const place = join(directory, path);
  const unfinished = `${place}.certwright-unfinished`;
  try {
    rmSync(unfinished, {force: true});
    const file = openSync(unfinished, 'wx', 0o600);
    try {
      fchmodSync(file, 0o644);
      writeFileSync(file, certificate);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, place);
  } catch (error) {
    rmSync(unfinished, {force: true});
    throw writeFailure(error, place);
  }
}

function noRequests(directory: string, isBundle: boolean): Failure {
  if (isBundle) {
    return new Failure('already-complete', `${directory} holds a finished bundle, and no requests`, {
      nextSteps: [`see what is in it: certwright verify ${directory}`],
    });
  }
  const isThere = lstatSync(directory, {throwIfNoEntry: false}) !== undefined;
  return new Failure('no-requests', isThere ? `${directory} holds no requests` : `${directory} does not exist`, {
    nextSteps: ['name the folder that `certwright issue` or `certwright renew --requests` wrote the requests into'],
  });
}
