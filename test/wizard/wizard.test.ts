import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {problem} from '../../src/base/problem.ts';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {pageIds} from '../../src/wizard/step.ts';
import type {Origin, WizardEvent, WizardState, WizardTools} from '../../src/wizard/wizard-state.ts';
import {ownAnswers, pageStates, planInForce, problemsAt, targetOf, wizardStart} from '../../src/wizard/wizard-state.ts';
import {reduceWizard, startedFrom} from '../../src/wizard/wizard.ts';
import {sampleSteps} from '../helpers/sample-steps.ts';

const blueprintOf = (plan: ClusterPlan): Blueprint => ({
  plan,
  version: {minor: 36, patch: 2},
  endpoint: {host: '10.0.0.11', port: 6443},
  nodes: [],
  authorities: [],
  certificates: [],
  keyPairs: [],
  kubeconfigs: [],
  components: [],
  files: [],
  connections: [],
  intrusions: [],
  advice: [],
});

const tools: WizardTools = {
  steps: sampleSteps,
  accept: (step, raw, plan) => step.parse(raw, plan),
  checkPlan: (plan) => (plan.nodes.length === 0 ? [problem('no-node', 'nodes', 'There is no node.')] : []),
  makeBlueprint: blueprintOf,
};

const nothingMore = {steps: undefined, problems: []};
const preset: Origin = {kind: 'preset', name: 'kubeadm-single'};
const presetPlan: ClusterPlan = {
  ...emptyPlan,
  nodes: [{name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []}],
};

function after(state: WizardState, ...events: readonly WizardEvent[]): WizardState {
  return events.reduce((current, event) => reduceWizard(current, event, tools), state);
}

const begun = startedFrom(preset, presetPlan, tools);
const next: WizardEvent = {kind: 'went-next'};
const back: WizardEvent = {kind: 'went-back'};
const answered = (step: string, raw: string): WizardEvent => ({kind: 'answered', step, raw});
const typed = (step: string, text: string): WizardEvent => ({kind: 'typed', step, text});

describe('the way through the wizard', () => {
  test('leads from home over an origin to the first page', () => {
    const state = after(
      wizardStart,
      {kind: 'set-up-chosen'},
      {kind: 'origin-chosen', origin: preset},
      {kind: 'origin-read', origin: preset, plan: presetPlan, given: nothingMore},
    );
    expect(state.place).toEqual({at: 'page', page: 'topology'});
    expect(state.plan).toBe(presetPlan);
  });

  test('goes over every page to the preview, the folder, the issue, the proof, joining and the end', () => {
    const places = [1, 2, 3, 4, 5, 6].map((steps) => after(begun, ...Array.from({length: steps}, () => next)).place);
    expect(places).toEqual([
      {at: 'page', page: 'nodes'},
      {at: 'page', page: 'network'},
      {at: 'page', page: 'keys'},
      {at: 'page', page: 'people'},
      {at: 'preview'},
      {at: 'target', failure: undefined},
    ]);
    const target = after(begun, next, next, next, next, next, next);
    const issuing = after(target, {kind: 'issue-started'});
    expect(issuing.place).toEqual({at: 'issuing', stopping: false});
    const proof = after(issuing, {kind: 'bundle-placed'});
    expect(proof.place).toEqual({at: 'proof', ended: false});
    expect(after(proof, next).place).toEqual(proof.place);
    const joining = after(proof, {kind: 'issue-finished'}, next);
    expect(joining.place).toEqual({at: 'bootstrap'});
    expect(after(joining, next).place).toEqual({at: 'done'});
    expect(after(joining, next, back).place).toEqual({at: 'bootstrap'});
    expect(after(joining, back).place).toEqual({at: 'proof', ended: true});
  });

  test('an issue that waits for signatures ends at once, with nothing to go back to', () => {
    const target = after(begun, next, next, next, next, next, next, {kind: 'issue-started'});
    const waiting = after(target, {kind: 'issue-finished'});
    expect(waiting.place).toEqual({at: 'done', waits: true});
    expect(after(waiting, back)).toBe(waiting);
  });

  test('a plan that cannot be read leaves everything as it was and says why', () => {
    const origin: Origin = {kind: 'file', path: 'plan.yaml'};
    const refused = after(
      wizardStart,
      {kind: 'set-up-chosen'},
      {kind: 'origin-chosen', origin},
      {kind: 'origin-refused', origin, problems: [problem('unreadable', '', 'There is no such file.')]},
    );
    expect(refused.place).toMatchObject({at: 'start', choice: {kind: 'refused', origin}});
    expect(refused.origin).toBeUndefined();
  });

  test('an answer that comes late, from an origin no longer waited for, is not taken', () => {
    const waiting = after(wizardStart, {kind: 'set-up-chosen'}, {kind: 'origin-chosen', origin: preset});
    const elsewhere = after(waiting, back, {kind: 'origin-read', origin: preset, plan: presetPlan, given: nothingMore});
    expect(elsewhere.origin).toBeUndefined();
  });
});

