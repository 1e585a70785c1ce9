import {describe, expect, test} from 'vitest';
import {readPreset} from '../../src/config/presets.ts';
import {resolvePlan} from '../../src/config/resolve-plan.ts';
import {askThrough} from '../../src/line/line-mode.ts';
import {stepById, steps} from '../../src/wizard/steps.ts';
import {lineWorld} from '../helpers/line-services.ts';
import {answersFrom, askerNames, personAt, terminal, type Answer, type AskerName} from '../helpers/line-person.ts';
import {presetNames} from '../helpers/presets.ts';
import {scenarios, type Scenario} from '../helpers/scenarios.ts';

/**
 * Asked page by page, or taken from the list of what is rarely asked. Prompts take no key while they judge an answer, so
 * somebody who types ahead makes no mistakes there; their own tests do.
 */
function answersTo({answers, mistakes}: Scenario, asker: AskerName): Record<string, Answer | readonly Answer[]> {
  const byQuestion = Object.entries(answers).map(([id, answer]) => {
    const step = stepById(id);
    if (step === undefined) throw new Error(`no step ${id}`);
    const wrong = asker === 'prompts' ? undefined : mistakes[id];
    return [step.ask, wrong === undefined ? answer : `${wrong}\n${answer}`] as const;
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
    const {services, issued} = lineWorld({presets: {nothing: scenario.start}});
    const at = terminal();
    const person = personAt(name, at, answersFrom(answersTo(scenario, name)));
    expect(await askThrough(person, at.context, {services})).toBe(0);
    expect(issued.map(({plan}) => plan)).toEqual([scenario.plan]);
  });

  const preset = scenario.preset === undefined ? undefined : readPreset(scenario.preset);

  test('comes to its plan as a plan file', () => {
    const planFile = {text: scenario.yaml, source: 'plan.yaml', folder: '/plans'};
    const {plan, problems} = resolvePlan({preset, planFile});
    expect(problems.filter(({severity}) => severity === 'error')).toEqual([]);
    expect(plan).toEqual(scenario.plan);
  });

  test('comes to its plan with --set', () => {
    const sets = Object.entries(scenario.answers).map(([id, answer]) => `${id}=${answer}`);
    const {plan, problems} = resolvePlan({preset, sets});
    expect(problems.filter(({severity}) => severity === 'error')).toEqual([]);
    expect(plan).toEqual(scenario.plan);
  });
});

test('the scenarios answer every question at least once', () => {
  const answered = new Set(scenarios.flatMap(({answers}) => Object.keys(answers)));
  expect(steps.filter(({id}) => !answered.has(id)).map(({id}) => id)).toEqual([]);
});

test('there is a scenario for every preset, and a mistake on every page', () => {
  expect(scenarios.flatMap(({preset}) => preset ?? [])).toEqual(presetNames);
  const pages = scenarios.flatMap(({mistakes}) => Object.keys(mistakes).map((id) => stepById(id)?.page));
  expect(pages).toEqual([...new Set(steps.map(({page}) => page))]);
});
