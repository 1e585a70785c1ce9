import {describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import {readClientAuthorities, readVersion} from '../../src/kubectl/api-server.ts';
import {kubectlFor, type KubectlOptions} from '../../src/kubectl/kubectl.ts';
import {listNodes} from '../../src/kubectl/nodes.ts';
import {findSigningRequest, listSigningRequests, stateOf} from '../../src/kubectl/signing-requests.ts';
import {runProgram} from '../../src/run/run-program.ts';
import {fakeKubectl, type FakeAnswer} from '../helpers/fake-kubectl.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

function against(answers: readonly FakeAnswer[], options: Partial<KubectlOptions> = {}) {
  const fake = fakeKubectl(answers);
  return {...fake, kubectl: kubectlFor({kubeconfig: '/cluster.conf', runProgram, path: fake.path, ...options})};
}

async function failureOf(run: Promise<unknown>): Promise<Failure> {
  const error = await run.then(
    () => expect.fail('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Failure)) throw error;
  return error;
}

describe('kubectl', () => {
  test('is told its kubeconfig and a time limit with every call', async () => {
    const {kubectl, calls} = against([{when: '--raw=/version', out: '{"minor": "20+", "gitVersion": "v1.20.2-eks"}'}]);
    expect(await readVersion(kubectl)).toEqual({minor: 20, text: 'v1.20.2-eks'});
    expect(calls()).toEqual(['--kubeconfig=/cluster.conf --request-timeout=30s get --raw=/version']);
  });

  test.each([
    ['api-forbidden', 'Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes"'],
    ['api-unauthorized', 'error: You must be logged in to the server (Unauthorized)'],
    [
      'api-unreachable',
      'The connection to the server 10.0.0.11:6443 was refused - did you specify the right host or port?',
    ],
    ['api-unreachable', 'Unable to connect to the server: x509: certificate signed by unknown authority'],
    ['api-unreachable', 'Error from server (ServiceUnavailable): the server is currently unable to handle the request'],
    ['api-conflict', 'Error from server (Conflict): the object has been modified'],
    ['api-refused', 'error: stat /cluster.conf: no such file or directory'],
  ])('a no of the server is %s, in its own words', async (code, said) => {
    const {kubectl} = against([
      {when: 'get nodes', err: `W1124 00:00:00.000000 1 loader.go: noise\n${said}\n`, exit: 1},
    ]);
    const failure = await failureOf(listNodes(kubectl));
    expect(failure).toMatchObject({code, message: said.replace(/^error: /, '')});
    expect(failure.nextSteps.join()).not.toBe('');
  });

  test('nothing secret and nothing that moves a terminal is passed on from what it says', async () => {
    const said = 'error: token abcdef.0123456789abcdef \u001B[2J LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ==';
    const {message} = await failureOf(listNodes(against([{when: 'get', err: said, exit: 1}]).kubectl));
    expectNoSecrets(message);
    expect(message).toMatch(/^token \[bootstrap token\] +\[2J \[embedded PEM\]$/);
  });

  test.each([
    ['printed something that is not JSON', 'NAME   STATUS\ncp-1   Ready\n'],
    ['printed nothing', ''],
    ['printed JSON of another shape (items', '{"kind": "List"}'],
    ['printed JSON of another shape (kind', '{"kind": "Status", "items": []}'],
    ['printed JSON of another shape (items.0.metadata', '{"kind": "List", "items": [{"kind": "Node"}]}'],
  ])('that %s is not believed', async (what, out) => {
    const failure = await failureOf(listNodes(against([{when: 'get nodes', out}]).kubectl));
    expect(failure.code).toBe('kubectl-unexpected');
    expect(failure.message).toContain(`kubectl get nodes ${what}`);
  });

  test('that is missing is named', async () => {
    const kubectl = kubectlFor({kubeconfig: '/cluster.conf', runProgram, path: temporaryFolder()});
    expect(await failureOf(listNodes(kubectl))).toMatchObject({
      code: 'program-missing',
      nextSteps: ['install kubectl, or add its folder to PATH'],
    });
  });

  test('that hangs is ended', async () => {
    const {kubectl} = against([{when: 'get', hangs: true}], {timeout: 500});
    expect(await failureOf(listNodes(kubectl))).toMatchObject({code: 'program-timed-out'});
  });

  test('is ended by an abort', async () => {
    const abort = new AbortController();
    const {kubectl} = against([{when: 'get', hangs: true}], {signal: abort.signal});
    const listing = listNodes(kubectl);
    abort.abort();
    await expect(listing).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('what is read of the API', () => {
  const object = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: {name: 'csr-1', uid: 'u', resourceVersion: '7', labels: {kept: 'yes'}},
    spec: {
      signerName: 'kubernetes.io/kubelet-serving',
      username: 'system:node:cp-1',
      groups: ['system:nodes'],
      usages: ['server auth'],
      request: Buffer.from('-----BEGIN CERTIFICATE REQUEST-----').toString('base64'),
    },
    status: {},
  };

  test('requests come with all that the API said of them', async () => {
    const {kubectl, calls} = against([{when: 'get cert', out: JSON.stringify({kind: 'List', items: [object]})}]);
    const [request] = await listSigningRequests(kubectl);
    expect(request).toEqual({
      name: 'csr-1',
      signerName: 'kubernetes.io/kubelet-serving',
      username: 'system:node:cp-1',
      groups: ['system:nodes'],
      usages: ['server auth'],
      request: '-----BEGIN CERTIFICATE REQUEST-----',
      conditions: [],
      certificate: undefined,
      object,
    });
    expect(calls()[0]).toContain('certificatesigningrequests.v1.certificates.k8s.io');
  });

  test('a request that is not there is not there', async () => {
    const said = 'Error from server (NotFound): certificatesigningrequests.certificates.k8s.io "x" not found';
    expect(await findSigningRequest(against([{when: ' x ', err: said, exit: 1}]).kubectl, 'x')).toBeUndefined();
  });

  test.each([
    ['pending', [], undefined],
    ['approved', ['Approved'], undefined],
    ['signed', ['Approved'], 'PEM'],
    ['failed', ['Approved', 'Failed'], undefined],
    ['denied', ['Denied'], undefined],
  ] as const)('a request is %s with the conditions %j', (state, types, certificate) => {
    const conditions = types.map((type) => ({type, status: 'True', reason: '', message: ''}));
    expect(stateOf({conditions, certificate})).toBe(state);
  });

  test('what the API server verifies clients with is nothing where it may not be read', async () => {
    const forbidden = {when: 'configmap', err: 'Error from server (Forbidden): no', exit: 1};
    expect(await readClientAuthorities(against([forbidden]).kubectl)).toBeUndefined();
    const data = {'client-ca-file': 'PEM'};
    expect(await readClientAuthorities(against([{when: 'configmap', out: JSON.stringify({data})}]).kubectl)).toBe(
      'PEM',
    );
  });
});
