import {resolve} from 'node:path';
import {normalizeAddress} from '../base/address.ts';
import {parseHours} from '../base/duration.ts';
import {InputFailure} from '../base/failure.ts';
import {sanFault} from '../base/names.ts';
import {problem, type Problem} from '../base/problem.ts';
import {carryOut, planRenewal, type RenewalPlan, type RenewWish} from '../journeys/renew.ts';
import {renewalLines, restartLines, type ShownPlan} from '../report/renewal-text.ts';
import {askYes} from './ask.ts';
import {followRotation, namesOf} from './rotation.ts';
import type {Restart} from '../pki/rotation.ts';
import {shellWord} from '../report/same-command.ts';
import {count} from '../report/words.ts';
import type {Context} from './context.ts';
import {printJson, printLines, tell} from './print.ts';
import {runMarks} from './run-marks.ts';
import {settleInterrupted} from './settle-interrupted.ts';

export interface RenewOptions {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly root: string;
  readonly warnWithin: string;
  readonly validity: string;
  readonly sameKey: boolean;
  readonly addSan: readonly string[];
  readonly removeSan: readonly string[];
  /** Restart what must be, or everything; left out = nothing is restarted unless somebody says so. */
  readonly restart?: 'needed' | 'all' | undefined;
  readonly rollBack: boolean;
  /** How long a component may take to be well: `4m`. */
  readonly wait: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly output: 'text' | 'json';
}

/** Renews leaves of a node: shows the difference, asks, then changes all of it or nothing. */
export async function renew(context: Context, options: RenewOptions): Promise<number> {
  const wish = wishOf(context, options);
  settleInterrupted(context, wish.root, !options.dryRun && (options.yes || context.asks !== 'nobody'));
  const plan = await planRenewal(wish);
  const shown = shownPlan(plan, options.sameKey);
  if (options.output === 'text') printLines(context, renewalLines(shown));
  const isMeant = !options.dryRun && plan.renewed.length > 0 && (options.yes || (await isConfirmed(context, shown)));
  const restart = isMeant ? await restartsMeant(context, plan, options) : [];
  if (isMeant && (restart.length > 0 || options.restart !== undefined)) {
    const {outcome, evidence} = await followRotation(context, plan, {
      restart,
      rollsBack: options.rollBack,
      starting: (parseHours(options.wait) ?? 0) * 3_600_000,
    });
    if (options.output === 'json') {
      printJson(context, {...renewalJson(shown, plan, outcome.backup), rotation: {...outcome, evidence}});
    }
    return outcome.state === 'done' ? 0 : 1;
  }
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

/** What is to be restarted: as the options say, else as somebody answers; only this machine's own components can be. */
async function restartsMeant(
  context: Context,
  plan: RenewalPlan,
  {restart, yes}: RenewOptions,
): Promise<readonly Restart[]> {
  if (restart !== undefined) return restart === 'all' ? plan.restartable : plan.restarts;
  if (yes || context.asks === 'nobody' || plan.root !== '/' || plan.restarts.length === 0) return [];
  const isWanted = await askYes(context, `Restart ${namesOf(plan.restarts)} then?`, [
    'They read a renewed file only when they start. One after the other, each waited for; then the new certificates are looked at where they are shown.',
  ]);
  return isWanted ? plan.restarts : [];
}

function rootWords({root}: RenewOptions): string {
  return root === '/' ? '' : ` --root ${shellWord(root)}`;
}

async function isConfirmed(context: Context, {renewed}: ShownPlan): Promise<boolean> {
  if (context.asks === 'nobody') return false;
  return askYes(context, `Renew ${count(renewed.length, 'certificate')}?`, ['What is there now is backed up first.']);
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
  if (options.restart !== undefined && options.root !== '/') {
    problems.push(
      problem(
        'not-this-machine',
        '--restart',
        'only the components of this machine can be restarted',
        'run it on the node itself, or without --restart: it says what is to be restarted',
      ),
    );
  }
  hours('--wait', options.wait);
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

function shownPlan({renewed, blocked, left}: RenewalPlan, keepsKey: boolean): ShownPlan {
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
