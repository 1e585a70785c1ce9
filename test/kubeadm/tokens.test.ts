import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import {Secret} from '../../src/base/secret.ts';
import {readJsonStream} from '../../src/kubeadm/json-stream.ts';
import {kubeadmFor, type Kubeadm, type KubeadmOptions} from '../../src/kubeadm/kubeadm.ts';
import {createToken, listTokens} from '../../src/kubeadm/tokens.ts';
import {createWords} from '../../src/kubeadm/words.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {runProgram} from '../../src/run/run-program.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {fakeKubeadm} from './fake-kubeadm.ts';

const settings = emptyPlan.bootstrap.token;
const token = 'abcdef.0123456789abcdef';

function against(script: string, options: Partial<KubeadmOptions> = {}): Kubeadm & {calls: () => readonly string[]} {
  const fake = fakeKubeadm(script);
  const kubeadm = kubeadmFor({kubeconfig: '/cluster.conf', runProgram: fake.runProgram, ...options});
  return {...kubeadm, calls: fake.calls};
}

/** Whatever it carries, no secret is in it. */
async function failureOf(run: Promise<unknown>, known: readonly string[] = []): Promise<Failure> {
  const error = await run.then(
    () => expect.fail('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expectNoSecrets(inspect(error, {depth: 9, showHidden: true}), known);
  if (!(error instanceof Failure)) throw error;
  expect(error.nextSteps.join('')).not.toBe('');
  return error;
}

describe('a token that kubeadm makes', () => {
  test('is asked for with its kubeconfig, and read from between warnings', async () => {
    const kubeadm = against(
      `echo 'W1124 00:18:11.336528 81 common.go:148] WARNING: no default route' >&2\necho '${token}'`,
    );
    const {token: made, join} = await createToken(kubeadm, createWords(settings, false), undefined);
    expect(made.reveal()).toBe(token);
    expect(join).toBeUndefined();
    expect(kubeadm.calls()).toEqual([
      'token create --ttl=24h --description=made by certwright --usages=signing,authentication --groups=system:bootstrappers:kubeadm:default-node-token --kubeconfig=/cluster.conf',
    ]);
  });

  test('with a join line is read out of it, each pin by itself', async () => {
    const [one, other] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);
    const line = `kubeadm join [fd00::11]:6443 --token ${token} \t--discovery-token-ca-cert-hash ${one} --discovery-token-ca-cert-hash ${other} `;
    const {join} = await createToken(against(`printf '%s\\n' '${line}'`), createWords(settings, true), undefined);
    expect(join).toMatchObject({endpoint: '[fd00::11]:6443', pins: [one, other]});
  });

  test.each([
    ['nothing', `true`, false],
    ['garbage', `echo 'Hello from a wrapper'`, false],
    ['two tokens', `echo ${token}; echo 111111.0123456789abcdef`, false],
    ['the help of another program', `echo 'Usage: kubeadm join HOST --token <token>'`, true],
    ['a join line without a pin', `echo 'kubeadm join 10.0.0.11:6443 --token ${token} --unsafe'`, true],
    [
      'a join line without a token',
      `echo 'kubeadm join 10.0.0.11:6443 --discovery-token-ca-cert-hash sha256:00'`,
      true,
    ],
  ])('that prints %s has perhaps made one all the same, and says how to see', async (_, script, withJoin) => {
    const failure = await failureOf(createToken(against(script), createWords(settings, withJoin), undefined));
    expect(failure).toMatchObject({code: 'kubeadm-unexpected'});
    expect(failure.nextSteps).toContain('see whether there is one now: certwright token list');
  });

  test('another one than was given is nothing to go on with', async () => {
    const run = createToken(
      against(`echo ${token}`),
      createWords(settings, false),
      new Secret('zzzzzz.0123456789abcdef'),
    );
    expect(await failureOf(run, ['0123456789abcdef'])).toMatchObject({code: 'kubeadm-unexpected'});
  });
});

describe('a no of kubeadm', () => {
  test.each([
    [
      'kubeadm-unreachable',
      'failed to list bootstrap tokens: Get "https://10.0.0.11:6443": dial tcp 10.0.0.11:6443: connect: connection refused',
    ],
    ['kubeadm-not-trusted', 'failed to list bootstrap tokens: x509: certificate signed by unknown authority'],
    [
      'kubeadm-forbidden',
      'secrets is forbidden: User "kubernetes-admin" cannot list resource "secrets" in API group ""',
    ],
    ['kubeadm-unauthorized', 'failed to list bootstrap tokens: Unauthorized'],
    ['kubeadm-token-exists', 'a token with id "abcdef" already exists'],
    ['kubeadm-token-missing', 'failed to delete bootstrap token "abcdef": secrets "bootstrap-token-abcdef" not found'],
    ['kubeadm-no-kubeconfig', 'failed to load kubeconfig: open /root/.kube/config: no such file or directory'],
    ['kubeadm-refused', 'something that nobody has seen yet'],
  ])('is %s, in its own words', async (code, said) => {
    const trace = 'To see the stack trace of this error execute with --v=5 or higher';
    const script = `echo 'W1124 00:00:00.000000 1 kubelet.go:200] noise' >&2\ncat >&2 <<'END'\n${said}\n${trace}\nEND\nexit 1`;
    expect(await failureOf(listTokens(against(script)))).toMatchObject({code, message: `kubeadm says: ${said}`});
  });

  test('that says nothing is said to have said nothing', async () => {
    expect((await failureOf(listTokens(against('exit 3')))).message).toBe('kubeadm failed and said nothing');
  });

  test('with a token, a key or another secret in it is told without them', async () => {
    const key = 'ab'.repeat(32);
    const script = `printf 'bad token ${token} and key ${key} \\033[2J LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ==\\n' >&2; exit 1`;
    const failure = await failureOf(against(script).run(['token'], [new Secret(key)]), [key]);
    expect(failure.message).toMatch(
      /^kubeadm says: bad token \[bootstrap token\] and key \[secret\] +\[2J \[embedded PEM\]$/,
    );
  });
});

describe('a kubeadm that is not as it should be', () => {
  test('missing', async () => {
    const nowhere = kubeadmFor({
      kubeconfig: '/cluster.conf',
      runProgram: (_, words, options) => runProgram('/nowhere/kubeadm', words, options),
    });
    expect(await failureOf(listTokens(nowhere))).toMatchObject({
      code: 'program-missing',
      message: 'there is no kubeadm here',
    });
  });

  test('hanging is ended, with what it has started', async () => {
    const kubeadm = against('sleep 600; echo never', {timeout: 1000});
    expect(await failureOf(listTokens(kubeadm))).toMatchObject({
      code: 'program-timed-out',
      message: 'kubeadm did not end within 1 s, and was ended',
    });
  });

  test('called off is a cancellation and no failure', async () => {
    const stop = new AbortController();
    const run = listTokens(against('sleep 600', {signal: stop.signal}));
    stop.abort();
    await expect(run).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('the list', () => {
  const one = JSON.stringify(
    {kind: 'BootstrapToken', token, expires: '2026-11-24T02:18:11Z', usages: ['signing']},
    undefined,
    4,
  );
  const other = JSON.stringify({
    kind: 'BootstrapToken',
    token: '52t00e.kedz5562nnlct8u0',
    description: 'a "b" {c}\\',
    groups: null,
  });

  test('is a stream of objects, of which each is a token', async () => {
    const entries = await listTokens(against(`cat <<'END'\n${one}\n${other}\nEND`));
    expect(entries).toMatchObject([
      {id: 'abcdef', description: '', ends: new Date('2026-11-24T02:18:11Z'), usages: ['signing'], groups: []},
      {id: '52t00e', description: 'a "b" {c}\\', ends: undefined, usages: [], groups: []},
    ]);
    expect(entries[0]?.token.reveal()).toBe(token);
    expectNoSecrets(inspect(entries, {depth: 9, showHidden: true}));
  });

  test('may be empty', async () => {
    expect(await listTokens(against('true'))).toEqual([]);
  });

  test.each([
    ['text', 'TOKEN   TTL   EXPIRES'],
    ['an array', `[${one}]`],
    ['half an object', one.slice(0, -3)],
    ['another kind', '{"kind": "Secret", "token": "abcdef.0123456789abcdef"}'],
    ['a token of another form', '{"kind": "BootstrapToken", "token": "abcdef.secret-of-another-form"}'],
    ['objects with commas', `${one}, ${other}`],
  ])('that is %s is refused without being repeated', async (_, text) => {
    const failure = await failureOf(listTokens(against(`cat <<'END'\n${text}\nEND`)), ['secret-of-another-form']);
    expect(failure).toMatchObject({code: 'kubeadm-unexpected'});
  });

  test('is cut at braces, but not at those in texts', () => {
    expect(readJsonStream('{"a":"}{\\""} \n {"b":{"c":{}}}')).toEqual([{a: '}{"'}, {b: {c: {}}}]);
    expect(readJsonStream(' \n')).toEqual([]);
    for (const text of ['{', '}', '1', '{"a":}', '{"a":"}', 'null {}'])
      expect(readJsonStream(text), text).toBeUndefined();
  });
});
