import {describe, expect, test} from 'vitest';
import {componentWords} from '../../src/lab/component-words.ts';
import {faultQuestions, othersOf, printedAs} from '../../src/lab/fault-questions.ts';
import {faults} from '../../src/lab/faults.ts';
import {plansFor} from '../../src/lab/places.ts';
import {predictConnections, predictTokens} from '../../src/lab/predict.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

describe.each(presetNames)('questions about the faults of %s', (preset) => {
  const made = faults.map((fault) => {
    const blueprint = makeBlueprint(plansFor(fault, presetPlan(preset)).broken);
    const [asked] = [...predictConnections(fault, blueprint), ...predictTokens(fault, blueprint)];
    return {fault, asked, questions: faultQuestions(fault, blueprint, lessonsIn('en'))};
  });

  test('are two a fault: what is wrong, and who refuses', () => {
    const asked = made.filter(({questions}) => questions.length > 0);
    expect(asked.length).toBeGreaterThanOrEqual(15);
    for (const {fault, questions} of asked) {
      expect(questions.map(({id}) => id)).toEqual([`errors/fault/${fault.id}`, `errors/refuses/${fault.id}`]);
    }
  });

  test('say who refuses as the lab predicts it', () => {
    const refusals = made.flatMap(({asked, questions}) =>
      questions.filter(({id}) => id.startsWith('errors/refuses/')).map(({right}) => [right.key, asked?.outcome]),
    );
    expect(refusals.filter(([said, predicted]) => said !== predicted)).toEqual([]);
    expect(new Set(refusals.map(([said]) => said))).toEqual(new Set(['caller', 'provider', 'does-not-start']));
  });

  test('quote what the real components print, and nothing else that can be wrong there prints the same', () => {
    for (const {fault, asked, questions} of made) {
      const wrong = questions.find(({id}) => id.startsWith('errors/fault/'));
      if (wrong === undefined || asked === undefined) continue;
      const words = printedAs(componentWords(asked));
      expect(wrong.quotes.join('\n'), fault.id).toBe(words);
      const alike = othersOf(asked.connection).filter((other) => printedAs(componentWords(other)) === words);
      const reasons = new Set(alike.map(({reason}) => reason));
      for (const {key} of wrong.wrong.flat()) {
        const [reason = '', row = ''] = key.split(' ');
        // The same reason is wrong only of the other certificate, or at the other end.
        if (wrong.right.key.split(' ')[1] === row) expect([...reasons], `${fault.id}: ${key}`).not.toContain(reason);
        expect(key).not.toBe(wrong.right.key);
      }
    }
  });
});

test('a certificate without names has no wrong answer that says that a name is missing in it', () => {
  const fault = faults.find(({id}) => id === 'apiserver-without-san');
  const blueprint = makeBlueprint(plansFor(fault, presetPlan('kubeadm-single')).broken);
  const [wrong] = fault === undefined ? [] : faultQuestions(fault, blueprint, lessonsIn('en'));
  expect(wrong?.right.text).toBe('apiserver has no SANs at all.');
  expect(wrong?.wrong.flat().map(({text}) => text)).not.toContainEqual(expect.stringContaining('not among the SANs'));
});
