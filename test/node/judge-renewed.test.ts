import {expect, test} from 'vitest';
import {judgeRenewed, type RenewedLeaf} from '../../src/node/judge-renewed.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {fixtureNow} from '../helpers/node-fixture.ts';

const pki = '/etc/kubernetes/pki';
const certificate = (name: string, fixture?: 'kubeadm-1.36-ipv6') =>
  inspectCertificate(kubeadmFile(`${pki}/${name}.crt`, fixture));
const apiserver = certificate('apiserver');
const right: RenewedLeaf = {
  name: 'apiserver',
  before: apiserver,
  after: apiserver,
  authority: certificate('ca'),
  sans: apiserver.sans,
};

test('a leaf that is what was to be issued may be written', () => {
  expect(() => judgeRenewed(right, fixtureNow)).not.toThrow();
});

const cases: readonly {readonly words: string; readonly differs?: Partial<RenewedLeaf>; readonly now?: Date}[] = [
  // Of the same name, with another key.
  {words: 'it does not lead to CN=kubernetes', differs: {authority: certificate('ca', 'kubeadm-1.36-ipv6')}},
  {words: 'it does not lead to CN=front-proxy-ca', differs: {authority: certificate('front-proxy-ca')}},
  {
    words: 'its subject is another one',
    differs: {before: {...apiserver, subject: certificate('front-proxy-client').subject}},
  },
  {words: 'its usages are other ones', differs: {before: {...apiserver, usages: ['server auth', 'client auth']}}},
  {words: 'its names are other ones', differs: {sans: [...apiserver.sans, {type: 'dns', value: 'lb.demo.test'}]}},
  {words: 'its names are other ones', differs: {sans: apiserver.sans.slice(1)}},
  {words: 'it is not valid now', now: new Date('2025-01-01')},
  {words: 'it is not valid now', now: new Date('2030-01-01')},
];

test.each(cases)('$words', ({words, differs, now = fixtureNow}) => {
  expect(() => judgeRenewed({...right, ...differs}, now)).toThrow(
    expect.objectContaining({code: 'renewed-unfit', message: expect.stringContaining(words)}),
  );
});
