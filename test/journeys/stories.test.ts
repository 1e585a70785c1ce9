import {describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {StoryBench} from '../../src/journeys/stories.ts';
import type {Artefact, ArtefactPart} from '../../src/lessons/artefact.ts';
import {type ArtefactId, stories} from '../../src/lessons/stories.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

/** By the real clock, for OpenSSL measures dates by it. */
function benchOf(preset: string, signal?: AbortSignal): StoryBench {
  return new StoryBench(presetPlan(preset), {now: () => new Date(), signal});
}

const all = stories.flatMap(({steps}) => steps.flatMap(({artefact}) => artefact ?? []));

test.each(presetNames)(
  'every step has its real thing, without a secret in it, in a cluster like %s',
  async (preset) => {
    const bench = benchOf(preset);
    for (const id of all) {
      const {parts} = await bench.artefact(id);
      expect(parts.length, id).toBeGreaterThan(0);
      for (const {title, rows, label} of parts) {
        expect(title, id).not.toBe('');
        expect(rows.length > 0 || label === 'order', id).toBe(true);
        for (const row of rows) expect(JSON.stringify(row), id).not.toMatch(/"(value|who|text)":""/);
      }
      expectNoSecrets(JSON.stringify(parts));
    }
  },
);

const shared = benchOf('kubeadm-single');

/** How each part went: `ok` or the word of whoever refused, in the parts' order. */
async function outcomes(id: ArtefactId, bench = shared): Promise<readonly string[]> {
  return (await bench.artefact(id)).parts.flatMap((part) => outcomeOf(part) ?? []);
}

function outcomeOf({rows}: ArtefactPart): string | undefined {
  const tried = rows.filter((row) => row.kind === 'check' || row.kind === 'said');
  if (tried.length === 0) return undefined;
  const refusing = tried.find((row) => !row.isPassed);
  if (refusing === undefined) return 'ok';
  return refusing.kind === 'said' ? refusing.who : refusing.check;
}

function factsOf({parts}: Artefact, name: string): readonly string[] {
  return parts.flatMap(({rows}) => rows.flatMap((row) => (row.kind === 'fact' && row.fact === name ? row.value : [])));
}

describe('in a cluster of kubeadm', () => {
  test.each<[ArtefactId, readonly string[]]>([
    ['key-pair', ['key']],
    ['trust-tried', ['ok', 'authority']],
    ['ended', ['ok', 'dates']],
    ['server-checked', ['ok']],
    ['client-checked', ['ok']],
    ['handshake', ['ok']],
    ['etcd-doors', ['etcd', 'etcd', 'etcd', 'etcd']],
    ['kubelet-call', ['ok', 'ok']],
    ['shown-nothing', ['?', 'ok']],
    ['etcd-door', ['etcd', 'ok']],
    ['front-proxy-door', ['kube-apiserver', 'ok']],
    ['kubeconfig-server', ['ok', 'name']],
    ['token-verified', ['ok', 'signature', 'signature']],
    ['two-public-keys', ['signature', 'ok', 'signature']],
    ['pod-call', ['ok']],
    ['cluster-info', ['signature']],
    ['signed', ['ok']],
    ['node-request', ['ok', 'ok']],
    ['node-certificate', ['ok']],
    ['renewed-call', ['ok']],
    ['namesake', ['authority']],
    ['phase-both', ['ok', 'ok']],
    ['phase-issue', ['ok', 'ok', 'kubelet']],
    ['phase-drop', ['ok', 'kube-apiserver']],
    ['same-key', ['ok', 'ok']],
  ])('%s goes as its story says', async (id, expected) => {
    expect(await outcomes(id)).toEqual(expected);
  });

  test('the API server shows the kubelet its client certificate, and verifies nothing in return', async () => {
    const called = await shared.artefact('kubelet-call');
    expect(factsOf(called, 'callerShows')).toEqual(['/etc/kubernetes/pki/apiserver-kubelet-client.crt']);
    expect(factsOf(called, 'serverTrusts')).toEqual(['authentication.x509.clientCAFile']);
    expect(factsOf(called, 'callerTrusts')).toEqual(['-']);
    const words = called.parts.flatMap(({rows}) => rows.flatMap((row) => (row.kind === 'said' ? row.says : [])));
    expect(words).toEqual(['not-asked', 'accepts']);
  });

  test('a renewal keeps names and signer, and changes dates, key and serial number', async () => {
    const {parts} = await shared.artefact('renewed');
    const named = (label: string) =>
      parts
        .filter((part) => part.label === label)
        .flatMap(({rows}) => rows.map((row) => row.kind === 'fact' && row.fact));
    expect(named('same')).toEqual(['subject', 'issuer', 'names', 'usage']);
    expect(named('changed')).toEqual(['valid', 'valid', 'key', 'key', 'serial', 'serial']);
  });

  test('who has only a kubeconfig waits for a restart, in the order of a rotation', async () => {
    const {parts} = await shared.artefact('who-reloads');
    const waiting = parts.filter(({rows}) => rows.some((row) => row.kind === 'fact' && row.fact === 'afterRestart'));
    expect(waiting.map(({title}) => title)).toEqual(['kube-controller-manager', 'kube-scheduler', 'kubelet']);
    expect(parts.at(-1)).toMatchObject({label: 'order', title: 'kube-controller-manager → kube-scheduler → kubelet'});
  });

  test('the pin of a CA that is signed again with its key is the same, of a new one another', async () => {
    const pins = factsOf(await shared.artefact('namesake'), 'pin');
    expect(new Set(pins).size).toBe(2);
    expect(factsOf(await shared.artefact('same-key'), 'pin')).toEqual([pins[0]]);
  });

  test('a token of the story is the one of the whole story, and told by its first half alone', async () => {
    const [secret] = (await shared.artefact('token-secret')).parts;
    const id = secret?.title.slice(-6) ?? '';
    expect(JSON.stringify(await shared.artefact('bootstrap-kubeconfig'))).toContain(`${id}.****************`);
    expect(JSON.stringify(await shared.artefact('cluster-info'))).toContain(`jws-kubeconfig-${id}`);
  });
});

test('where one CA signs everything, the story of doors tells of one that is open', async () => {
  const bench = benchOf('one-ca');
  expect((await outcomes('etcd-doors', bench))[0]).toBe('ok');
  expect(await outcomes('etcd-door', bench)).toEqual(['etcd', 'ok']);
});

test('a kubelet whose certificate is signed is verified by the API server', async () => {
  const called = await benchOf('the-hard-way').artefact('kubelet-call');
  expect(factsOf(called, 'callerTrusts')).toEqual(['--kubelet-certificate-authority']);
});

test('what is called off can be asked for again', async () => {
  let signal: AbortSignal | undefined = AbortSignal.abort();
  const bench = new StoryBench(presetPlan('kubeadm-single'), {
    now: () => new Date(),
    get signal() {
      return signal;
    },
  });
  await expect(bench.artefact('leaf')).rejects.toThrow(Cancelled);
  signal = undefined;
  expect((await bench.artefact('leaf')).parts).toHaveLength(1);
});
