import {join, resolve} from 'node:path';
import {Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {clearInterrupted, findInterrupted} from '../bundle/interrupted.ts';
import {goingOn, readRequests} from '../bundle/requests.ts';
import {readPlan} from '../config/resolve-plan.ts';
import {goOn, setUp, type SetUpOptions} from '../journeys/set-up.ts';
import type {SetUpEvent} from '../journeys/set-up-events.ts';
import type {Proof} from '../pki/verdict.ts';
import {proofJson} from '../report/proof-json.ts';
import {proofDigest} from '../report/proof-text.ts';
import {shellWord} from '../report/same-command.ts';
import {count} from '../report/words.ts';
import {askPassphraseIn} from './ask.ts';
import {threadsOf, type Context} from './context.ts';
import {givenPlan, type GivenPlan, type PlanSource} from './plan-source.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';
import {Progress} from './progress.ts';

export interface IssueOptions extends PlanSource {
  readonly out?: string;
  readonly signed?: string;
  readonly proof: boolean;
  readonly tar: boolean;
  readonly clear: boolean;
  readonly output: 'text' | 'json';
}

/** Makes everything that a plan asks for, all or nothing, and proves it. */
export async function issue(context: Context, options: IssueOptions): Promise<number> {
  const {given, directory, shown, journey} = beginning(context, options);
  if (options.clear) clear(context, directory);
  else warnOfInterrupted(context, directory, shown);
  const outcome = await followed(context, journey(given.plan, setUpOptions(context, options, directory, given)));
  report(context, options, {...outcome, directory, shown});
  return outcome.proof?.state === 'critical' ? 1 : 0;
}

interface Beginning {
  readonly given: GivenPlan;
  readonly directory: string;
  /** The folder as it was typed. */
  readonly shown: string;
  readonly journey: typeof setUp;
}

function beginning(context: Context, options: IssueOptions): Beginning {
  const {out, signed} = options;
  if (signed !== undefined) {
    const directory = resolve(context.cwd, signed);
    const folder = readRequests(directory);
    const {planYaml} = folder;
    if (folder.renewalOf !== undefined) {
      throw new Failure(
        'requests-of-a-node',
        `${signed} holds requests for certificates of the node ${folder.renewalOf}`,
        {
          nextSteps: [`go on with it on that node: ${goingOn(folder, signed)}`],
        },
      );
    }
    const {plan, problems} = readPlan({text: planYaml, source: join(signed, 'plan.yaml'), folder: directory});
    const errors = problems.filter(({severity}) => severity === 'error');
    if (errors.length > 0) throw new InputFailure('the plan in the folder is not right', errors);
    return {given: {plan, yaml: planYaml}, directory, shown: signed, journey: goOn};
  }
  if (out === undefined) {
    throw new InputFailure('nothing says where the bundle shall lie', [
      problem('missing-answer', '--out', 'the folder is missing', 'add --out DIR: a new folder, or an empty one'),
    ]);
  }
  return {given: givenPlan(context, options), directory: resolve(context.cwd, out), shown: out, journey: setUp};
}

function setUpOptions(context: Context, options: IssueOptions, directory: string, given: GivenPlan): SetUpOptions {
  return {
    directory,
    planYaml: given.yaml,
    proof: options.proof,
    tar: options.tar,
    now: context.now,
    signal: context.signal,
    threads: threadsOf(context),
    passphrases: {environment: (name) => context.environment[name], ask: askPassphraseIn(context)},
  };
}

function clear(context: Context, directory: string): void {
  for (const left of findInterrupted(directory)) {
    clearInterrupted(left);
    tell(context, `removed what an interrupted run had left: ${left.folder}`);
  }
}

function warnOfInterrupted(context: Context, directory: string, shown: string): void {
  for (const {folder, state} of findInterrupted(directory)) {
    if (state === 'alive') continue;
    tell(
      context,
      `note: an interrupted run has left ${folder}; there may be keys in it`,
      `  remove it with: certwright issue --clear --out ${shellWord(shown)} …`,
    );
  }
}

interface Outcome {
  readonly proof: Proof | undefined;
  /** undefined = the bundle is complete. */
  readonly requests: readonly string[] | undefined;
  readonly made: string;
}

async function followed(context: Context, events: AsyncIterable<SetUpEvent>): Promise<Outcome> {
  const progress = new Progress(context);
  let proof: Outcome['proof'];
  let requests: Outcome['requests'];
  let made = '';
  try {
    for await (const event of events) {
      progress.heard(event);
      switch (event.kind) {
        case 'started': {
          const {authorities, certificates, files} = event.blueprint;
          made = `${count(authorities.length, 'authority', 'authorities')}, ${count(certificates.length, 'certificate')}, ${count(files.length, 'file')}`;
          break;
        }
        case 'requests-written':
          requests = event.requests;
          break;
        case 'finished':
          proof = event.proof;
          break;
        case 'key-made':
        case 'certificate-issued':
        case 'file-written':
        case 'bundle-placed':
        case 'connection-judged':
        case 'intrusion-judged':
          break;
        default:
          event satisfies never;
      }
    }
  } finally {
    progress.end();
  }
  return {proof, requests, made};
}

function report(
  context: Context,
  {output, tar}: IssueOptions,
  {proof, requests, made, directory, shown}: Outcome & {directory: string; shown: string},
): void {
  if (output === 'json') {
    printJson(context, {directory, complete: requests === undefined, requests, proof: proof && proofJson(proof)});
    return;
  }
  if (requests !== undefined) {
    printLines(context, [
      `${count(requests.length, 'request')} for a CA whose key is elsewhere ${requests.length === 1 ? 'lies' : 'lie'} in ${shown}/requests.`,
      '',
      'Next',
      `  on the machine that holds the CA:  certwright sign ${shellWord(shown)} --certificate ca.crt --key ca.key`,
      `  back here, with what it signed:    certwright issue --signed ${shellWord(shown)}`,
    ]);
    return;
  }
  printLines(context, [
    `${made} in ${shown}${tar ? `, and all of it in ${shown}.tar` : ''}`,
    ...(proof === undefined ? [] : ['', ...proofDigest(proof, glyphsFor(context), [shown])]),
    '',
    'Next',
    `  what to copy where, in which order:  ${shown}/README.md`,
    `  prove it again:                      certwright verify ${shellWord(shown)}`,
  ]);
}
