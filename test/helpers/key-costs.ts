import {keyCosts, type KeyCosts} from '../../src/journeys/key-costs.ts';
import type {KeyAlgorithm} from '../../src/pki/plan.ts';
import type {KeyCost} from '../../src/x509/measure-keys.ts';

/** Milliseconds a key, on a machine that is made up. */
const made: Readonly<Record<KeyAlgorithm, number>> = {
  'RSA-2048': 50,
  'RSA-3072': 200,
  'RSA-4096': 800,
  'ECDSA-P256': 0.5,
  'ECDSA-P384': 2,
};

/**
 * The costs of a machine that is made up: nothing is measured.
 *
 * @param ready resolves when the machine has time for it; left out = at once
 */
export function madeUpCosts(ready: (algorithm: KeyAlgorithm) => Promise<void> = () => Promise.resolve()): KeyCosts {
  return keyCosts({
    milliseconds: () => 0,
    parallel: 2,
    measure: async (algorithm): Promise<KeyCost> => {
      await ready(algorithm);
      return {algorithm, keyMilliseconds: made[algorithm], signatureMilliseconds: 1, keys: 5};
    },
  });
}