describe('answers', () => {
  test('what is wrong is kept as it was typed, with what is wrong and the remedy', () => {
    const state = after(begun, next, next, typed('network.serviceSubnets', '10.96.0.0'), next);
    expect(state.place).toEqual({at: 'page', page: 'network'});
    expect(state.typed['network.serviceSubnets']).toBe('10.96.0.0');
    expect(state.problems['network.serviceSubnets']?.[0]?.message).toBe('10.96.0.0 is no subnet.');
    expect(state.plan).toBe(presetPlan);
  });

  test('going back keeps what was typed, and coming again shows it', () => {
    const state = after(begun, next, next, typed('network.serviceSubnets', 'oops'), back, next);
    expect(state.place).toEqual({at: 'page', page: 'network'});
    expect(state.typed['network.serviceSubnets']).toBe('oops');
  });

  test('a field that was wrong is judged anew with each key, and goes into the plan when it is left', () => {
    const wrong = after(begun, next, next, typed('network.serviceSubnets', 'oops'), next);
    const mended = after(wrong, typed('network.serviceSubnets', '10.96.0.0/16'));
    expect(mended.problems).toEqual({});
    expect(after(mended, {kind: 'field-left', step: 'network.serviceSubnets'}).plan.network.serviceSubnets).toEqual([
      '10.96.0.0/16',
    ]);
  });

  test('a page that was never answered shows warnings, and errors only after one tried to leave it', () => {
    const nodeless = startedFrom({kind: 'machine'}, emptyPlan, tools);
    const nodesStep = sampleSteps.find(({id}) => id === 'nodes') ?? expect.fail();
    const there = after(nodeless, next);
    expect(problemsAt(there, nodesStep)).toEqual([]);
    const tried = after(there, next);
    expect(tried.place).toEqual({at: 'page', page: 'nodes'});
    expect(problemsAt(tried, nodesStep).map(({code}) => code)).toEqual(['no-node']);
    expect(pageStates(tried, tools).find(({page}) => page === 'nodes')?.state).toBe('error');
  });

  test('a change that voids answers names them, and they return with the change taken back', () => {
    const withUsers = after(begun, answered('users', 'viewer read-only'));
    const oneCa = after(withUsers, answered('trust.topology', 'single-ca'));
    expect(oneCa.notice).toEqual({
      kind: 'voided',
      by: 'Trust topology',
      answers: [{ask: 'People', was: 'viewer read-only'}],
    });
    expect(planInForce(oneCa, tools).users).toEqual([]);
    const again = after(oneCa, answered('trust.topology', 'three-cas'));
    expect(again.voided).toEqual([]);
    expect(planInForce(again, tools).users).toEqual([{name: 'viewer', groups: ['read-only']}]);
  });

  test('what the origin says of a question that was never asked stays as it is', () => {
    const given: ClusterPlan = {
      ...presetPlan,
      trust: {...presetPlan.trust, topology: 'single-ca'},
      users: [{name: 'viewer', groups: []}],
    };
    const state = after(startedFrom(preset, given, tools), answered('keys.algorithm', 'RSA-4096'));
    expect(state.voided).toEqual([]);
    expect(planInForce(state, tools).users).toEqual(given.users);
  });

  test('a value of the origin that could not be taken waits under its question until somebody leaves it', () => {
    const origin: Origin = {kind: 'file', path: 'plan.yaml'};
    const problems = [problem('bad', 'network.serviceSubnets[0]', 'that is no subnet')];
    const state = startedFrom(origin, presetPlan, tools, {steps: ['network.serviceSubnets'], problems});
    const subnets = sampleSteps.find(({id}) => id === 'network.serviceSubnets') ?? expect.fail();
    expect(problemsAt(state, subnets).map(({code}) => code)).toEqual(['bad']);
    expect(state.sources['network.serviceSubnets']).toBe('file');
    const left = after(state, {kind: 'field-left', step: 'network.serviceSubnets'});
    expect(problemsAt(left, subnets)).toEqual([]);
  });

  test('another origin asks once more before it replaces answers, and names them', () => {
    const other: Origin = {kind: 'preset', name: 'one-ca'};
    const choosing = after(begun, answered('keys.algorithm', 'ECDSA-P256'), back, {
      kind: 'origin-chosen',
      origin: other,
    });
    expect(choosing.place).toEqual({
      at: 'start',
      choice: {kind: 'would-replace', origin: other, answers: ['Key algorithm']},
    });
    const replaced = after(
      choosing,
      {kind: 'origin-chosen', origin: other},
      {kind: 'origin-read', origin: other, plan: emptyPlan, given: nothingMore},
    );
    expect(ownAnswers(replaced, tools)).toEqual([]);
  });

  test('the same origin chosen again goes on with the answers as they are', () => {
    const state = after(begun, answered('keys.algorithm', 'ECDSA-P256'), back, {kind: 'origin-chosen', origin: preset});
    expect(state.place).toEqual({at: 'page', page: 'topology'});
    expect(state.plan.keys.algorithm).toBe('ECDSA-P256');
  });
});

