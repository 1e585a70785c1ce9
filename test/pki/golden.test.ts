import {describe, expect, test} from 'vitest';
import {listPresets, readPreset} from '../../src/config/presets.ts';
import {resolvePlan} from '../../src/config/resolve-plan.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {blueprintInFull} from '../../src/report/blueprint-text.ts';
import {textGlyphs} from '../../src/report/text-glyphs.ts';

/**
 * The whole blueprint of every preset as text. A change to a row of the catalogue shows here as a difference that can
 * be read; take it in with `npm test -- -u` once it is what was meant.
 */
describe('what follows from a preset', () => {
  test.each(listPresets().map(({name}) => name))('%s', async (name) => {
    const {plan, problems} = resolvePlan({preset: readPreset(name)});
    expect(problems.filter(({severity}) => severity === 'error')).toEqual([]);
    const text = `${blueprintInFull(makeBlueprint(plan), textGlyphs.unicode).join('\n')}\n`;
    await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});
