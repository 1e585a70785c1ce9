import {resolve} from 'node:path';
import {Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {goingOn} from '../bundle/requests.ts';
import {readBrought} from '../config/read-brought.ts';
import {ceremonyFor, signAll, type Ceremony} from '../journeys/sign.ts';
import {describeHours} from '../base/duration.ts';
import {count, sansText, subjectText, usagesText} from '../report/words.ts';
import {askPassphraseIn, askYes} from './ask.ts';
import type {Context} from './context.ts';
import {printLines, tell} from './print.ts';

export interface SignOptions {
  readonly directory: string;
  /** The authority's certificate and key, PEM. */
  readonly certificate: string;
  readonly key: string;
  /** Which authority this is, when several are asked. */
  readonly authority?: string;
  readonly passphraseFile?: string;
  readonly passphraseEnv?: string;
  /** Signs without asking. */
  readonly yes: boolean;
}

/** Signs, on the machine that holds an authority's key, what waits for it in a folder of requests. */
export async function sign(context: Context, options: SignOptions): Promise<number> {
  const directory = resolve(context.cwd, options.directory);
  const ceremony = ceremonyFor(directory, options.authority);
  const pair = await readPair(context, options, ceremony.authority);
  tell(context, ...describe(ceremony));
  if (!options.yes) await confirm(context, ceremony);
  await signAll(directory, ceremony, {pair, now: context.now(), onSigned: (name) => tell(context, `signed ${name}`)});
  printLines(context, [
    `${count(ceremony.requests.length, 'certificate')} signed by ${ceremony.authority}, beside their requests in ${directory}/requests.`,
    `Bring the folder back to where it was made, then: ${goingOn(ceremony, options.directory)}`,
  ]);
  return 0;
}

async function readPair(context: Context, options: SignOptions, authority: string) {
  const passphrase =
    options.passphraseFile === undefined
      ? options.passphraseEnv === undefined
        ? undefined
        : {env: options.passphraseEnv}
      : {file: resolve(context.cwd, options.passphraseFile)};
  const pairs = await readBrought(
    {
      [authority]: {
        certificate: resolve(context.cwd, options.certificate),
        key: resolve(context.cwd, options.key),
        ...(passphrase === undefined ? {} : {passphrase}),
      },
    },
    {
      environment: (name) => context.environment[name],
      ask: askPassphraseIn(context),
    },
  );
  const pair = pairs.get(authority);
  if (pair?.key === undefined) throw new TypeError('the key was given, and is not there');
  return {certificate: pair.certificate, key: pair.key};
}

/** Who signs should see what: each request in two lines. */
function describe({clusterName, renewalOf, authority, requests}: Ceremony): string[] {
  const who = renewalOf === undefined ? `Cluster ${clusterName}` : `Node ${renewalOf} of cluster ${clusterName}`;
  return [
    `${who} asks ${authority} for ${count(requests.length, 'certificate')}:`,
    ...requests.flatMap(({name, subject, usages, sans, isAuthority, validity}) => [
      `  ${name}: ${subjectText(subject)}, ${isAuthority ? 'AN AUTHORITY of its own' : usagesText(usages)}, ${describeHours(validity)}`,
      ...(sans.length === 0 ? [] : [`    ${sansText(sans)}`]),
    ]),
  ];
}

async function confirm(context: Context, {authority}: Ceremony): Promise<void> {
  if (context.asks === 'nobody') {
    throw new InputFailure('nobody is there to confirm the signing', [
      problem(
        'not-confirmed',
        '--yes',
        'signing is for good: a certificate cannot be called back',
        'add --yes to sign what is listed above',
      ),
    ]);
  }
  const isSure = await askYes(context, `Sign all of these as ${authority}?`, [
    'A certificate cannot be called back: what is signed holds until it ends.',
  ]);
  if (!isSure)
    throw new Failure('not-confirmed', 'nothing was signed', {nextSteps: ['run it again when you are sure']});
}
