import {describe, expect, test} from 'vitest';
import {fakeHost} from '../helpers/fake-host.ts';
import {runCommand} from '../helpers/run-command.ts';

describe('learn', () => {
  test('without a terminal says what there is', async () => {
    const {code, out} = await runCommand(['learn'], fakeHost());
    expect(code).toBe(0);
    expect(out).toContain('lab');
    expect(out).toContain('certwright learn');
  });

  test('names the command that was meant', async () => {
    const {code, err} = await runCommand(['learn', 'labb'], fakeHost());
    expect(code).toBe(2);
    expect(err).toContain('did you mean learn lab?');
  });
});

test.each([
  [['learn', 'lab', 'nonsense'], 2],
  [['learn', 'map', 'nonsense'], 2],
  [['learn', 'stories', 'nonsense', '-o', 'json'], 2],
  [['learn', 'quiz', 'nonsense'], 2],
  [['learn', 'lab', 'admin-expird'], 2],
  [['learn', 'map', 'apiserver-to-etdc'], 2],
  [['learn', 'nonsense'], 2],
  [['explain', 'nonsense'], 1],
])('%j: what is wrong is said once, then what to do', async (words, exitCode) => {
  const {code, out, err} = await runCommand([...words]);
  expect(code).toBe(exitCode);
  expect(out).toBe('');
  const [first = '', second = '', ...steps] = err.trimEnd().split('\n');
  expect(first).toContain(
    JSON.stringify(words.find((word) => !['learn', 'lab', 'map', 'stories', 'quiz', 'explain'].includes(word))),
  );
  expect(second).toMatch(/^ {2}What to do:/);
  expect(new Set(steps).size).toBe(steps.length);
  for (const step of steps) expect(step).toMatch(/^ {2}- /);
});