describe('preview and issue', () => {
  test('a plan with errors has problems instead of a blueprint, and does not go on', () => {
    const state = after({...begun, plan: emptyPlan, place: {at: 'page', page: 'people'}}, next);
    expect(state.place).toEqual({at: 'preview'});
    expect(state.prepared?.blueprint).toBeUndefined();
    expect(after(state, next).place).toEqual({at: 'preview'});
  });

  test('a blueprint that still holds is not made again', () => {
    const preview = after(begun, next, next, next, next, next);
    expect(after(preview, next, back).prepared).toBe(preview.prepared);
    expect(after(preview, back, answered('bootstrap.token.usages', 'signing'), next).prepared).not.toBe(
      preview.prepared,
    );
  });

  test('a failure asks for the folder again and says what to do; a stop says that nothing is left', () => {
    const issuing = after(begun, next, next, next, next, next, next, {kind: 'issue-started'});
    const failure = {message: 'The folder is not empty.', nextSteps: ['Name another one.'], problems: []};
    expect(after(issuing, {kind: 'issue-failed', failure}).place).toEqual({at: 'target', failure});
    const stopped = after(issuing, {kind: 'stop-asked'}, {kind: 'issue-stopped'});
    expect(stopped.place).toEqual({at: 'target', failure: undefined});
    expect(stopped.notice).toMatchObject({text: 'Stopped. Nothing is left behind.'});
  });

  test('a proof that is stopped leaves the bundle where it is', () => {
    const proof = after(begun, next, next, next, next, next, next, {kind: 'issue-started'}, {kind: 'bundle-placed'});
    expect(after(proof, {kind: 'issue-stopped'}).place).toEqual({at: 'proof', ended: true});
  });

  test('the folder is suggested from the name of the cluster until one is typed', () => {
    const target = after(begun, next, next, next, next, next, next);
    expect(targetOf(target)).toBe('./kubernetes-bundle');
    expect(targetOf(after(target, {kind: 'target-typed', text: '/srv/pki'}))).toBe('/srv/pki');
  });
});

