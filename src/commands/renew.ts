import {resolve} from 'node:path';
import {normalizeAddress} from '../base/address.ts';
import {parseHours} from '../base/duration.ts';
import {InputFailure} from '../base/failure.ts';
import {sanFault} from '../base/names.ts';
import {problem, type Problem} from '../base/problem.ts';
import {carryOut, planRenewal, type RenewalPlan, type RenewWish} from '../journeys/renew.ts';
import {planSigned} from '../journeys/renew-requests.ts';
import {areNamesOfInterest} from '../node/wished-names.ts';
import {kubeadmNameLines} from '../report/kubeadm-names-text.ts';
import {namesJson} from '../report/renewal-requests-text.ts';
import {renewalLines, restartLines, type ShownPlan} from '../report/renewal-text.ts';
import {askYes} from './ask.ts';
import {shellWord} from '../report/same-command.ts';
import {count} from '../report/words.ts';
import type {Context} from './context.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';
import {type NamesOptions, namesWish} from './renew-names.ts';
import {renewRequests} from './renew-requests.ts';
import {runMarks} from './run-marks.ts';

export interface RenewOptions extends NamesOptions {
  readonly names: readonly string[];
  readonly all: boolean;
  readonly root: string;
  readonly warnWithin: string;
  readonly validity: string;
  readonly sameKey: boolean;
  readonly addSan: readonly string[];
  readonly removeSan: readonly string[];
  /** Where keys and requests for an authority elsewhere go, instead of renewing here. */
  readonly requests?: string;
  /** Where they lie, signed. */
  readonly signed?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly output: 'text' | 'json';
}

/** Renews leaves of a node: shows the difference, asks, then changes all of it or nothing. */
export async function renew(context: Context, options: RenewOptions): Promise<number> {
  const wish = wishOf(context, options);
  const {requests, signed} = options;
  if (requests !== undefined) return renewRequests(context, wish, {...options, requests});
  const plan = signed === undefined ? await planRenewal(wish) : planSigned(wish, resolve(context.cwd, signed));
  const shown = shownPlan(plan, options.sameKey);
  if (options.output === 'text') printLines(context, renewalLines(shown, glyphsFor(context).width));
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
    ...(signed === undefined
      ? []
      : ['', `The keys in ${signed} are in use now; remove the folder: rm -r ${shellWord(signed)}`]),
    ...(plan.kubeadmNames === undefined ? [] : ['', ...kubeadmNameLines(plan.kubeadmNames)]),
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
  if (options.signed !== undefined && options.names.length > 0) {
    problems.push(
      problem('names-and-signed', '--signed', 'what is renewed stands in the folder', 'leave the names out'),
    );
  }
  const wish: RenewWish = {
    ...namesWish(context, options, problems),
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

function shownPlan({renewed, blocked, inPlace, left, warnings}: RenewalPlan, keepsKey: boolean): ShownPlan {
  return {
    renewed: renewed.map(({item, after, names, copies, restarts}) => ({
      name: item.name,
      before: item.held.certificate,
      after,
      paths: [...(item.key.kind === 'file' && !keepsKey ? [item.key.path] : []), item.held.at.path, ...copies],
      keepsKey,
      authority: item.authority?.at.path ?? after.issuer.text,
      restarts,
      readers: [...new Set(item.users.map(({component}) => component))],
      ...(areNamesOfInterest(names) ? {names: names.rows} : {}),
    })),
    blocked: blocked.map(({name, held, why, wayOn}) => ({name, path: held.at.path, why, wayOn})),
    inPlace,
    left,
    warnings,
  };
}

function renewalJson(
  {renewed, blocked, inPlace, left, warnings}: ShownPlan,
  {restarts, kubeadmNames}: RenewalPlan,
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
    renewed: renewed.map(({before, after, names, ...each}) => ({
      ...each,
      before: facts(before),
      after: facts(after),
      ...(names === undefined ? {} : {names: namesJson(names)}),
    })),
    blocked,
    inPlace,
    left,
    restarts,
    warnings,
    kubeadmNames: kubeadmNames ?? null,
  };
}
