import {describe, expect, test} from 'vitest';
import {fakeHost, type FakeHost} from '../helpers/fake-host.ts';
import {fakeKubectl, type FakeAnswer, type FakeKubectl} from '../helpers/fake-kubectl.ts';
import {openssl} from '../helpers/openssl.ts';
import {runCommand, type RanCommand} from '../helpers/run-command.ts';

/** `certwright approve` against a kubectl that says what it is told. */

const node = {
  kind: 'Node',
  metadata: {name: 'worker-1'},
  status: {
    addresses: [
      {type: 'InternalIP', address: '10.0.0.21'},
      {type: 'Hostname', address: 'worker-1'},
    ],
  },
};

function request(
  name: string,
  sans: string,
  changes: {signerName?: string; username?: string; conditions?: unknown[]; request?: string} = {},
) {
  const {signerName = 'kubernetes.io/kubelet-serving', username = 'system:node:worker-1', conditions} = changes;
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: {name, uid: name, resourceVersion: '7', labels: {kept: 'yes'}},
    spec: {
      signerName,
      username,
      groups: ['system:nodes', 'system:authenticated'],
      usages: ['digital signature', 'server auth'],
      request: Buffer.from(changes.request ?? pem(sans)).toString('base64'),
    },
    status: conditions === undefined ? {} : {conditions},
  };
}

function pem(sans: string, key: readonly string[] = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']): string {
  const subject = ['-subj', '/O=system:nodes/CN=system:node:worker-1', '-addext', `subjectAltName=${sans}`];
  return openssl(['req', '-new', '-newkey', ...key, '-nodes', '-keyout', '/dev/null', ...subject]);
}

const list = (...items: readonly unknown[]): string => JSON.stringify({kind: 'List', items});

function cluster(requests: readonly unknown[], more: readonly FakeAnswer[] = []): FakeKubectl {
  return fakeKubectl([
    ...more,
    {when: 'get certificatesigningrequests', out: list(...requests)},
    {when: 'get nodes', out: list(node)},
    {when: 'replace --raw=', out: '{}'},
  ]);
}

const hostOf = ({path}: FakeKubectl, terminal = false): FakeHost =>
  fakeHost({terminal, columns: 120, environment: {PATH: path, ...(terminal ? {ACCESSIBLE: '1'} : {})}});

const approve = (at: FakeKubectl, ...words: readonly string[]): Promise<RanCommand> =>
  runCommand(['approve', '--kubeconfig', '/admin.conf', ...words], hostOf(at));

const approvals = (at: FakeKubectl): readonly string[] => at.calls().filter((call) => call.includes('/approval'));

