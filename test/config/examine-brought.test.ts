import {createPrivateKey} from 'node:crypto';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {examineBrought} from '../../src/config/examine-brought.ts';
import type {ExaminedAuthority} from '../../src/pki/examined.ts';
import type {BroughtAuthority, ClusterPlan} from '../../src/pki/plan.ts';
import {makeAuthority, makeLeaf, now} from '../x509/makers.ts';
import {planWith} from '../helpers/plans.ts';
import {temporaryFiles, temporaryFolder} from '../helpers/temporary-folder.ts';

const environment = (name: string): string | undefined => (name === 'CA_PASSPHRASE' ? 'correct horse' : undefined);

function examine(brought: BroughtAuthority, changes: Partial<ClusterPlan> = {}): Promise<ExaminedAuthority> {
  const plan = planWith({...changes, trust: {authorities: {'etcd-ca': brought}, ...changes.trust}});
  return examineBrought('etcd-ca', plan, {environment, now});
}

const codes = ({problems}: ExaminedAuthority): readonly string[] => problems.map(({code}) => code);

/** The path of one file with this text. */
const file = (text: string): string => temporaryFiles(text)[0] ?? '';

test('a pair that fits is told with its subject, its dates and its kind', async () => {
  const made = await makeAuthority({commonName: 'company root', organizations: ['Example']});
  const found = await examine({certificate: file(made.certificate), key: file(made.key.privateKey.reveal())});
  expect(found).toMatchObject({key: 'fits', problems: []});
  expect(found.certificate).toMatchObject({
    subject: 'O=Example, CN=company root',
    issuer: 'O=Example, CN=company root',
    key: 'ECDSA-P256',
    isAuthority: true,
    maySign: true,
  });
  expect(found.certificate?.notAfter.toISOString().slice(0, 10)).toBe('2036-11-20');
});

test('the key of another certificate is told, with what to do', async () => {
  const [made, other] = await Promise.all([makeAuthority(), makeAuthority()]);
  const found = await examine({certificate: file(made.certificate), key: file(other.key.privateKey.reveal())});
  expect(found.key).toBe('unfit');
  expect(found.problems[0]).toMatchObject({code: 'key-does-not-match', at: {path: 'trust.authorities.etcd-ca'}});
  expect(found.problems[0]?.message).toBe('the key of etcd-ca does not belong to this certificate');
});

test('an encrypted key is told where its passphrase will be asked for, or is opened with the one that the plan names', async () => {
  const made = await makeAuthority();
  const locked = createPrivateKey(made.key.privateKey.reveal()).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'correct horse',
  });
  const pair = {certificate: file(made.certificate), key: file(locked)};
  expect(await examine(pair)).toMatchObject({key: 'locked', problems: []});
  expect(await examine({...pair, passphrase: {env: 'CA_PASSPHRASE'}})).toMatchObject({key: 'fits', problems: []});
  expect(await examine({...pair, passphrase: {file: file('wrong\n')}})).toMatchObject({
    key: 'unfit',
    problems: [{code: 'passphrase-wrong', at: {path: 'trust.authorities.etcd-ca.key'}}],
  });
  expect(codes(await examine({...pair, passphrase: {env: 'NOT_SET'}}))).toEqual(['passphrase-needed']);
});

test('no secret is in what is told', async () => {
  const made = await makeAuthority();
  const found = await examine({certificate: file(made.key.privateKey.reveal()), key: file(made.certificate)});
  expect(codes(found)).toEqual(['certificate-unreadable', 'key-unreadable']);
  expect(JSON.stringify(found)).not.toContain(made.key.privateKey.reveal().split('\n')[1]);
});

test('what is no authority, or has ended, is told', async () => {
  const root = await makeAuthority();
  const leaf = await makeLeaf(root);
  expect(await examine({certificate: file(leaf.certificate)})).toMatchObject({
    certificate: {isAuthority: false},
    key: 'elsewhere',
  });
  expect(codes(await examine({certificate: file(leaf.certificate)}))).toContain('not-an-authority');
  const old = await makeAuthority({now: new Date('2020-01-01T00:00:00Z'), validity: 8760});
  expect(codes(await examine({certificate: file(old.certificate)}))).toEqual(['expired']);
});

test('an authority that ends before what it is to sign is told with both dates', async () => {
  const short = await makeAuthority({validity: 1000});
  const found = await examine({certificate: file(short.certificate)});
  expect(codes(found)).toEqual(['leaf-outlives-authority']);
  expect(found.problems[0]?.message).toMatch(/it ends on 2027-01-04, .* would end on 2027-11-23/);
  const validity = {authorities: 87_600, leaves: 900};
  expect(codes(await examine({certificate: file(short.certificate)}, {validity}))).toEqual([]);
});

test('an intermediate is held against the root that is brought beside it', async () => {
  const root = await makeAuthority({commonName: 'root'});
  const below = await makeAuthority({commonName: 'etcd', signedBy: root});
  const brought = {certificate: file(below.certificate)};
  const trust = (rootFile: string): Partial<ClusterPlan> => ({
    trust: {
      topology: 'intermediates',
      assign: {},
      authorities: {'root-ca': {certificate: rootFile}, 'etcd-ca': brought},
    },
  });
  expect(codes(await examine(brought, trust(file(root.certificate))))).toEqual([]);
  const stranger = await makeAuthority({commonName: 'root'});
  expect(codes(await examine(brought, trust(file(stranger.certificate))))).toEqual(['wrong-authority']);
});

test('a file that is not there, a folder and one that is no certificate are told by their path', async () => {
  const folder = temporaryFolder();
  const missing = await examine({certificate: join(folder, 'none.crt'), key: join(folder, 'none.key')});
  expect(missing).toMatchObject({certificate: undefined, key: 'unfit'});
  expect(missing.problems.map(({at, message}) => [at.path, message])).toEqual([
    ['trust.authorities.etcd-ca.certificate', `${join(folder, 'none.crt')} does not exist`],
    ['trust.authorities.etcd-ca.key', `${join(folder, 'none.key')} does not exist`],
  ]);
  expect((await examine({certificate: folder})).problems[0]?.message).toBe(`${folder} is a folder`);
  expect(codes(await examine({certificate: join(file('text'), 'below')}))).toEqual(['file-unreadable']);
});

test('what never ends is not read while somebody types its name', async () => {
  expect((await examine({certificate: '/dev/zero'})).problems[0]?.message).toContain('is no ordinary file');
});

test('a name that no file can have is an expected no', async () => {
  const path = join(temporaryFolder(), 'x'.repeat(300), 'ca.crt');
  expect(codes(await examine({certificate: path}))).toEqual(['file-unreadable']);
});
