import {readdirSync} from 'node:fs';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {widthOf} from '../../src/base/cells.ts';
import {faultIds} from '../../src/lessons/faults.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {runCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** By the real clock, for OpenSSL measures dates by it. */
function learn(words: readonly string[], host: Parameters<typeof fakeHost>[0] = {}) {
  return runCommand(['learn', 'lab', ...words], {...fakeHost(host), now: () => new Date()});
}

describe('learn lab', () => {
  test('lists what can be broken in this preset, a line each', async () => {
    const {code, out, err} = await learn(['--preset', 'offline-root', '--output', 'text'], {
      terminal: true,
      columns: 80,
    });
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['FAULT', ...faultIds]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(err).toContain('--predict');
  });

  test('tells one fault from beginning to end, in 80 columns', async () => {
    const {code, out} = await learn(['etcd-client-expired', '--output', 'text'], {terminal: true, columns: 80});
    expect(code).toBe(0);
    expect(out).toMatch(/^Fault: the certificate shown to etcd has expired\n/);
    expect(out).toContain('Changed: cp-1:/etc/kubernetes/pki/apiserver-etcd-client.crt\n');
    expect(out).toContain('kube-apiserver on cp-1 calls etcd on cp-1 at 127.0.0.1:2379. Who refuses?');
    expect(out).toContain('The server refuses:\n  - kube-apiserver on cp-1 → etcd on cp-1, 127.0.0.1:2379\n');
    expect(out).toContain('The caller says: nothing against the other\n');
    expect(out).toContain('The server says: certificate has expired (OpenSSL)\n');
    expect(out).toMatch(/- kube-apiserver: context deadline exceeded\n/);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /Mended, all is whole: of the connections on the map 11 work, and 7 cannot be verified from files\. \d+ calls that must be refused were refused\. $/,
    );
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expectNoSecrets(out);
  });

  test.each([
    [
      'ja',
      '故障: 管理者の証明書が期限切れ\n',
      'サーバーの言葉: certificate has expired (OpenSSL)\n',
      /地図の接続のうち 11 本が働いています\(7 本/,
    ],
    [
      'zh',
      '故障：管理员的证书已过期\n',
      '服务器说：certificate has expired (OpenSSL)\n',
      /图上的连接中 11 条可用，7 条/,
    ],
  ])('speaks %s in 80 columns, and leaves the words of TLS as they are', async (language, title, said, mended) => {
    const words = ['admin-expired', '--lang', language, '--predict', 'provider'];
    const {code, out} = await learn(words, {terminal: true, columns: 80});
    expect(code).toBe(0);
    expect(out.startsWith(title)).toBe(true);
    expect(out).toContain(said);
    expect(out).toMatch(mended);
    for (const line of out.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(80);
    const list = await learn(['--lang', language, '--output', 'text'], {terminal: true, columns: 80});
    expect(list.out).not.toMatch(/^- /m);
    for (const line of list.out.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(80);
  });

  test('tells in the language what was found where nobody shakes hands', async () => {
    const words = ['bundle-in-signing-file', '--lang', 'zh'];
    const {out} = await learn(words);
    expect(out).toContain('它发现：/etc/kubernetes/pki/ca.crt 里有 2 张证书，而它只能有一张\n');
    const json = await learn([...words, '--output', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({
      title: '用来签名的文件里有两张证书',
      trials: [{said: {caller: {checked: '/etc/kubernetes/pki/ca.crt 里有 2 张证书，而它只能有一张'}}}],
    });
  });

  test.each([
    ['provider', 'You say: the server refuses. So it is.'],
    ['caller', 'You say: the caller refuses. It went otherwise: the server refuses.'],
  ])('takes a guess first: %s', async (guess, answer) => {
    const {code, out} = await learn(['admin-expired', '--predict', guess]);
    expect(code).toBe(0);
    expect(out).toContain(answer);
  });

  test('asks of a component that only starts whether it does, and says so', async () => {
    const {out} = await learn(['bundle-in-signing-file', '--predict', 'nobody']);
    expect(out).toContain('kube-controller-manager on cp-1 is started, and reads this file. What happens?');
    expect(out).toContain('You say: it starts. It went otherwise: it does not start.');
    expect(out).not.toMatch(/caller|provider|refuses/);
    const json = await learn(['bundle-in-signing-file', '--output', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({
      choices: [
        {predict: 'nobody', text: 'it starts'},
        {predict: 'does-not-start', text: 'it does not start'},
      ],
    });
  });

  test('tells a machine the same', async () => {
    const {code, out} = await learn(['one-ca-for-all', '--predict', 'caller', '--output', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      fault: 'one-ca-for-all',
      guess: 'caller',
      isRight: false,
      trials: [{kind: 'door', happened: 'nobody', predicted: 'nobody', said: {provider: {kind: 'accepts'}}}],
      mended: {isWhole: true, trials: [{happened: 'provider'}]},
    });
    expectNoSecrets(out);
  });

  test('says which program is missing before it makes anything', async () => {
    const host = {...fakeHost({environment: {KUBE_BIN_DIR: temporaryFolder()}}), now: () => new Date()};
    const {code, out, err} = await runCommand(['learn', 'lab', 'admin-expired', '--real'], host);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/\/etcd cannot be started/);
  });

  test('refuses a fault that is none, with the nearest one', async () => {
    const {code, err} = await learn(['etcd-server-expird']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean etcd-server-expired?');
  });

  test('says so when a preset has nothing to break in that way', async () => {
    const {code, err} = await learn(['intermediate-missing']);
    expect(code).toBe(1);
    expect(err).toContain('cannot happen to this cluster');
  });

  test('leaves no folder behind, also when it is called off', async () => {
    const folder = temporaryFolder();
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    await learn(['old-kubeconfig']);
    expect(readdirSync(folder)).toEqual([]);
    const abort = new AbortController();
    const running = learn(['old-kubeconfig'], {signal: abort.signal});
    abort.abort();
    expect((await running).code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
