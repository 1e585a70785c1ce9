import {expect, onTestFinished, test} from 'vitest';
import {contextOf} from '../../src/commands/context.ts';
import {labServices} from '../../src/commands/lab-services.ts';
import type {LabServices} from '../../src/journeys/lab-services.ts';
import {faultIds} from '../../src/lessons/faults.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

function services(preset?: string): LabServices {
  const host = {...fakeHost({environment: {KUBE_BIN_DIR: temporaryFolder()}}), now: () => new Date()};
  return labServices(contextOf(host, {color: 'never', ascii: false, debug: false}), preset);
}

test('the lab offers every fault, each in the first preset that can have it', async () => {
  const offered = await services().faults();
  expect(offered.map(({id}) => id)).toEqual(faultIds);
  expect(offered.filter(({preset}) => preset !== 'kubeadm-single')).toEqual([
    {id: 'intermediate-missing', preset: 'offline-root'},
  ]);
});

test('the lab offers what one preset can have, when one is named', async () => {
  const offered = await services('one-ca').faults();
  expect(new Set(offered.map(({preset}) => preset))).toEqual(new Set(['one-ca']));
  expect(offered.map(({id}) => id)).not.toContain('intermediate-missing');
});

test('without real programs none are found, and that is no failure', async () => {
  expect(await services().findReal(new AbortController().signal)).toBeUndefined();
});

test('a bench breaks, tries and mends', async () => {
  const bench = await services().open('kubeadm-single', new AbortController().signal);
  onTestFinished(() => bench.close());
  const {asked} = await bench.prepare('etcd-swapped-key');
  const [first] = await bench.try();
  expect(first).toMatchObject({...asked, happened: 'does-not-start'});
  expect(bench.canHearReal()).toBe(true);
  expect(await bench.mend('etcd-swapped-key')).toMatchObject({isWhole: true});
});
