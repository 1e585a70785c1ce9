import {expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {keyCosts} from '../../src/journeys/key-costs.ts';
import type {KeyAlgorithm} from '../../src/pki/plan.ts';
import {estimatedMilliseconds, measureKeys, type KeyCost} from '../../src/x509/measure-keys.ts';

const never = new AbortController().signal;
const cost = (algorithm: KeyAlgorithm): KeyCost => ({
  algorithm,
  keyMilliseconds: 100,
  signatureMilliseconds: 10,
  keys: 3,
});

test('a kind of key is measured once, and one kind at a time', async () => {
  const asked: string[] = [];
  const ends = new Map<KeyAlgorithm, () => void>();
  const costs = keyCosts({
    milliseconds: () => 0,
    parallel: 2,
    measure: async (algorithm) => {
      asked.push(algorithm);
      await new Promise<void>((resolve) => ends.set(algorithm, resolve));
      return cost(algorithm);
    },
  });
  const both = [costs.measure('RSA-2048', never), costs.measure('ECDSA-P256', never), costs.measure('RSA-2048', never)];
  await new Promise(setImmediate);
  expect(asked).toEqual(['RSA-2048']);
  expect(costs.known('RSA-2048')).toBeUndefined();
  ends.get('RSA-2048')?.();
  await both[0];
  expect(costs.known('RSA-2048')).toEqual(cost('RSA-2048'));
  await new Promise(setImmediate);
  ends.get('ECDSA-P256')?.();
  await Promise.all(both);
  expect(asked).toEqual(['RSA-2048', 'ECDSA-P256']);
});

test('a measurement that is called off leaves nothing known and blocks no other', async () => {
  const costs = keyCosts({
    milliseconds: () => 0,
    parallel: 2,
    measure: (algorithm, {signal}) =>
      signal.aborted ? Promise.reject(new Cancelled()) : Promise.resolve(cost(algorithm)),
  });
  const stopped = costs.measure('RSA-2048', AbortSignal.abort());
  const other = costs.measure('RSA-2048', never);
  await expect(stopped).rejects.toThrow(Cancelled);
  await expect(other).resolves.toEqual(cost('RSA-2048'));
});

test('an estimate counts keys and signatures, shared among as many threads as have work', () => {
  expect(estimatedMilliseconds(cost('RSA-2048'), {keys: 20, certificates: 10, files: 99}, 2)).toBe(1050);
  expect(estimatedMilliseconds(cost('RSA-2048'), {keys: 1, certificates: 0, files: 0}, 8)).toBe(100);
});

test('real keys are made, by a clock that is given', async () => {
  let now = 0;
  const measured = await measureKeys('ECDSA-P256', {milliseconds: () => (now += 100), signal: never});
  expect(measured).toEqual({algorithm: 'ECDSA-P256', keyMilliseconds: 100, signatureMilliseconds: 12.5, keys: 6});
  await expect(measureKeys('ECDSA-P256', {milliseconds: () => 0, signal: AbortSignal.abort()})).rejects.toThrow(
    Cancelled,
  );
});
