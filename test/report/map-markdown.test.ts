import {expect, test} from 'vitest';
import {languages} from '../../src/base/language.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {mappedClusterOf} from '../../src/pki/mapped-cluster.ts';
import {mapPage} from '../../src/report/map-markdown.ts';
import {referencePath} from '../../src/report/reference.ts';
import {presetPlan} from '../helpers/presets.ts';

const cluster = mappedClusterOf(makeBlueprint(presetPlan('kubeadm-ha')));

// `vitest run test/report/map-markdown.test.ts -u` writes the pages anew.
test.each(languages)('the map in docs is the one that the catalogue makes, in %s', async (language) => {
  await expect(mapPage(cluster, 'kubeadm-ha', language)).toMatchFileSnapshot(
    `../../docs/reference/${referencePath({name: 'map'}, language)}`,
  );
});

test('the page holds every connection of its map', () => {
  const headings = mapPage(cluster, 'kubeadm-ha', 'en').match(/^## \d+/gm);
  expect(headings).toEqual(cluster.map.arrows.map(({number}) => `## ${number}`));
});
