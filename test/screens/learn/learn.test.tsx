import {afterEach, describe, expect, test} from 'vitest';
import {fakeLearn} from '../../helpers/fake-learn.ts';
import {fakeWorld} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

describe.each(sizes)('the rooms of Learn at %s', (_, size) => {
  test('are chosen from a list, and left by Esc', async () => {
    app = await showApp({services: fakeWorld().services, size});
    await app.press('3', 'enter');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    expect(app.frame()).toContain('Which certificate goes where, and why');
    await app.press('G', 'enter');
    expect(app.frame()).toContain('Learn › Explain');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('esc');
    expect(app.frame()).toContain('Which certificate goes where, and why');
    await app.press('esc');
    expect(app.frame()).toContain('❯ Learn');
  });

  test('Explain tells what a name is, and scrolls', async () => {
    app = await inExplain(size);
    await app.type('apiserver-kubelet-client');
    await app.press('enter');
    await app.waitFor('apiserver-kubelet-client (certificate)');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('pagedown');
    await app.press('esc');
    expect(app.frame()).not.toContain('(certificate)');
  });
});

describe('Explain', () => {
  test('takes a pasted log as it is, line by line', async () => {
    app = await inExplain(small);
    await app.paste(
      'I1123 12:00:00 start\nE1123 x509: certificate is valid for 10.96.0.1, not 127.0.0.1\nI1123 12:00:01 end\n',
    );
    await app.waitFor('127.0.0.1');
    await app.waitFor('What');
    expect(app.frame()).toMatch(/name|SAN/);
  });

  test.each(['', 'E1123 invalid bearer token\n'])('shows no token that was pasted, after %j', async (before) => {
    app = await inExplain(small);
    await app.paste(`${before}07401b.f395accd246ae52d`);
    await app.waitFor('[bootstrap token]');
    expect(app.frame()).not.toContain('f395accd');
  });

  test('says that it does not know, and what to ask instead', async () => {
    app = await inExplain(small);
    await app.type('apiservr');
    await app.press('enter');
    await app.waitFor('apiserver');
    expect(app.frame()).toContain('"apiservr"');
  });

  test('speaks the language of the person', async () => {
    app = await inExplain(small, 'ja');
    await app.type('apiserver');
    await app.press('enter');
    await app.waitFor('証明書');
    expect(shapeFaults(app.frame(), small)).toEqual([]);
  });
});

async function inExplain(size = small, language: 'en' | 'ja' = 'en'): Promise<ShownApp> {
  const shown = await showApp({services: fakeWorld({learn: fakeLearn(language)}).services, size});
  await shown.press('3', 'enter', 'G', 'enter');
  return shown;
}
