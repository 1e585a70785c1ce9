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
