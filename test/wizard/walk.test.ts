import {describe, expect, test} from 'vitest';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {
  nextPage,
  nextStep,
  previousPage,
  previousStep,
  visibleSteps,
  voidedAnswers,
  walkedPages,
  withoutVoided,
} from '../../src/wizard/walk.ts';
import {sampleSteps} from '../helpers/sample-steps.ts';

const oneCa: ClusterPlan = {...emptyPlan, trust: {...emptyPlan.trust, topology: 'single-ca'}};
const withUsers: ClusterPlan = {...emptyPlan, users: [{name: 'viewer', groups: ['read-only']}]};

describe('walking', () => {
  test('goes through the questions page by page and skips those without a meaning', () => {
    expect(visibleSteps(sampleSteps, oneCa).map(({id}) => id)).toEqual([
      'trust.topology',
      'etcd',
      'nodes',
      'cluster.controlPlaneEndpoint',
      'network.serviceSubnets',
      'network.dnsDomain',
      'keys.algorithm',
      'bootstrap.token.usages',
    ]);
  });

  test('leaves out pages without a question', () => {
    const noPeople = sampleSteps.filter(({page}) => page !== 'people');
    expect(walkedPages(noPeople, emptyPlan)).toEqual(['topology', 'nodes', 'network', 'keys']);
    expect(nextPage(noPeople, emptyPlan, 'keys')).toBeUndefined();
    expect(previousPage(noPeople, emptyPlan, undefined)).toBe('keys');
  });

  test('the step before the next one is the step itself, from end to end', () => {
    const walked = [];
    for (
      let step = nextStep(sampleSteps, emptyPlan, undefined);
      step;
      step = nextStep(sampleSteps, emptyPlan, step.id)
    ) {
      const next = nextStep(sampleSteps, emptyPlan, step.id);
      expect(previousStep(sampleSteps, emptyPlan, next?.id)?.id).toBe(step.id);
      walked.push(step);
    }
    expect(walked).toEqual(visibleSteps(sampleSteps, emptyPlan));
  });

  test('a question that has just vanished still has a next one', () => {
    expect(nextStep(sampleSteps, oneCa, 'users')?.id).toBe('bootstrap.token.usages');
    expect(previousStep(sampleSteps, oneCa, 'users')?.id).toBe('keys.algorithm');
  });
});

describe('answers that a change voids', () => {
  test('are named with the value they had', () => {
    const voided = voidedAnswers(sampleSteps, withUsers, {...withUsers, trust: oneCa.trust}, 'trust.topology');
    expect(voided.map(({step, was, because}) => [step.ask, was, because])).toEqual([
      ['People', 'viewer read-only', 'not-asked'],
    ]);
  });

  test('a default that is no longer asked for is no answer, and so not named', () => {
    expect(voidedAnswers(sampleSteps, emptyPlan, oneCa, 'trust.topology')).toEqual([]);
  });

  test('an answer that another one overwrites is named too', () => {
    const before: ClusterPlan = {...emptyPlan, network: {...emptyPlan.network, dnsDomain: 'mine.local'}};
    const voided = voidedAnswers(sampleSteps, before, {...oneCa, network: emptyPlan.network}, 'trust.topology');
    expect(voided.map(({step, because}) => [step.id, because])).toEqual([['network.dnsDomain', 'changed']]);
  });

  test('the answer that changed is not among them', () => {
    expect(voidedAnswers(sampleSteps, oneCa, emptyPlan, 'trust.topology')).toEqual([]);
  });

  test('have no effect on the plan in force, which goes back to the default there', () => {
    const plan = {...withUsers, trust: oneCa.trust};
    expect(withoutVoided(sampleSteps, plan, new Set(['users'])).users).toEqual([]);
  });

  test('are in force again once their question has a meaning again', () => {
    expect(withoutVoided(sampleSteps, withUsers, new Set(['users'])).users).toEqual(withUsers.users);
  });
});
