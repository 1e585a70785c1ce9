import {sign, type KeyObject} from 'node:crypto';
import {Cancelled} from '../base/failure.ts';
import type {Amounts} from '../pki/outline.ts';
import type {KeyAlgorithm} from '../pki/plan.ts';
import {generateKeys} from './keys.ts';
import {signatureAlgorithmOf} from './signature.ts';

/** What a kind of key costs on this machine, as it was just now. */
export interface KeyCost {
  readonly algorithm: KeyAlgorithm;
  /** To make one key on one thread: the mean of `keys`. RSA keys are found by luck, so single ones differ widely. */
  readonly keyMilliseconds: number;
  /** To sign one certificate on one thread. */
  readonly signatureMilliseconds: number;
  /** How many keys were made to know it. */
  readonly keys: number;
}

export interface MeasureOptions {
  /** A clock that only goes forward, with parts of a millisecond. */
  readonly milliseconds: () => number;
  readonly signal: AbortSignal;
}

/** Long enough that a busy moment does not decide, short enough to be waited for. */
const enoughMilliseconds = 600;
const fewestKeys = 3;
const mostKeys = 100;
const signatures = 8;

/** About as long as the part of a certificate that is signed. */
const body = Buffer.alloc(1000, 'x');

/**
 * Makes keys and signatures of a kind and takes the time, one after the other on libuv's thread pool: a screen stays
 * alive meanwhile. The keys are thrown away.
 *
 * @throws Cancelled between two keys, once the signal is aborted
 */
export async function measureKeys(algorithm: KeyAlgorithm, options: MeasureOptions): Promise<KeyCost> {
  // What is loaded and set up once is not what a key costs.
  let {signingKey} = await generateKeys('ECDSA-P256');
  let keys = 0;
  let spent = 0;
  while (keys < fewestKeys || (spent < enoughMilliseconds && keys < mostKeys)) {
    goOn(options.signal);
    const began = options.milliseconds();
    ({signingKey} = await generateKeys(algorithm));
    spent += options.milliseconds() - began;
    keys += 1;
  }
  const began = options.milliseconds();
  for (let made = 0; made < signatures; made += 1) {
    goOn(options.signal);
    await signature(signingKey);
  }
  const signing = options.milliseconds() - began;
  return {algorithm, keyMilliseconds: spent / keys, signatureMilliseconds: signing / signatures, keys};
}

function goOn(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled();
}

function signature(key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const {hash} = signatureAlgorithmOf(key);
    sign(hash, body, key, (error, bytes) => (error === null ? resolve(bytes) : reject(error)));
  });
}

/** Milliseconds that the keys and signatures of a plan take here, as far as can be foreseen; files come on top. */
export function estimatedMilliseconds(cost: KeyCost, {keys, certificates}: Amounts, parallel: number): number {
  // Fewer keys than processors leave some of them idle.
  const atATime = Math.min(parallel, Math.max(1, keys));
  return (keys * cost.keyMilliseconds + certificates * cost.signatureMilliseconds) / atATime;
}
