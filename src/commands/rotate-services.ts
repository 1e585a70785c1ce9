import {resolve} from 'node:path';
import {normalizeAddress} from '../base/address.ts';
import {parseHours} from '../base/duration.ts';
import {Cancelled, Failure} from '../base/failure.ts';
import {check} from '../journeys/check.ts';
import {finishInterrupted} from '../journeys/go-back.ts';
import {carryOut, planRenewal, type RenewalPlan} from '../journeys/renew.ts';
import type {NodeView, PreparedRotation, RotateServices, RotationWish} from '../journeys/rotate-services.ts';
import type {RotationEvent} from '../journeys/rotation-events.ts';
import {keepingUnder, readJournal} from '../node/change/journal.ts';
import {homesOf} from '../node/homes.ts';
import {lookAtNode} from '../node/inventory.ts';
import {renewalItems} from '../node/renewal-items.ts';
import {openRoot} from '../node/root.ts';
import type {Context} from './context.ts';
import {shownPlan} from './renew.ts';
import {runMarks} from './run-marks.ts';

/** Hours before its end from which a certificate counts as ending: as `certwright check` has it by default. */
const warnWithin = 30 * 24;

const mendable: ReadonlySet<string> = new Set(['expired', 'expiring', 'not-yet-valid', 'key-does-not-match']);

/** What the screens of Rotate need of the world. */
export function rotateServices(context: Context): RotateServices {
  const {cwd, now, environment} = context;
  const sudoUser = environment.SUDO_USER;
  const rootOf = (typed: string): string => resolve(cwd, typed);
  return {
    lookAtNode: async (typed, signal): Promise<NodeView> => {
      const root = rootOf(typed);
      const diagnosis = await check({root, warnWithin, now: now(), sudoUser, signal});
      if (signal.aborted) throw new Cancelled();
      const node = openRoot(root);
      const found = lookAtNode(node, {isLive: root === '/', homes: homesOf(node, sudoUser)});
      const wrong = new Set(diagnosis.findings.flatMap(({code, at}) => (mendable.has(code) ? [at.path] : [])));
      return {
        root,
        isLive: root === '/',
        diagnosis,
        items: renewalItems(found).map((item) => ({
          name: item.name,
          fingerprint: item.held.certificate.fingerprint,
          path: item.held.at.path,
          blocked: item.kind === 'blocked' ? {why: item.why, wayOn: item.wayOn} : undefined,
          isNeeded: wrong.has(item.held.at.path),
        })),
        interrupted: interruptedAt(root),
      };
    },
    prepareRenewal: async (typed, wish, signal) => {
      const plan = await planRenewal({
        root: rootOf(typed),
        which: {kind: 'named', names: wish.names},
        warnWithin,
        sudoUser,
        now: now(),
        validity: parseHours(wish.validity) ?? 0,
        keepsKeys: wish.keepsKeys,
        ...sansOf(wish),
      });
      if (signal.aborted) throw new Cancelled();
      return preparedOf(plan, wish, context);
    },
    recover: async (typed) => {
      const recovered = finishInterrupted(rootOf(typed), runMarks(now()));
      return recovered && {what: recovered.what, how: recovered.how, backup: recovered.id};
    },
  };
}

/** Who may not read the journal may not change anything either, and is told so by the files that are not permitted. */
function interruptedAt(root: string): string | undefined {
  try {
    return readJournal(keepingUnder(root))?.what;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return undefined;
    throw error;
  }
}

function sansOf({names, sans}: RotationWish) {
  const [[name, wished] = [undefined, {add: [], remove: []}]] = Object.entries(sans);
  if (name !== undefined && names.length > 1) {
    throw new Failure('names-for-one', 'names are changed in one certificate at a time', {
      nextSteps: [`choose ${name} alone`],
    });
  }
  const nameOf = (text: string) => {
    const address = normalizeAddress(text);
    return address === undefined ? {type: 'dns' as const, value: text} : {type: 'ip' as const, value: address};
  };
  return {addSans: wished.add.map(nameOf), removeSans: wished.remove.map(nameOf)};
}

function preparedOf(plan: RenewalPlan, {keepsKeys}: RotationWish, {now}: Context): PreparedRotation {
  async function* rotate(): AsyncGenerator<RotationEvent> {
    const {id} = carryOut(plan, runMarks(now()), now());
    yield await Promise.resolve({kind: 'changed' as const, backup: id});
    const {restarts} = plan;
    yield {
      kind: 'finished',
      outcome: {state: restarts.length === 0 ? 'done' : 'partly', backup: id, left: restarts, remains: []},
    };
  }
  return {shown: shownPlan(plan, keepsKeys), restarts: plan.restarts, rotate};
}
