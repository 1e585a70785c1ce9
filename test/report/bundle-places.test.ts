import {expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {bundlePlaces} from '../../src/report/bundle-places.ts';
import {planWith} from '../helpers/plans.ts';

test('every folder of a bundle is named once, with what it is for', () => {
  const places = bundlePlaces(makeBlueprint(planWith({users: [{name: 'viewer', groups: []}]})));
  expect(places).toEqual(
    expect.arrayContaining([
      {path: 'authorities/', what: 'every authority with its key: keep it offline'},
      {path: 'nodes/cp-1/', what: expect.stringMatching(/^\d+ files; its rootfs\/ goes over the \/ of that node$/)},
      {path: 'nodes/worker-1/', what: expect.stringMatching(/^\d+ files?; /)},
      {path: 'users/', what: 'kubeconfigs for people'},
      {path: 'bootstrap/', what: 'what lets further nodes join'},
      {path: 'README.md', what: 'what to copy where, in which order'},
      {path: 'plan.yaml', what: 'the plan it came from'},
    ]),
  );
  expect(new Set(places.map(({path}) => path)).size).toBe(places.length);
  expect(places).toHaveLength(7);
});
