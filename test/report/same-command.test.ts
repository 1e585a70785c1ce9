import {describe, expect, test} from 'vitest';
import {emptyPlan, type ClusterPlan} from '../../src/pki/plan.ts';
import {sameCommand, shellWord} from '../../src/report/same-command.ts';
import {steps} from '../../src/wizard/steps.ts';
import type {Origin} from '../../src/wizard/wizard-state.ts';
import {planWith} from '../helpers/plans.ts';

const before = planWith();

function commandOf(origin: Origin | undefined, plan: ClusterPlan): string {
  return (sameCommand({origin, originPlan: before}, plan, './demo', './demo/plan.yaml', {steps}) ?? []).join(' ');
}

describe('the same run as one command', () => {
  test('names the preset or the file that nothing was changed in', () => {
    expect(commandOf({kind: 'preset', name: 'kubeadm-ha'}, before)).toBe(
      'certwright issue --preset kubeadm-ha --out ./demo',
    );
    expect(commandOf({kind: 'file', path: 'my plan.yaml'}, before)).toBe(
      "certwright issue --plan 'my plan.yaml' --out ./demo",
    );
  });

  test('sets the few keys that were changed', () => {
    const plan = planWith({keys: {algorithm: 'ECDSA-P256'}, sans: {apiserver: ['a.test', '*.b.test']}});
    expect(commandOf({kind: 'preset', name: 'kubeadm-ha'}, plan)).toBe(
      "certwright issue --preset kubeadm-ha --set 'sans.apiserver=a.test, *.b.test' --set keys.algorithm=ECDSA-P256 --out ./demo",
    );
  });

  test('is the saved plan where tables or many keys were changed, and into another folder, for this one is taken', () => {
    const saved = 'certwright issue --plan ./demo/plan.yaml --out ./demo.new';
    expect(commandOf({kind: 'preset', name: 'kubeadm-ha'}, planWith({nodes: []}))).toBe(saved);
    const many: ClusterPlan = {
      ...before,
      layout: 'the-hard-way',
      etcd: 'external',
      keys: {algorithm: 'RSA-4096'},
      validity: {authorities: 8760, leaves: 24},
    };
    expect(commandOf({kind: 'preset', name: 'kubeadm-ha'}, many)).toBe(saved);
  });

  test('is the saved plan for what no preset holds', () => {
    const saved = 'certwright issue --plan ./demo/plan.yaml --out ./demo.new';
    expect(commandOf({kind: 'machine'}, before)).toBe(saved);
    expect(commandOf(undefined, emptyPlan)).toBe(saved);
  });
});

test('words are quoted for a shell where they have to be', () => {
  expect(shellWord('./demo-1_2/a.yaml')).toBe('./demo-1_2/a.yaml');
  expect(shellWord("it's $HOME")).toBe(String.raw`'it'\''s $HOME'`);
  expect(shellWord('')).toBe("''");
});
