import {resolve} from 'node:path';
import {normalizeAddress} from '../base/address.ts';
import {parseHours} from '../base/duration.ts';
import {InputFailure} from '../base/failure.ts';
import {sanFault} from '../base/names.ts';
import {problem, type Problem} from '../base/problem.ts';
import {readMachine} from '../config/machine.ts';
import type {RenewWish} from '../journeys/renew.ts';
import type {NameOfSubject} from '../x509/extensions.ts';
import type {Context} from './context.ts';
import {restartProblems, type RestartWish} from './restart-wish.ts';
import {type NamesOptions, namesWish} from './renew-names.ts';

/** The words of `certwright renew`. */
export interface RenewOptions extends NamesOptions, RestartWish {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly root: string;
  readonly warnWithin: string;
  readonly validity: string;
  readonly sameKey: boolean;
  readonly addSan: readonly string[];
  readonly removeSan: readonly string[];
  /** Nodes whose kubelets' certificates are prepared here. */
  readonly kubelet: readonly string[];
  readonly out?: string;
  /** Where keys and requests for an authority elsewhere go, instead of renewing here. */
  readonly requests?: string;
  /** Where they lie, signed. */
  readonly signed?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly output: 'text' | 'json';
}

/** @throws InputFailure with everything that is wrong at once */
export function renewWish(context: Context, options: RenewOptions): RenewWish {
  const problems: Problem[] = [...contradictions(options), ...restartProblems(options, options.root)];
  const hours = (flag: string, text: string): number => {
    const read = parseHours(text);
    if (read === undefined || read === 0) {
      problems.push(problem('bad-duration', flag, `${JSON.stringify(text)} is no duration`, 'write 365d, 8760h or 1y'));
    }
    return read ?? 0;
  };
  const wish: RenewWish = {
    ...namesWish(context, options, problems),
    root: resolve(context.cwd, options.root),
    which:
      options.names.length > 0 ? {kind: 'named', names: options.names} : options.all ? {kind: 'all'} : {kind: 'needed'},
    validity: hours('--validity', options.validity),
    warnWithin: hours('--warn-within', options.warnWithin),
    keepsKeys: options.sameKey,
    addSans: subjectNames('--add-san', options.addSan, problems),
    removeSans: subjectNames('--remove-san', options.removeSan, problems),
    now: context.now(),
    signal: context.signal,
    sudoUser: context.environment.SUDO_USER,
    addresses: readMachine().addresses,
  };
  if (problems.length > 0) throw new InputFailure('the command line is not right', problems);
  return wish;
}

/**
 * Names and addresses as somebody types them.
 *
 * @param problems gets those that are none
 */
export function subjectNames(flag: string, texts: readonly string[], problems: Problem[]): readonly NameOfSubject[] {
  return texts.map((text) => {
    const fault = sanFault(text);
    if (fault !== undefined) problems.push(problem(fault.code, flag, fault.message, fault.fix));
    const address = normalizeAddress(text);
    return address === undefined ? {type: 'dns', value: text} : {type: 'ip', value: address};
  });
}

function* contradictions(options: RenewOptions): Iterable<Problem> {
  const {all, names, addSan, removeSan, signed, out} = options;
  if (all && names.length > 0) {
    yield problem('names-and-all', '--all', 'names and --all are two ways to say what to renew', 'give one of them');
  }
  if (addSan.length + removeSan.length > 0 && names.length === 0) {
    yield problem(
      'names-for-what',
      '--add-san',
      'names belong into certain certificates',
      'say which: certwright renew apiserver --add-san NAME',
    );
  }
  if (signed !== undefined && names.length > 0) {
    yield problem('names-and-signed', '--signed', 'what is renewed stands in the folder', 'leave the names out');
  }
  if (out !== undefined) {
    yield problem(
      'of-no-use',
      '--out',
      'a folder is written with --kubelet alone',
      'add --kubelet NODE, or leave --out away',
    );
  }
}
