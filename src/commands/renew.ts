import {resolve} from 'node:path';
import {normalizeAddress} from '../base/address.ts';
import {parseHours} from '../base/duration.ts';
import {InputFailure} from '../base/failure.ts';
import {sanFault} from '../base/names.ts';
import {problem, type Problem} from '../base/problem.ts';
import {carryOut, planRenewal, type RenewalPlan, type RenewWish} from '../journeys/renew.ts';
import {renewalLines, restartLines, type ShownPlan} from '../report/renewal-text.ts';
import {askYes} from './ask.ts';
import {shellWord} from '../report/same-command.ts';
import {count} from '../report/words.ts';
import type {Context} from './context.ts';
import {printJson, printLines, tell} from './print.ts';
import {runMarks} from './run-marks.ts';

export interface RenewOptions {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly root: string;
  readonly warnWithin: string;
  readonly validity: string;
  readonly sameKey: boolean;
  readonly addSan: readonly string[];
  readonly removeSan: readonly string[];
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly output: 'text' | 'json';
}

/** Renews leaves of a node: shows the difference, asks, then changes all of it or nothing. */
export async function renew(context: Context, options: RenewOptions): Promise<number> {
  const plan = await planRenewal(wishOf(context, options));
  const shown = shownPlan(plan, options.sameKey);
  if (options.output === 'text') printLines(context, renewalLines(shown));
  const isMeant = !options.dryRun && plan.renewed.length > 0 && (options.yes || (await isConfirmed(context, shown)));
  const backup = isMeant ? carryOut(plan, runMarks(context.now()), context.now()) : undefined;
  if (options.output === 'json') printJson(context, renewalJson(shown, plan, backup?.id));
  if (backup === undefined) {
    if (plan.renewed.length > 0)
      tell(context, 'Nothing was changed.', ...(options.dryRun || options.yes ? [] : ['With --yes it is done.']));
    return 0;
  }
  tell(
    context,
    '',
    `Done. What was there is backup ${backup.id}: certwright restore ${backup.id}${rootWords(options)}`,
    ...(plan.restarts.length === 0
      ? ['Nothing has to be restarted.']
      : ['To be restarted, one after the other:', ...restartLines(plan.restarts).map((line) => `  ${line}`)]),
    `Then: certwright check${rootWords(options)}`,
  );
  return 0;
}

function rootWords({root}: RenewOptions): string {
  return root === '/' ? '' : ` --root ${shellWord(root)}`;
}

async function isConfirmed(context: Context, {renewed}: ShownPlan): Promise<boolean> {
  if (context.asks === 'nobody') return false;
  return askYes(context, `Renew ${count(renewed.length, 'certificate')}?`, [
    'What is there now is backed up first; nothing is restarted.',
  ]);
}

/** @throws InputFailure with everything that is wrong at once */
function wishOf(context: Context, options: RenewOptions): RenewWish {
  const problems: Problem[] = [];
  const hours = (flag: string, text: string): number => {
    const read = parseHours(text);
    if (read === undefined || read === 0) {
      problems.push(problem('bad-duration', flag, `${JSON.stringify(text)} is no duration`, 'write 365d, 8760h or 1y'));
    }
    return read ?? 0;
  };
  const names = (flag: string, texts: readonly string[]) =>
    texts.map((text) => {
      const fault = sanFault(text);
      if (fault !== undefined) problems.push(problem(fault.code, flag, fault.message, fault.fix));
      const address = normalizeAddress(text);
      return address === undefined ? {type: 'dns' as const, value: text} : {type: 'ip' as const, value: address};
    });
  if (options.all && options.names.length > 0) {
    problems.push(
      problem('names-and-all', '--all', 'names and --all are two ways to say what to renew', 'give one of them'),
    );
  }
  const [addSans, removeSans] = [names('--add-san', options.addSan), names('--remove-san', options.removeSan)];
  if (addSans.length + removeSans.length > 0 && options.names.length === 0) {
    problems.push(
      problem(
        'names-for-what',
        '--add-san',
        'names belong into certain certificates',
        'say which: certwright renew apiserver --add-san NAME',
      ),
    );
  }
  const wish: RenewWish = {
    root: resolve(context.cwd, options.root),
    which:
      options.names.length > 0 ? {kind: 'named', names: options.names} : options.all ? {kind: 'all'} : {kind: 'needed'},
    validity: hours('--validity', options.validity),
    warnWithin: hours('--warn-within', options.warnWithin),
    keepsKeys: options.sameKey,
    addSans,
    removeSans,
    now: context.now(),
    sudoUser: context.environment.SUDO_USER,
  };
  if (problems.length > 0) throw new InputFailure('the command line is not right', problems);
  return wish;
}

export function shownPlan({renewed, blocked, left}: RenewalPlan, keepsKey: boolean): ShownPlan {
  return {
    renewed: renewed.map(({item, after, copies, restarts}) => ({
      name: item.name,
      before: item.held.certificate,
      after,
      paths: [...(item.key.kind === 'file' && !keepsKey ? [item.key.path] : []), item.held.at.path, ...copies],
      keepsKey,
      authority: item.authority.at.path,
      restarts,
      readers: [...new Set(item.users.map(({component}) => component))],
    })),
    blocked: blocked.map(({name, held, why, wayOn}) => ({name, path: held.at.path, why, wayOn})),
    left,
  };
}

function renewalJson(
  {renewed, blocked, left}: ShownPlan,
  {restarts}: RenewalPlan,
  backup: string | undefined,
): Record<string, unknown> {
  const facts = ({serial, notBefore, notAfter, fingerprint, sans}: ShownPlan['renewed'][number]['after']) => ({
    serial,
    fingerprint,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    sans: sans.map(({value}) => value),
  });
  return {
    renewVersion: 1,
    isDone: backup !== undefined,
    backup: backup ?? null,
    renewed: renewed.map(({before, after, ...each}) => ({...each, before: facts(before), after: facts(after)})),
    blocked,
    left,
    restarts,
  };
}
