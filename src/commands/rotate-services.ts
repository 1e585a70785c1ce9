import {resolve} from 'node:path';
import {parseHours} from '../base/duration.ts';
import {Cancelled} from '../base/failure.ts';
import {readMachine} from '../config/machine.ts';
import {finishInterrupted} from '../journeys/go-back.ts';
import {planRenewal} from '../journeys/renew.ts';
import {renewing, rotate} from '../journeys/rotate.ts';
import type {RotateServices, RotationWish} from '../journeys/rotate-services.ts';
import {viewNode} from '../journeys/view-node.ts';
import type {Context} from './context.ts';
import {subjectNames} from './renew-wish.ts';
import {shownPlan} from './renewal-shown.ts';
import {runMarks} from './run-marks.ts';

/** Hours before its end from which a certificate counts as ending: as `certwright check` has it by default. */
const warnWithin = 30 * 24;

/** What the screens of Rotate need of the world. */
export function rotateServices(context: Context): RotateServices {
  const {cwd, now, environment} = context;
  const sudoUser = environment.SUDO_USER;
  const {addresses} = readMachine();
  const rootOf = (typed: string): string => resolve(cwd, typed);
  return {
    lookAtNode: (typed, signal) => viewNode({root: rootOf(typed), warnWithin, now: now(), sudoUser, addresses, signal}),
    prepareRenewal: async (typed, wish, signal) => {
      const plan = await planRenewal({
        root: rootOf(typed),
        which: {kind: 'named', names: wish.names},
        warnWithin,
        sudoUser,
        addresses,
        now: now(),
        validity: parseHours(wish.validity) ?? 0,
        keepsKeys: wish.keepsKeys,
        sans: 'keep',
        addSans: [],
        removeSans: [],
        byItem: namesByItem(wish),
        node: undefined,
      });
      if (signal.aborted) throw new Cancelled();
      return {
        shown: shownPlan(plan, wish.keepsKeys),
        restarts: plan.restarts,
        rotate: (options) => rotate(renewing(plan), {...options, marks: runMarks(now()), now, sudoUser}),
      };
    },
    recover: async (typed) => finishInterrupted(rootOf(typed), runMarks(now())),
  };
}

/** The screens take only names that are some. */
function namesByItem({sans}: RotationWish) {
  return Object.fromEntries(
    Object.entries(sans).map(([item, {add, remove}]) => [
      item,
      {addSans: subjectNames('add', add, []), removeSans: subjectNames('remove', remove, [])},
    ]),
  );
}
