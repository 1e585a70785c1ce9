import {describe, expect, test} from 'vitest';
import {readPlan} from '../../src/config/resolve-plan.ts';
import {askThrough} from '../../src/line/line-mode.ts';
import {stepById, steps} from '../../src/wizard/steps.ts';
import {lineWorld} from '../helpers/line-services.ts';
import {answersFrom, askerNames, personAt, terminal, type Answer} from '../helpers/line-person.ts';
import {scenarios, scenarioStart, type Scenario} from '../helpers/scenarios.ts';

/** Asked page by page, or taken from the list of what is rarely asked. */
function answersTo({answers}: Scenario): Record<string, Answer | readonly Answer[]> {
  const byQuestion = Object.entries(answers).map(([id, answer]) => {
    const step = stepById(id);
    if (step === undefined) throw new Error(`no step ${id}`);
    return [step.ask, answer] as const;
  });
  const rare = steps.filter((step) => step.advanced && answers[step.id] !== undefined).map(({id}) => id);
  return {
    ...Object.fromEntries(byQuestion),
    'Start from': 'nothing',
    'Change anything else?': [...rare, 'enough'],
  };
}

describe.each(scenarios)('$name', (scenario) => {
  test.each(askerNames)('comes to its plan with %s', async (name) => {
    const {services, issued} = lineWorld({presets: {nothing: scenarioStart}});
    const at = terminal();
    const person = personAt(name, at, answersFrom(answersTo(scenario)));
    expect(await askThrough(person, at.context, {services})).toBe(0);
    expect(issued.map(({plan}) => plan)).toEqual([scenario.plan]);
  });

  test('comes to its plan as a plan file', () => {
    const {plan, problems} = readPlan({text: scenario.yaml, source: 'plan.yaml', folder: '/plans'});
    expect(problems.filter(({severity}) => severity === 'error')).toEqual([]);
    expect(plan).toEqual(scenario.plan);
  });
});

test('the scenarios answer every question at least once', () => {
  const answered = new Set(scenarios.flatMap(({answers}) => Object.keys(answers)));
  expect(steps.filter(({id}) => !answered.has(id)).map(({id}) => id)).toEqual([]);
});
