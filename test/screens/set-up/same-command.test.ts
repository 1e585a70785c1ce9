import {describe, expect, test} from 'vitest';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {steps} from '../../../src/wizard/steps.ts';
import type {Origin} from '../../../src/wizard/wizard-state.ts';
import {startedFrom} from '../../../src/wizard/wizard.ts';
import {sameCommand, shellWord} from '../../../screens/set-up/same-command.ts';
import {fakeWorld, highlyAvailablePlan, singlePlan} from '../../helpers/fake-services.ts';

const {services} = fakeWorld();

function command(origin: Origin, plan: ClusterPlan): string | undefined {
  const wizard = startedFrom(origin, singlePlan, services);
  return sameCommand(wizard, plan, './out', './out/plan.yaml', {steps})?.join(' ');
}

describe('the same run as one command', () => {
  test('names the preset and what was changed of it', () => {
    const plan: ClusterPlan = {...singlePlan, keys: {algorithm: 'ECDSA-P256'}};
    expect(command({kind: 'preset', name: 'kubeadm-single'}, plan)).toBe(
      'certwright issue --preset kubeadm-single --set keys.algorithm=ECDSA-P256 --out ./out',
    );
  });

  test('names the plan file where it is that one', () => {
    expect(command({kind: 'file', path: 'my plans/prod.yaml'}, singlePlan)).toBe(
      "certwright issue --plan 'my plans/prod.yaml' --out ./out",
    );
  });

  test('is the plan of the bundle where a table was changed, and this machine is no preset', () => {
    const whole = 'certwright issue --plan ./out/plan.yaml --out ./out.new';
    expect(command({kind: 'preset', name: 'kubeadm-single'}, highlyAvailablePlan)).toBe(whole);
    expect(command({kind: 'machine'}, singlePlan)).toBe(whole);
  });

  test('words are quoted as a shell needs it', () => {
    expect([shellWord('plain-1.2'), shellWord('a b'), shellWord("o'neill"), shellWord('')]).toEqual([
      'plain-1.2',
      "'a b'",
      String.raw`'o'\''neill'`,
      "''",
    ]);
  });
});