const texts = fc.constantFrom(
  '',
  'single-ca',
  'three-cas',
  'external',
  'cp-1 10.0.0.11 control-plane',
  'nonsense',
  '10.0.0.0/16',
  'https://x',
  'signing',
  'viewer read-only',
  'RSA-4096',
);
const stepIds = fc.constantFrom(...sampleSteps.map(({id}) => id), 'no.such.step');
const origins = fc.constantFrom<Origin>(preset, {kind: 'machine'}, {kind: 'file', path: 'plan.yaml'});
const events: fc.Arbitrary<WizardEvent> = fc.oneof(
  fc.constantFrom<WizardEvent>(
    next,
    back,
    next,
    {kind: 'set-up-chosen'},
    {kind: 'issue-started'},
    {kind: 'stop-asked'},
    {kind: 'bundle-placed'},
    {kind: 'issue-stopped'},
    {kind: 'issue-finished'},
    {kind: 'issue-failed', failure: {message: 'no', nextSteps: [], problems: []}},
  ),
  fc.record({kind: fc.constant('typed' as const), step: stepIds, text: texts}),
  fc.record({kind: fc.constant('answered' as const), step: stepIds, raw: texts}),
  fc.record({kind: fc.constant('field-left' as const), step: stepIds}),
  fc.record({kind: fc.constant('target-typed' as const), text: texts}),
  fc.record({kind: fc.constant('origin-chosen' as const), origin: origins}),
);

/** What a person has said so far, with what is still being typed taken as an answer where it can be one. */
function said(state: WizardState) {
  const left = Object.keys(state.typed).map((step): WizardEvent => ({kind: 'field-left', step}));
  const {plan, typed: texts, target} = after(state, ...left);
  return {plan, texts, target};
}

describe('whatever happens, in whatever order', () => {
  test('nothing throws, and going back after going on leads to the same place with the same answers', () => {
    fc.assert(
      fc.property(fc.array(events, {maxLength: 60}), (sequence) => {
        const state = after(begun, ...sequence);
        const there = after(state, next);
        const movedOn = there.place.at !== state.place.at || there.place.at === 'page';
        if (!movedOn || there.place.at === 'done' || state.place.at === 'home') return;
        const returned = after(there, back);
        if (there.place.at === 'page' && state.place.at === 'page' && there.place.page === state.place.page) return;
        expect(returned.place).toEqual(state.place);
        expect(said(returned)).toEqual(said(state));
      }),
    );
  });

  test('no answer is lost: each accepted one stays in the plan until it is answered anew or named as voided', () => {
    fc.assert(
      fc.property(fc.array(events, {maxLength: 60}), (sequence) => {
        let state = begun;
        for (const event of sequence) {
          const changed = after(state, event);
          const mayChange = event.kind === 'answered' || event.kind === 'field-left' ? [event.step] : [];
          const committed = Object.keys(state.typed).filter((id) => changed.typed[id] === undefined);
          for (const step of sampleSteps) {
            if ([...mayChange, ...committed].includes(step.id)) continue;
            const named = changed.notice?.kind === 'voided' && changed.notice.answers.some(({ask}) => ask === step.ask);
            expect(named || step.show(changed.plan) === step.show(state.plan), `${event.kind} changed ${step.id}`).toBe(
              true,
            );
          }
          state = changed;
        }
      }),
    );
  });

  test('walking on and back visits pages in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(next, back), {maxLength: 30}), (sequence) => {
        const state = after(begun, ...sequence);
        if (state.place.at !== 'page') return;
        const before = after(state, back).place;
        if (before.at === 'page') expect(pageIds.indexOf(before.page)).toBeLessThan(pageIds.indexOf(state.place.page));
      }),
    );
  });
});
