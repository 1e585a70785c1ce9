/**
 * Loaded before the program when its pictures are taken, so that they are the same wherever and whenever that is: a
 * machine that is always called the same, a clock that begins at the same moment (`CLOCK`), and keys that are made one after
 * the other, as on a slow machine. What is drawn is what the program draws on such a machine.
 */
import crypto from 'node:crypto';
import {syncBuiltinESMExports} from 'node:module';
import os from 'node:os';
import {setTimeout as wait} from 'node:timers/promises';
import {promisify} from 'node:util';

const shift = Date.parse(process.env.CLOCK ?? '2026-03-02T09:00:00Z') - Date.now();
globalThis.Date = new Proxy(Date, {
  construct: (target, given: unknown[]): Date => {
    const made: unknown = given.length === 0 ? new target(target.now() + shift) : Reflect.construct(target, given);
    if (!(made instanceof target)) throw new TypeError('a date is a Date');
    return made;
  },
  get: (target, key, receiver): unknown =>
    key === 'now' ? () => target.now() + shift : Reflect.get(target, key, receiver),
});

const address = {address: '192.168.1.20', netmask: '255.255.255.0', family: 'IPv4', internal: false} as const;
os.hostname = () => 'cp-1';
os.availableParallelism = () => 1;
os.networkInterfaces = () => ({eth0: [{...address, mac: '52:54:00:00:00:01', cidr: '192.168.1.20/24'}]});

/** Milliseconds from one key to the next; 0 = as fast as this machine makes them. */
const pace = Number(process.env.KEY_PACE ?? 0);
const generate = promisify(crypto.generateKeyPair);
/** After so many keys none comes any more. */
const most = Number(process.env.KEYS ?? Number.POSITIVE_INFINITY);
let asked = 0;
let free = 0;

async function generateInTurn(...given: Parameters<typeof generate>): Promise<unknown> {
  asked += 1;
  if (asked > most) return new Promise(() => undefined);
  free = Math.max(free, performance.now()) + pace;
  await wait(free - performance.now());
  return generate(...given);
}

if (pace > 0) {
  const value = Object.assign(() => undefined, {[promisify.custom]: generateInTurn});
  Object.defineProperty(crypto, 'generateKeyPair', {value});
}
syncBuiltinESMExports();
