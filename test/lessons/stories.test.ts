import {describe, expect, test} from 'vitest';
import {widthOf, wrap} from '../../src/base/cells.ts';
import {languages} from '../../src/base/language.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {stories, storyIds, tellStory} from '../../src/lessons/stories.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {clusterMapOf} from '../../src/pki/cluster-map.ts';
import {storiesPage} from '../../src/report/stories-page.ts';
import {litNumbers, litWords} from '../../src/report/story-text.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

const maps = presetNames.map((name) => clusterMapOf(makeBlueprint(presetPlan(name))));

describe('the stories', () => {
  test('are ten, in the order to read them, of four to eight steps each', () => {
    expect(storyIds).toEqual([
      'certificate',
      'handshake',
      'token-or-certificate',
      'one-ca-or-three',
      'kubeconfig',
      'service-account',
      'signing-api',
      'bootstrap',
      'rotation',
      'new-ca',
    ]);
    for (const {id, steps} of stories) {
      expect(steps.length, id).toBeGreaterThanOrEqual(4);
      expect(steps.length, id).toBeLessThanOrEqual(8);
      expect(new Set(steps.map((step) => step.id)).size, id).toBe(steps.length);
    }
  });

  test('light up what is on the map of some cluster, and something in every step', () => {
    const arrows = new Set(maps.flatMap((map) => map.arrows.map(({id}) => id)));
    const boxes = new Set(maps.flatMap((map) => map.boxes.map(({id}) => id)));
    for (const {id, steps} of stories) {
      for (const step of steps) {
        expect(step.components.length, `${id} ${step.id}`).toBeGreaterThan(0);
        for (const row of step.connections) expect(arrows, `${id} ${step.id}`).toContain(row);
        for (const component of step.components) expect(boxes, `${id} ${step.id}`).toContain(component);
      }
    }
  });

  test('show each real thing in one step alone', () => {
    const shown = stories.flatMap(({steps}) => steps.flatMap(({artefact}) => artefact ?? []));
    expect(new Set(shown).size).toBe(shown.length);
  });
});

describe.each(languages)('in %s', (language) => {
  const lessons = lessonsIn(language);
  const told = stories.map((story) => tellStory(story, lessons.stories));
  const steps = told.flatMap((story) => story.steps.map((step) => ({place: `${story.id} ${step.id}`, ...step})));

  test('a step is two to eight sentences under a heading of one line', () => {
    for (const {place, heading, text} of steps) {
      const sentences = text.match(/[.?](?=\)?\s|\)?$)|[。？]/g) ?? [];
      expect(sentences.length, place).toBeGreaterThanOrEqual(2);
      expect(sentences.length, place).toBeLessThanOrEqual(8);
      expect(heading, place).not.toMatch(/[.。]$/);
      // A line of the smallest screen.
      expect(widthOf(heading), place).toBeLessThanOrEqual(56);
    }
  });

  test('a step leaves room for the map on a screen of 80x24, and for one of the same size in every step', () => {
    for (const {place, text, artefact} of steps) {
      const lines = wrap(text, 76).length;
      expect(lines, place).toBeLessThanOrEqual(6);
      // With fewer the map is drawn larger, and jumps from step to step.
      expect(lines, place).toBeGreaterThanOrEqual(artefact === undefined ? 4 : 3);
    }
  });

  test('what is lit can be said in one line below the map', () => {
    const map = clusterMapOf(makeBlueprint(presetPlan('kubeadm-single')));
    for (const {place, ...step} of steps) {
      const room = 76 - widthOf(`${lessons.artefacts.onMap}: `);
      const shortest = widthOf(litNumbers(step, map) || litWords(step, map));
      expect(shortest, place).toBeLessThanOrEqual(room);
    }
  });

  test('a real thing has a title of one line on the smallest screen', () => {
    for (const title of Object.values(lessons.artefacts.titles)) {
      expect(widthOf(title), title).toBeLessThanOrEqual(54);
    }
  });

  test('a story has a title of one line', () => {
    for (const {id, title, about} of told) {
      expect(widthOf(title), id).toBeLessThanOrEqual(60);
      expect(about, id).toMatch(/[.。]$/);
    }
  });

  test('what the API server shows to a kubelet, and who checks that with what, is answered for both calls', () => {
    const answer = lessons.stories.handshake.steps.kubelet.text.split('\n');
    const [, called, calling] = answer;
    expect(called).toContain('apiserver-kubelet-client.crt');
    expect(called).toContain('authentication.x509.clientCAFile');
    expect(called).toContain('--kubelet-certificate-authority');
    expect(calling).toMatch(/ apiserver\.crt/);
    expect(calling).toContain('certificate-authority-data');
    expect(calling).toContain('kubelet.conf');
    expect(answer[0]).toContain('ca.crt');
  });

  test('names, flags and files are those of the English text', () => {
    const english = stories.flatMap((story) => tellStory(story, lessonsIn('en').stories).steps);
    for (const [index, {place, text}] of steps.entries()) {
      const named = english[index]?.text.match(/--[a-z-]+|[a-z-]+\.(?:crt|key|pub|conf|pem)\b/g) ?? [];
      for (const name of named) expect(text, place).toContain(name);
    }
  });
});

// `vitest run test/lessons -u` writes it anew.
test('the page in docs is the one that the stories make', async () => {
  const map = clusterMapOf(makeBlueprint(presetPlan('kubeadm-single')));
  await expect(storiesPage(map)).toMatchFileSnapshot('../../docs/stories.md');
});
