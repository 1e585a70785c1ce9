import {afterEach, describe, expect, test} from 'vitest';
import {Failure} from '../../../src/base/failure.ts';
import type {Language} from '../../../src/base/language.ts';
import {languages} from '../../../src/base/language.ts';
import type {LearnServices} from '../../../src/journeys/learn-services.ts';
import {lessonsIn} from '../../../src/lessons/languages.ts';
import {stories, tellStory} from '../../../src/lessons/stories.ts';
import {fakeLearn, fakeLearnt} from '../../helpers/fake-learn.ts';
import {fakeWorld} from '../../helpers/fake-services.ts';
import type {ShownApp} from '../../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

async function inStories(
  size = small,
  {language = 'en', learn = {}}: {readonly language?: Language; readonly learn?: Partial<LearnServices>} = {},
): Promise<ShownApp> {
  const {services} = fakeWorld({learn: {...fakeLearn(language), ...learn}});
  const shown = await showApp({services, size});
  await shown.press('3', 'enter');
  shown.engine.enterRoom({room: 'stories', given: undefined});
  await shown.waitFor('certificates.k8s.io');
  return shown;
}

const minimum = {columns: 60, rows: 16};

describe.each([...sizes, ['60x16', minimum] as const])('the stories at %s', (_, size) => {
  test('are chosen from a list, read step by step, and marked when they are read', async () => {
    app = await inStories(size);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('down', 'enter');
    expect(app.frame()).toContain('step 1/6');
    expect(app.frame()).toContain('The API server calls etcd');
    // What is on the map is said where there is one.
    expect(app.frame().includes('On the map: kube-apiserver → etcd (1)')).toBe(size !== minimum);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('right', 'right', 'left');
    expect(app.frame()).toContain('step 2/6');
    await app.press('enter', 'enter', 'enter', 'enter');
    expect(app.frame()).toContain('What does the API server show a kubelet');
    expect(app.frame()).toContain('done');
    await app.press('enter');
    expect(app.frame()).toContain('✓ The mutual TLS handshake');
    expect(app.frame()).toMatch(/❯ +Client certificate or token/);
    expect(shapeFaults(app.frame(), size)).toEqual([]);
  });

  test('show what was made for a step on the whole screen, and the step again', async () => {
    app = await inStories(size);
    await app.press('enter', 'right', 'right', 'right', 'tab');
    await app.waitFor('/etc/kubernetes/pki/etcd/ca.crt');
    expect(app.frame()).toContain('One certificate, verified with two CA files');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('esc');
    expect(app.frame()).toContain('step 4/5');
    expect(app.frame()).toContain('Trust is a file');
    await app.press('esc');
    expect(app.frame()).toContain('The mutual TLS handshake');
    expect(app.frame()).toContain('left at step 4/5');
    await app.press('down', 'up', 'enter');
    expect(app.frame()).toContain('step 4/5');
  });

  test('say so where a step has nothing real to show, and stay there', async () => {
    app = await inStories(size);
    const row = stories.findIndex(({steps}) => steps.some(({artefact}) => artefact === undefined));
    const at = stories[row]?.steps.findIndex(({artefact}) => artefact === undefined) ?? 0;
    await app.press(...stories.slice(0, row).map(() => 'down'), 'enter');
    await app.press(...(stories[row]?.steps.slice(0, at).map(() => 'right') ?? []));
    const before = app.frame();
    await app.press('tab');
    expect(app.frame()).toContain('There is nothing to show for this step but its words.');
    expect(shapeFaults(app.frame(), size)).toEqual([]);
    await app.press('k');
    expect(app.frame()).toBe(before);
  });
});

describe('what was read', () => {
  test('is marked in the next run too', async () => {
    const learnt = fakeLearnt();
    app = await inStories(small, {learn: {learnt}});
    await app.press('enter', 'right', 'right', 'right', 'right', 'right');
    expect(app.frame()).toMatch(/✓ What a certificate/);
    await app.engine.stop();
    app.close();
    app = await inStories(small, {learn: {learnt}});
    await app.waitFor(/✓ What a certificate/);
  });

  test('and cannot be kept is said, and said once more when the program ends', async () => {
    const why = 'What you have read cannot be kept: the disk is full.';
    const learnt = {...fakeLearnt(), remember: () => Promise.resolve(why)};
    app = await inStories(small, {learn: {learnt}});
    await app.press('enter', 'right', 'right', 'right', 'right', 'right');
    await app.waitFor('the disk is full');
    expect(shapeFaults(app.frame(), small)).toEqual([]);
    expect(app.engine.warnings()).toEqual([why]);
  });
});

describe('a step', () => {
  test('has the map above it at 80x24, with the move lit', async () => {
    app = await inStories();
    await app.press('down', 'enter');
    expect(await app.waitFor('metrics-server')).toContain('╠═1══▸');
  });

  test('has its real thing below it where there is room', async () => {
    app = await inStories({columns: 120, rows: 40});
    await app.press('enter');
    await app.waitFor('CN=kube-apiserver');
    expect(app.frame()).toContain('step 1/5');
  });

  test('says kindly that its thing could not be made, and tries again when one comes back', async () => {
    let tries = 0;
    const {stories: real} = fakeLearn();
    const artefact: LearnServices['stories']['artefact'] = (id) => {
      tries += 1;
      return tries === 1
        ? Promise.reject(
            new Failure('no-loopback', 'no connection can be made here', {nextSteps: ['run it elsewhere']}),
          )
        : real.artefact(id);
    };
    app = await inStories(small, {learn: {stories: {...real, artefact}}});
    await app.press('enter', 'tab');
    await app.waitFor('No connection can be made here.');
    expect(app.frame()).toContain('Run it elsewhere.');
    await app.press('esc', 'esc', 'enter', 'tab');
    await app.waitFor('CN=kube-apiserver');
  });

  test('scrolls what is longer than the screen', async () => {
    app = await inStories(minimum);
    await app.press('G', 'enter', 'right', 'right', 'tab');
    await app.waitFor('below');
    await app.press('end');
    expect(app.frame()).toContain('above');
    expect(shapeFaults(app.frame(), minimum)).toEqual([]);
  });
});

describe.each(languages)('in %s', (language) => {
  test('every step of every story fits 80x24 with the map above it', async () => {
    // What was made is of no matter here.
    const {stories: real} = fakeLearn();
    const artefact = () => Promise.resolve({parts: []});
    app = await inStories(small, {language, learn: {stories: {...real, artefact}}});
    for (const story of stories) {
      const told = tellStory(story, lessonsIn(language).stories);
      await app.press('enter');
      for (const {heading} of told.steps) {
        expect(app.frame(), story.id).toContain(heading);
        expect(app.frame(), story.id).toContain('metrics-server');
        expect(app.frame(), story.id).not.toMatch(/\d below/);
        expect(shapeFaults(app.frame(), small)).toEqual([]);
        await app.press('right');
      }
    }
  });
});