describe('approve', () => {
  test('asks, and approves what is right alone', async () => {
    const at = cluster([request('csr-a', 'DNS:worker-1,IP:10.0.0.21'), request('csr-b', 'IP:10.0.0.99')]);
    const host = hostOf(at, true);
    const running = runCommand(['approve', '--kubeconfig', '/admin.conf'], host);
    await expect.poll(() => host.out(), {timeout: 20_000}).toContain('Approve the one that is right?');
    host.stdin.push('yes\n');
    const ran = await running;
    expect(ran.code).toBe(1);
    expect(ran.out.split('\n').slice(0, 6)).toEqual([
      'REQUEST  NODE      VERDICT  NAMES',
      'csr-a    worker-1  right    worker-1 (Hostname), 10.0.0.21 (InternalIP)',
      'csr-b    worker-1  wrong    10.0.0.99 (not its own)',
      '',
      'csr-b is wrong, and is not approved here; system:node:worker-1 asked:',
      '- "10.0.0.99" is no address of the Node worker-1',
    ]);
    expect(ran.out).toContain('1 request approved, 1 not.');
    expect(approvals(at)).toEqual([
      '--kubeconfig=/admin.conf --request-timeout=30s replace --raw=/apis/certificates.k8s.io/v1/certificatesigningrequests/csr-a/approval --filename=-',
    ]);
  });

  test('approves nothing after a no, and nothing without a person or --yes', async () => {
    const at = cluster([request('csr-a', 'DNS:worker-1')]);
    const host = hostOf(at, true);
    const running = runCommand(['approve', '--kubeconfig', '/admin.conf'], host);
    await expect.poll(() => host.out(), {timeout: 20_000}).toContain('Approve the one that is right?');
    host.stdin.push('\n');
    expect(await running).toMatchObject({code: 1, err: expect.stringContaining('nothing was approved')});
    expect(await approve(at)).toMatchObject({code: 2, err: expect.stringContaining('add --yes')});
    expect(approvals(at)).toEqual([]);
    expect(await approve(at, '--yes')).toMatchObject({code: 0, err: 'approved csr-a\n'});
  });

  test('never approves what is wrong, named or not', async () => {
    const at = cluster([request('csr-b', 'IP:10.0.0.99')]);
    expect((await approve(at, '--yes')).code).toBe(1);
    expect((await approve(at, 'csr-b', '--yes')).code).toBe(1);
    expect(approvals(at)).toEqual([]);
  });

  test('leaves what is decided, lists what is for others, and tames what strangers have written', async () => {
    const decided = [{type: 'Denied', status: 'True'}];
    const at = cluster([
      request('csr-c', 'DNS:worker-1', {conditions: decided}),
      request('csr-d', 'DNS:worker-1', {signerName: 'example.com/\u001B[2J', username: 'jane'}),
    ]);
    const ran = await approve(at, '--yes');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('No kubelet waits for a serving certificate.');
    expect(ran.out).toMatch(/^csr-d +example\.com\/\?\[2J +jane$/m);
    expect(approvals(at)).toEqual([]);
  });

  test.each([
    ['that is none', 'rubbish', 'csr-x holds no certificate signing request'],
    ['with a weak key', pem('DNS:worker-1', ['rsa:1024']), 'its key is RSA-1024'],
  ])('finds a request wrong %s', async (_, text, reason) => {
    const at = cluster([request('csr-x', '', {request: text})]);
    const ran = await approve(at, '--yes', '--output', 'json');
    expect(ran.code).toBe(1);
    const [judged] = (JSON.parse(ran.out) as {requests: {verdict: string; problems: {message: string}[]}[]}).requests;
    expect(judged).toMatchObject({verdict: 'wrong', problems: [{message: reason}]});
  });

  test('prints one JSON document, and asks nobody while it does', async () => {
    const at = cluster([
      request('csr-a', 'DNS:worker-1'),
      request('csr-d', 'DNS:x', {signerName: 'example.com/other'}),
    ]);
    const host = hostOf(at, true);
    const looked = await runCommand(['approve', '--kubeconfig', '/admin.conf', '--output', 'json'], host);
    expect(looked.code).toBe(2);
    expect(JSON.parse(looked.out)).toEqual({
      requests: [
        {
          name: 'csr-a',
          node: 'worker-1',
          requester: 'system:node:worker-1',
          names: [{name: 'worker-1', addressTypes: ['Hostname']}],
          verdict: 'right',
          problems: [],
          approved: false,
        },
      ],
      notJudged: [{name: 'csr-d', signerName: 'example.com/other', requester: 'system:node:worker-1'}],
    });
    const done = await approve(at, '--yes', '--output', 'json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({requests: [{name: 'csr-a', approved: true}]});
  });

  test('tells what somebody else has changed or decided meanwhile', async () => {
    const conflict = {
      when: '/csr-a/approval',
      err: 'Error from server (Conflict): the object has been modified',
      exit: 1,
    };
    const at = cluster([request('csr-a', 'DNS:worker-1'), request('csr-b', 'IP:10.0.0.21')], [conflict]);
    const ran = await approve(at, '--yes');
    expect(ran.code).toBe(1);
    expect(ran.err).toBe(
      'approved csr-b\nnot approved csr-a: Error from server (Conflict): the object has been modified\n',
    );
  });

  test('ends at the first no that holds for all', async () => {
    const forbidden = {when: '/approval', err: 'Error from server (Forbidden): user not permitted to approve', exit: 1};
    const at = cluster([request('csr-a', 'DNS:worker-1'), request('csr-b', 'IP:10.0.0.21')], [forbidden]);
    expect(await approve(at, '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('user not permitted to approve'),
    });
    expect(approvals(at)).toHaveLength(1);
  });

  test('names requests that cannot be approved here, all at once', async () => {
    const at = cluster([
      request('csr-a', 'DNS:worker-1'),
      request('csr-c', 'DNS:worker-1', {conditions: [{type: 'Denied', status: 'True'}]}),
      request('csr-d', 'DNS:worker-1', {signerName: 'example.com/other'}),
    ]);
    const ran = await approve(at, 'csr-a', 'csr-aa', 'csr-c', 'csr-d', '--yes');
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(/csr-aa\n +there is no such request\n +did you mean csr-a\?/);
    expect(ran.err).toMatch(/csr-c\n +it is denied already/);
    expect(ran.err).toMatch(/csr-d\n +it is for example\.com\/other, which is not judged here/);
    expect(approvals(at)).toEqual([]);
  });
});
