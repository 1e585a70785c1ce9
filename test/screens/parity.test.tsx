import {afterEach, describe, expect, test} from 'vitest';
import type {Step} from '../../src/wizard/step.ts';
import {startedFrom} from '../../src/wizard/wizard.ts';
import {fakeWorld} from '../helpers/fake-services.ts';
import {scenarios} from '../helpers/scenarios.ts';
import type {ShownApp} from '../helpers/shown-app.tsx';
import {showApp} from '../helpers/shown-app.tsx';

const {services} = fakeWorld();
let app: ShownApp;
afterEach(() => app.close());

const wizard = () => app.engine.state().wizard;

/** The questions of the page that have a meaning now. */
function questions(): readonly Step[] {
  const {place, plan} = wizard();
  return place.at === 'page' ? services.steps.filter((step) => step.page === place.page && step.when(plan)) : [];
}

function focused(): string | undefined {
  const {place} = wizard();
  return place.at === 'page' ? app.engine.state().views.forms[place.page]?.focus : undefined;
}

/** Tab until the question has the focus, unfolding what is rarely needed on the way. */
async function focus(id: string): Promise<void> {
  for (let tries = 0; focused() !== id; tries += 1) {
    if (tries > 30) throw new Error(`${id} cannot be reached\n${app.frame()}`);
    if (focused() === 'more') await app.press('space');
    else {
      const before = focused();
      await app.press('tab');
      // At the end, from the top again.
      if (focused() === before) for (let back = 0; back < 10; back += 1) await app.press('shift-tab');
    }
  }
}

/** As a person answers it, by the kind of question. */
async function answer(step: Step, text: string, isMended = false): Promise<void> {
  await focus(step.id);
  switch (step.kind.kind) {
    case 'text':
    case 'list':
      await app.press('ctrl-u');
      await app.type(text);
      return;
    case 'choice': {
      const index = step.kind.options.findIndex(({value}) => value === text);
      await app.press(String(index + 1), 'space');
      return;
    }
    case 'choices': {
      const wanted = text.split(/[\s,]+/);
      for (const [index, {value}] of step.kind.options.entries()) {
        await app.press(String(index + 1));
        const isOn = step
          .show(wizard().plan)
          .split(/[\s,]+/)
          .includes(value);
        if (isOn !== wanted.includes(value)) await app.press('space');
      }
      return;
    }
    case 'records':
      // What was refused is still open, as text.
      await app.press(...(isMended ? ['end', 'ctrl-u'] : ['p']));
      await app.paste(text);
      await app.press('tab');
      return;
    default:
      step.kind satisfies never;
  }
}

/** Something that is refused under its question, and stays there to be mended. */
async function mistake(step: Step, text: string): Promise<void> {
  await answer(step, text);
  await app.press('pagedown');
  expect(app.frame()).toContain('✗');
  expect(wizard().place).toMatchObject({at: 'page', page: step.page});
}

describe('answers given on the screens', () => {
  test.each(scenarios)('$name: come to the same plan as the plan file', async ({start, answers, mistakes, plan}) => {
    app = await showApp({services, wizard: startedFrom({kind: 'preset', name: 'none'}, start, services)});
    const given = new Set<string>();
    for (let page = 0; wizard().place.at === 'page'; page += 1) {
      if (page > 8) throw new Error(`no way on\n${app.frame()}`);
      for (let next = open(); next !== undefined; next = open()) {
        given.add(next.id);
        const wrong = mistakes[next.id];
        if (wrong !== undefined) await mistake(next, wrong);
        await answer(next, answers[next.id] ?? '', wrong !== undefined);
      }
      // In a table longer than the screen the page key scrolls, so off it first.
      await app.press('tab', 'pagedown');
    }
    expect(app.frame()).toContain('› Preview');
    expect([...given].sort()).toEqual(Object.keys(answers).sort());
    expect(wizard().prepared?.plan).toEqual(plan);

    function open(): Step | undefined {
      return questions().find(({id}) => answers[id] !== undefined && !given.has(id));
    }
  });
});
