import {resolve} from 'node:path';
import {Cancelled} from '../base/failure.ts';
import {carryOut, planRenewal, type RenewalPlan} from '../journeys/renew.ts';
import {planSigned} from '../journeys/renew-requests.ts';
import {renewing} from '../journeys/rotate.ts';
import type {Restart} from '../pki/rotation.ts';
import {kubeadmNameLines} from '../report/kubeadm-names-text.ts';
import {renewalLines, restartLines, type ShownPlan} from '../report/renewal-text.ts';
import {shellWord} from '../report/same-command.ts';
import {count} from '../report/words.ts';
import {askYes} from './ask.ts';
import type {Context} from './context.ts';
import {glyphsFor, printJson, printLines, tell} from './print.ts';
import {renewKubelets} from './renew-kubelets.ts';
import {renewRequests} from './renew-requests.ts';
import {type RenewOptions, renewWish} from './renew-wish.ts';
import {renewalJson, shownPlan} from './renewal-shown.ts';
import {followedBy, restartsMeant} from './restart-wish.ts';
import {followRotation} from './rotation.ts';
import {runMarks} from './run-marks.ts';
import {settleInterrupted} from './settle-interrupted.ts';

/** Renews leaves of a node: shows the difference, asks, then changes all of it or nothing. */
export async function renew(context: Context, options: RenewOptions): Promise<number> {
  if (options.kubelet.length > 0) return renewKubelets(context, options);
  const wish = renewWish(context, options);
  const {requests, signed} = options;
  if (requests !== undefined) return renewRequests(context, wish, {...options, requests});
  settleInterrupted(context, wish.root, !options.dryRun && (options.yes || context.asks !== 'nobody'));
  const plan = signed === undefined ? await planRenewal(wish) : planSigned(wish, resolve(context.cwd, signed));
  const shown = shownPlan(plan, options.sameKey);
  if (options.output === 'text') printLines(context, renewalLines(shown, glyphsFor(context).width));
  const changes = plan.renewed.length + plan.kubelet.length;
  // What somebody has named and what cannot be renewed here is not done.
  const unmet = signed === undefined && wish.which.kind === 'named' && plan.blocked.length > 0 ? 1 : 0;
  const isMeant = !options.dryRun && changes > 0 && (options.yes || (await isConfirmed(context, shown)));
  if (!isMeant) {
    if (options.output === 'json') printJson(context, renewalJson(shown, plan, undefined));
    if (changes > 0)
      tell(context, 'Nothing was changed.', ...(options.dryRun || options.yes ? [] : ['With --yes it is done.']));
    return unmet;
  }
  const {root, restarts: needed, restartable: all} = plan;
  const restart = await restartsMeant(context, {root, needed, all}, options);
  // Whoever has stopped it while the keys were made wants nothing changed.
  if (context.signal.aborted) throw new Cancelled();
  const isRotation = restart.length > 0 || options.restart !== undefined;
  const code = isRotation ? await rotateNow(context, plan, restart, options) : changeNow(context, plan, options);
  return code === 0 ? unmet : code;
}

/** The files alone; what is to be restarted is told. */
function changeNow(context: Context, plan: RenewalPlan, options: RenewOptions): number {
  const {id} = carryOut(plan, runMarks(context.now()), context.now());
  if (options.output === 'json') printJson(context, renewalJson(shownPlan(plan, options.sameKey), plan, id));
  const rootWords = options.root === '/' ? '' : ` --root ${shellWord(options.root)}`;
  tell(
    context,
    '',
    `Done. What was there is backup ${id}: certwright restore ${id}${rootWords}`,
    ...(plan.restarts.length === 0
      ? ['Nothing has to be restarted.']
      : ['To be restarted, one after the other:', ...restartLines(plan.restarts).map((line) => `  ${line}`)]),
    `Then: certwright check${rootWords}`,
    ...keysWords(options),
    ...(plan.kubeadmNames === undefined ? [] : ['', ...kubeadmNameLines(plan.kubeadmNames)]),
  );
  return 0;
}

/** The files, then components one after the other, then the proof. */
async function rotateNow(
  context: Context,
  plan: RenewalPlan,
  restart: readonly Restart[],
  options: RenewOptions,
): Promise<number> {
  const {outcome, evidence} = await followRotation(context, renewing(plan), {
    restart,
    ...followedBy(options),
  });
  if (options.output === 'json') {
    const document = renewalJson(shownPlan(plan, options.sameKey), plan, outcome.backup);
    printJson(context, {...document, rotation: {...outcome, evidence}});
  }
  if (outcome.state !== 'rolled-back') tell(context, ...keysWords(options));
  return outcome.state === 'done' ? 0 : 1;
}

function keysWords({signed}: RenewOptions): readonly string[] {
  return signed === undefined
    ? []
    : ['', `The keys in ${signed} are in use now; remove the folder: rm -r ${shellWord(signed)}`];
}

async function isConfirmed(context: Context, {renewed, kubelet = []}: ShownPlan): Promise<boolean> {
  if (context.asks === 'nobody') return false;
  return askYes(context, `Renew ${count(renewed.length + kubelet.length, 'certificate')}?`, [
    'What is there now is backed up first.',
  ]);
}
