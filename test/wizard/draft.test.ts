import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {accept} from '../../src/wizard/accept.ts';
import {checkPlan} from '../../src/wizard/check-plan.ts';
import {draftLines, draftOf, planOf, resumedFrom, type Draft} from '../../src/wizard/draft.ts';
import {steps} from '../../src/wizard/steps.ts';
import {reduceWizard, startedFrom} from '../../src/wizard/wizard.ts';
import {wizardStart, type WizardEvent, type WizardState} from '../../src/wizard/wizard-state.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {arbitraryPlan} from '../helpers/arbitrary-plan.ts';
import {highlyAvailablePlan, singlePlan} from '../helpers/fake-services.ts';

const tools = {steps, accept, checkPlan, makeBlueprint};
const begun = startedFrom({kind: 'preset', name: 'kubeadm-ha'}, highlyAvailablePlan, tools);

function play(state: WizardState, ...events: readonly WizardEvent[]): WizardState {
  return events.reduce((current, event) => reduceWizard(current, event, tools), state);
}

function kept(state: WizardState): Draft {
  return draftOf(state, tools, undefined) ?? expect.fail('nothing is kept');
}

const named: WizardEvent = {kind: 'answered', step: 'cluster.name', raw: 'lab'};

describe('what is worth keeping', () => {
  test.each<[string, WizardState]>([
    ['the first screen', wizardStart],
    ['a preset that nobody has changed', begun],
    ['an answer that was taken back', play(begun, named, {kind: 'answered', step: 'cluster.name', raw: 'demo'})],
    ['a bundle that is made', {...play(begun, named), place: {at: 'proof', ended: false}}],
  ])('not %s', (_, state) => {
    expect(draftOf(state, tools, undefined)).toBeUndefined();
  });

  test('an answer, and text that is not one yet', () => {
    expect(kept(play(begun, named)).answers['cluster.name']).toBe('lab');
    expect(kept(play(begun, {kind: 'typed', step: 'cluster.name', text: 'No Name!'})).typed).toEqual({
      'cluster.name': 'No Name!',
    });
  });

  test('not what a saved plan holds, but what was changed after it', () => {
    const saved = play(begun, named);
    expect(draftOf(saved, tools, saved.plan)).toBeUndefined();
    const after = play(saved, {kind: 'typed', step: 'cluster.name', text: 'labx'});
    expect(draftOf(after, tools, saved.plan)?.typed).toEqual({'cluster.name': 'labx'});
    expect(draftOf(play(after, {kind: 'field-left', step: 'cluster.name'}), tools, saved.plan)).toBeDefined();
  });

  test('also after going back to the first screen', () => {
    const home = play(begun, named, {kind: 'went-back'}, {kind: 'went-back'});
    expect(home.place.at).toBe('home');
    expect(kept(home).place).toEqual({at: 'start'});
  });
});

describe('going on with it', () => {
  test('any plan comes back as it was', () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const state: WizardState = {...begun, plan, place: {at: 'start', choice: {kind: 'open'}}};
        const draft = draftOf(state, tools, undefined);
        if (draft === undefined) return;
        const text: Draft = JSON.parse(JSON.stringify(draft));
        const back = planOf(text.answers, tools);
        for (const step of steps) expect(step.write(back), step.id).toEqual(step.write(plan));
      }),
    );
  });

  test('leads to the same page, with what was typed and what is wrong with it', () => {
    const state = play(begun, named, {kind: 'went-next'}, {kind: 'typed', step: 'nodes', text: 'cp-1'});
    const back = resumedFrom(kept(state), tools);
    expect(back.place).toEqual({at: 'page', page: 'nodes'});
    expect(back.plan).toEqual(state.plan);
    expect(back.originPlan).toEqual(highlyAvailablePlan);
    expect(back.typed).toEqual({nodes: 'cp-1'});
    expect(back.problems['nodes']?.length).toBeGreaterThan(0);
    expect(back.sources['cluster.name']).toBe('asked');
  });

  test.each(['preview', 'target'] as const)('leads to the %s again', (at) => {
    const preview = play(begun, named, ...Array.from({length: 5}, (): WizardEvent => ({kind: 'went-next'})));
    const state = at === 'preview' ? preview : play(preview, {kind: 'went-next'}, {kind: 'target-typed', text: '/x'});
    expect(state.place.at).toBe(at);
    const back = resumedFrom(kept(state), tools);
    expect(back.place).toEqual(state.place);
    expect(back.prepared?.blueprint?.connections).toEqual(state.prepared?.blueprint?.connections);
    expect(back.target).toBe(state.target);
  });

  test('an issue that was cut off is asked for again', () => {
    const state: WizardState = {...play(begun, named), place: {at: 'issuing', stopping: false}};
    expect(resumedFrom(kept(state), tools).place).toEqual({at: 'target', failure: undefined});
  });

  test('keeps it: it is worth keeping as long as nobody takes it back', () => {
    const back = resumedFrom(kept(play(begun, named)), tools);
    expect(kept(back)).toEqual(kept(play(begun, named)));
  });

  test('what a plan file said wrongly is still asked for', () => {
    const wrong = {code: 'x', severity: 'error', at: {path: 'keys.algorithm'}, message: 'DSA is no algorithm'} as const;
    const state = startedFrom({kind: 'file', path: 'p.yaml'}, singlePlan, tools, {steps: undefined, problems: [wrong]});
    const back = resumedFrom(kept(play(state, named)), tools);
    expect(back.problems['keys.algorithm']).toEqual([wrong]);
  });
});

describe('no secret is kept', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----';

  test('a private key that was pasted somewhere is left out', () => {
    const oneLine = key.replaceAll('\n', ', ');
    const state = play(begun, {kind: 'typed', step: 'cluster.name', text: `x ${oneLine}`});
    expect(JSON.stringify(kept(state))).not.toContain('MIIEv');
    expect(kept(state).typed['cluster.name']).toBe('x [private key]');
    const taken: WizardState = {
      ...play(begun, named),
      plan: {...begun.plan, trust: {...begun.plan.trust, authorities: {'etcd-ca': {certificate: 'ca.crt', key}}}},
    };
    expect(JSON.stringify(kept(taken))).not.toContain('MIIEv');
  });

  test('a passphrase where only its place belongs is left out, and its place is kept', () => {
    const text = 'etcd-ca ca.crt ca.key hunter2\nkubernetes-ca k.crt k.key env:PASS';
    const state = play(begun, {kind: 'typed', step: 'trust.authorities', text});
    expect(kept(state).typed['trust.authorities']).toBe('etcd-ca ca.crt ca.key\nkubernetes-ca k.crt k.key env:PASS');
  });

  test('a name that looks like a token is a name', () => {
    const name = 'node01.productioncluste';
    const state = play(begun, {kind: 'typed', step: 'cluster.name', text: name});
    expect(kept(state).typed['cluster.name']).toBe(name);
  });
});

test('looking at it shows each answer that is not the default, and what is unfinished', () => {
  const state = play(begun, named, {kind: 'typed', step: 'keys.algorithm', text: 'DSA'});
  const lines = draftLines(kept(state), tools);
  expect(lines).toContainEqual({ask: 'Cluster name', value: 'lab', isUnfinished: false});
  expect(lines).toContainEqual({ask: 'Key algorithm', value: 'DSA', isUnfinished: true});
  expect(lines.find(({ask}) => ask === 'Nodes')?.value).toContain('worker-2 10.0.0.22 worker');
  expect(lines.some(({value}) => value === emptyPlan.network.dnsDomain)).toBe(false);
});
