import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {checksOf, type ChecksWish} from '../../src/proof/checks.ts';
import {issueBlueprint} from '../../src/x509/issue.ts';
import {presetPlan} from '../helpers/presets.ts';

const now = new Date('2026-11-23T12:00:00Z');
const blueprint = makeBlueprint(presetPlan('kubeadm-single', 'keys.algorithm=ECDSA-P256'));
const issued = issueBlueprint(blueprint, {now});

/** What is looked at, with `!` before what does not pass. */
async function looked(change: Partial<ChecksWish> & {readonly by?: string}): Promise<readonly string[]> {
  const {certificates, authorities} = await issued;
  const {by = 'kubernetes-ca', ...wish} = change;
  const checks = checksOf({
    shown: certificates.get('cp-1/apiserver')?.certificate ?? '',
    trusts: authorities.get(by)?.certificate ?? '',
    usage: 'server auth',
    host: '10.0.0.11',
    now,
    ...wish,
  });
  return checks.map(({check, isPassed}) => (isPassed ? check : `!${check}`));
}

describe('a verifier looks', () => {
  test('at the dates, the name, the signer and the use, in this order', async () => {
    expect(await looked({})).toEqual(['dates', 'name', 'authority', 'usage']);
  });

  test('at no name of a client', async () => {
    expect(await looked({host: undefined})).toEqual(['dates', 'authority', 'usage']);
  });

  test.each<[string, Parameters<typeof looked>[0], readonly string[]]>([
    ['an end', {now: new Date('2028-01-01T00:00:00Z')}, ['!dates']],
    ['another name', {host: '127.0.0.1'}, ['dates', '!name']],
    ['another signer', {by: 'etcd-ca'}, ['dates', 'name', '!authority']],
    ['another use', {usage: 'client auth'}, ['dates', 'name', 'authority', '!usage']],
  ])('no further than %s', async (_, change, expected) => {
    expect(await looked(change)).toEqual(expected);
  });
});
