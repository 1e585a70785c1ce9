import {appendFileSync, chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {readCommandLine} from '../../src/cli.ts';
import {endingOf} from '../../src/commands/ending.ts';
import {fakeHost, type FakeHost} from '../helpers/fake-host.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** A command line as `main.ts` runs it: what it printed, and its exit code. */
async function run(
  words: readonly string[],
  given: FakeHost = fakeHost(),
): Promise<{code: number; out: string; err: string}> {
  const command = readCommandLine(words, given, '1.2.3');
  let code: number;
  let ending = '';
  try {
    code = await command.run();
  } catch (error) {
    const end = endingOf(error, {exits: command.exits, debug: false, program: 'certwright'});
    code = end.exitCode;
    ending = end.text;
  }
  return {code, out: given.out(), err: `${given.err()}${ending}`};
}

/** The same by the real clock, for what OpenSSL made a moment ago. */
const runNow = (words: readonly string[]) => run(words, {...fakeHost(), now: () => new Date()});

const quick = ['--set', 'keys.algorithm=ECDSA-P256'];

describe('presets', () => {
  test('are listed with what they are, the default first', async () => {
    const {code, out} = await run(['presets']);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^PRESET +WHAT IT IS$/);
    expect(out.split('\n')[1]).toMatch(/^kubeadm-single +\w/);
  });

  test('are printed as plans that read back without a problem', async () => {
    const folder = temporaryFolder();
    const {out} = await run(['presets', 'kubeadm-ha']);
    writeFileSync(join(folder, 'plan.yaml'), out);
    expect((await run(['plan', '--plan', join(folder, 'plan.yaml')])).code).toBe(0);
  });

  test('that do not exist are refused with the nearest one', async () => {
    const {code, err} = await run(['presets', 'kubeadm-haa']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean kubeadm-ha?');
  });
});

describe('plan', () => {
  test('prints a line a kind of certificate, and what the plan costs', async () => {
    const {code, out} = await run(['plan', '--preset', 'one-ca']);
    expect(code).toBe(0);
    expect(out).toMatch(/^apiserver-etcd-client +cp-1 +CN=kube-apiserver-etcd-client +kubernetes-ca +client/m);
    expect(out).toContain("any kubelet's or person's certificate opens etcd directly");
  });

  test('prints every SAN with its reason when it is wide', async () => {
    const {out} = await run(['plan', '--output', 'wide', '--set', 'sans.apiserver=lb.demo.test']);
    expect(out).toContain('  lb.demo.test: asked for in the plan: sans.apiserver\n');
    expect(out).toContain('  --client-ca-file=/etc/kubernetes/pki/ca.crt\n');
  });

  test('prints one JSON document and nothing else', async () => {
    const {out} = await run(['plan', '--output', 'json', ...quick]);
    const document = JSON.parse(out) as {certificates: {id: string; algorithm: string}[]; connections: unknown[]};
    expect(document.certificates.map(({id}) => id)).toContain('apiserver');
    expect(new Set(document.certificates.map(({algorithm}) => algorithm))).toEqual(new Set(['ECDSA-P256']));
    expect(document.connections.length).toBeGreaterThan(10);
  });

  test('prints the plan itself with the change in it and the comments kept', async () => {
    const {out} = await run(['plan', '--output', 'yaml', ...quick]);
    expect((parse(out) as {keys: {algorithm: string}}).keys.algorithm).toBe('ECDSA-P256');
    expect(out).toMatch(/^# kubeadm-single/);
  });

  test('prints a document in Markdown whose tables have as many cells a row as headings', async () => {
    const {out} = await run(['plan', '--output', 'markdown']);
    const cells = (line: string) => line.replaceAll(String.raw`\|`, '').split('|').length;
    const tables = out.split('\n\n').filter((part) => part.startsWith('|'));
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) expect(new Set(table.trim().split('\n').map(cells)).size).toBe(1);
  });

  test('names every problem of a file at once, each with its line', async () => {
    const file = join(temporaryFolder(), 'plan.yaml');
    writeFileSync(
      file,
      [
        'planVersion: 1',
        'cluster: {name: demo}',
        'layuot: kubeadm',
        'nodes:',
        '  - {name: CP_1, addresses: [10.0.0.300], roles: [control-plane]}',
        '',
      ].join('\n'),
    );
    const {code, err, out} = await run(['plan', '--plan', file]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/plan\.yaml:3:1 layuot/);
    expect(err).toContain('layout');
    expect(err).toMatch(/plan\.yaml:5:\d+ nodes\[0\]\.name/);
    expect(err).toMatch(/plan\.yaml:5:\d+ nodes\[0\]\.addresses\[0\]/);
  });
});

describe('issue and verify', () => {
  test('make a bundle, prove it, and show no secret', async () => {
    const folder = join(temporaryFolder(), 'demo');
    const issued = await run(['issue', '--out', folder, ...quick]);
    expect(issued.code).toBe(0);
    expect(issued.out).toContain('All is well.');
    expectNoSecrets(issued.out + issued.err);
    const verified = await run(['verify', folder]);
    expect(verified.code).toBe(0);
    expect(verified.out).toContain('proved (mutual)');
    const json = await run(['verify', folder, '--output', 'json']);
    expect(JSON.parse(json.out)).toMatchObject({directory: folder, state: 'ok'});
    expectNoSecrets(verified.out + json.out);
  });

  test('tell what was made as one JSON document', async () => {
    const folder = join(temporaryFolder(), 'demo');
    const {code, out} = await run(['issue', '--out', folder, '--output', 'json', ...quick]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({directory: folder, complete: true, proof: {state: 'ok'}});
  });

  test('without a folder the missing answer is named', async () => {
    const {code, err} = await run(['issue']);
    expect(code).toBe(2);
    expect(err).toContain('add --out DIR');
  });

  test('into a bundle that is there already: nothing is touched', async () => {
    const folder = join(temporaryFolder(), 'demo');
    await run(['issue', '--out', folder, '--no-proof', ...quick]);
    const before = readFileSync(join(folder, 'bundle.json'), 'utf8');
    const {code, err} = await run(['issue', '--out', folder, '--no-proof', ...quick]);
    expect(code).toBe(1);
    expect(err).toContain('What to do');
    expect(readFileSync(join(folder, 'bundle.json'), 'utf8')).toBe(before);
  });

  test('a key that others can read, or a certificate of another pair, is critical', async () => {
    const folder = join(temporaryFolder(), 'demo');
    await run(['issue', '--out', folder, '--no-proof', ...quick]);
    const pki = join(folder, 'nodes/cp-1/rootfs/etc/kubernetes/pki');
    chmodSync(join(pki, 'apiserver.key'), 0o644);
    writeFileSync(join(pki, 'front-proxy-client.key'), readFileSync(join(pki, 'apiserver.key')));
    const {code, out} = await run(['verify', folder]);
    expect(code).toBe(2);
    expect(out).toContain('apiserver.key');
    expect(out).toContain('front-proxy-client');
    expectNoSecrets(out);
  });

  test('flags that were changed by hand are told, with the line', async () => {
    const folder = join(temporaryFolder(), 'demo');
    await run(['issue', '--out', folder, '--no-proof', ...quick]);
    appendFileSync(join(folder, 'nodes/cp-1/flags/etcd.flags'), '--log-level=debug\n');
    const {code, out} = await run(['verify', folder]);
    expect(code).toBe(1);
    expect(out).toContain('--log-level=debug');
  });

  test('what is no bundle could not be examined', async () => {
    expect((await run(['verify', temporaryFolder()])).code).toBe(3);
  });
});

describe('sign', () => {
  test('asks nobody without a terminal: --yes signs what is listed, and issue --signed goes on', async () => {
    const folder = temporaryFolder();
    const [certificate, key] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
    const subject = '/CN=company -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign';
    openssl([
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj'.split(' '),
      ...subject.split(' '),
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
    const demo = join(folder, 'demo');
    const asked = await runNow([
      'issue',
      '--out',
      demo,
      '--set',
      `trust.authorities.etcd-ca.certificate=${certificate}`,
      ...quick,
    ]);
    expect(asked.code).toBe(0);
    expect(asked.out).toContain('certwright sign');

    const words = ['sign', demo, '--certificate', certificate, '--key', key];
    const unsure = await runNow(words);
    expect(unsure.code).toBe(2);
    expect(unsure.err).toContain('cp-1/etcd-server: CN=cp-1, server, client, 1 year');
    expect(unsure.err).toContain('--yes');
    expect(existsSync(join(demo, 'requests/cp-1/etcd-server.crt'))).toBe(false);

    const signed = await runNow([...words, '--yes']);
    expect(signed.code).toBe(0);
    expect(signed.out).toContain('4 certificates signed by etcd-ca');

    const done = await runNow(['issue', '--signed', demo]);
    expect(done.code).toBe(0);
    expect(done.out).toContain('All is well.');
    expectNoSecrets(asked.out + unsure.err + signed.err + done.out);
  });
});

describe('without a terminal and without a command', () => {
  test('setup lists what it would have asked, and the wizard gives its demonstration', async () => {
    const {code, err} = await run(['setup']);
    expect(code).toBe(2);
    expect(err).toContain('certwright issue --plan FILE --out DIR');
  });
});
