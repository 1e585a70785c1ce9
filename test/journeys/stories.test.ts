import {describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {StoryBench} from '../../src/journeys/stories.ts';
import {type Artefact, type ArtefactPart, nothing} from '../../src/lessons/artefact.ts';
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
  const refusing = tried.find((row) => row.isPassed === false);
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
    ['front-proxy-call', ['ok']],
    ['front-proxy-door', ['kube-apiserver', 'ok']],
    ['kubeconfig-server', ['ok', 'name']],
    ['token-verified', ['ok', 'signature', 'signature']],
    ['two-public-keys', ['signature', 'ok', 'signature']],
    ['pod-call', ['ok']],
    ['cluster-info', ['signature', 'ok']],
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

  test('the two calls between API server and kubelet say who shows what, and who checks it with what', async () => {
    const {parts} = await shared.artefact('kubelet-call');
    const told = parts.map(({title, rows}) => [
      title.replace(/,.*/, ''),
      ...rows.flatMap((row) => (row.kind === 'fact' ? [`${row.fact}: ${row.value}`] : [])).slice(0, 2),
    ]);
    expect(told).toEqual([
      [
        'kube-apiserver → kubelet',
        'callerShows: /etc/kubernetes/pki/apiserver-kubelet-client.crt (--kubelet-client-certificate)',
        'serverTrusts: /etc/kubernetes/pki/ca.crt (authentication.x509.clientCAFile)',
      ],
      [
        'kubelet → kube-apiserver',
        'serverShows: /etc/kubernetes/pki/apiserver.crt (--tls-cert-file)',
        'callerTrusts: certificate-authority-data of kubelet.conf',
      ],
    ]);
  });

  test('an end that checks nothing has passed no check, and says why', async () => {
    const called = await shared.artefact('kubelet-call');
    expect(factsOf(called, 'callerTrusts')[0]).toBe(nothing);
    const words = [...called.parts, ...(await shared.artefact('pod-call')).parts].flatMap(({rows}) =>
      rows.flatMap((row) => (row.kind === 'said' ? [[row.who, row.says, row.isPassed]] : [])),
    );
    expect(words).toEqual([
      ['kube-apiserver', 'trusts-none', undefined],
      ['kubelet', 'accepts', true],
      ['kubelet', 'accepts', true],
      ['kube-apiserver', 'accepts', true],
      ['pod', 'accepts', true],
      ['kube-apiserver', 'shown-none', undefined],
    ]);
  });

  test.each<[ArtefactId, string, string]>([
    ['phase-drop', 'kube-apiserver', 'unauthorized'],
    ['front-proxy-door', 'kube-apiserver', 'not-believed'],
    ['shown-nothing', 'etcd', 'refuses'],
  ])('%s tells how the refusal of %s is heard: %s', async (id, who, says) => {
    const rows = (await shared.artefact(id)).parts.flatMap((part) => part.rows);
    expect(rows.filter((row) => row.kind === 'said' && row.who === who && row.isPassed === false)).toMatchObject([
      {says},
    ]);
  });

  test('a kubelet shows the file that it renews itself, and an administrator the one inside the kubeconfig', async () => {
    expect(factsOf(await shared.artefact('kubelet-call'), 'callerShows')[1]).toBe(
      '/var/lib/kubelet/pki/kubelet-client-current.pem',
    );
    expect(factsOf(await shared.artefact('kubeconfig-server'), 'callerShows')).toEqual([
      '/etc/kubernetes/admin.conf (client-certificate-data)',
    ]);
    expect(factsOf(await benchOf('the-hard-way').artefact('kubelet-call'), 'callerShows')[1]).toMatch(
      /\(client-certificate-data\)$/,
    );
  });

  test('a server whose certificate is refused comes to no check of the caller', async () => {
    const last = (await shared.artefact('phase-issue')).parts.at(-1)?.rows.filter(({kind}) => kind === 'said');
    expect(last).toMatchObject([
      {who: 'kubelet', says: 'refuses'},
      {who: 'kube-apiserver', says: 'not-reached'},
    ]);
  });

  test('both ends of a call have a certificate, its key and a CA file, each with the flag that names it', async () => {
    const folder = '/etc/kubernetes/pki';
    const {parts} = await shared.artefact('call');
    const values = parts.map(({rows}) => rows.flatMap((row) => (row.kind === 'fact' ? [row.value] : [])));
    expect(values).toEqual([
      [
        `--etcd-certfile=${folder}/apiserver-etcd-client.crt`,
        `--etcd-keyfile=${folder}/apiserver-etcd-client.key`,
        `--etcd-cafile=${folder}/etcd/ca.crt`,
      ],
      [
        `--cert-file=${folder}/etcd/server.crt`,
        `--key-file=${folder}/etcd/server.key`,
        `--trusted-ca-file=${folder}/etcd/ca.crt`,
      ],
    ]);
  });

  test('a renewal keeps names and signer, and changes dates, key and serial number', async () => {
    const {parts} = await shared.artefact('renewed');
    const named = (label: string) =>
      parts
        .filter((part) => part.label === label)
        .flatMap(({rows}) => rows.map((row) => row.kind === 'fact' && row.fact));
    expect(named('same')).toEqual(['subject', 'issuer', 'names', 'usage']);
    expect(named('old')).toEqual(['valid', 'pin', 'serial']);
    expect(named('new')).toEqual(['valid', 'pin', 'serial']);
  });

  test('who has only a kubeconfig waits for a restart, in the order of a rotation', async () => {
    const {parts} = await shared.artefact('who-reloads');
    const waiting = parts.filter(({rows}) => rows.some((row) => row.kind === 'fact' && row.fact === 'afterRestart'));
    expect(waiting.map(({title}) => title)).toEqual(['kube-controller-manager', 'kube-scheduler']);
    expect(parts.at(-1)).toMatchObject({label: 'order', title: 'kube-controller-manager, kube-scheduler'});
  });

  test('a kubelet waits for a restart where its certificate stands inside its kubeconfig', async () => {
    const {parts} = await benchOf('the-hard-way').artefact('who-reloads');
    expect(parts.at(-1)).toMatchObject({
      title: 'kube-controller-manager, kube-scheduler, kubelet, kube-proxy',
    });
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
  expect((await bench.artefact('who-signs-what')).parts.map(({title}) => title)).toEqual([
    '/etc/kubernetes/pki/ca.crt',
  ]);
  expect(factsOf(await bench.artefact('front-proxy-call'), 'serverTrusts')).toEqual([
    '/etc/kubernetes/pki/front-proxy-ca.crt (requestheader-client-ca-file)',
  ]);
});

test('a kubelet whose certificate is signed is verified by the API server', async () => {
  const called = await benchOf('the-hard-way').artefact('kubelet-call');
  expect(factsOf(called, 'callerTrusts')[0]).toContain('(--kubelet-certificate-authority)');
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
