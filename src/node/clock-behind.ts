import {Failure} from '../base/failure.ts';
import type {Held} from './held.ts';

/**
 * What an authority signs before it has begun itself is good for nobody: a machine whose clock has lost its battery would
 * make certificates that ended years ago.
 *
 * @throws Failure `clock-behind`
 */
export function refuseEarlyClock({at, certificate}: Held, now: Date): void {
  if (now >= certificate.notBefore) return;
  const [here, begins] = [now, certificate.notBefore].map((date) => date.toISOString().slice(0, 16).replace('T', ' '));
  throw new Failure('clock-behind', `it is ${here} UTC here, and ${at.path} begins on ${begins} UTC`, {
    nextSteps: ['set the clock of this machine, then run it again: date -u; timedatectl'],
  });
}
