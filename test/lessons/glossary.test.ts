import {describe, expect, test} from 'vitest';
import {languages} from '../../src/base/language.ts';
import {readCommandLine} from '../../src/cli.ts';
import {explain} from '../../src/lessons/explain.ts';
import {thingsNamed} from '../../src/lessons/find-things.ts';
import {glossary} from '../../src/lessons/glossary.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {fakeHost} from '../helpers/fake-host.ts';

function explained(text: string, language: (typeof languages)[number] = 'en') {
  const known = explain(text, lessonsIn(language));
  return known.isKnown ? known.explanations : expect.fail(`${text} is not known`);
}

function near(text: string): readonly string[] {
  const known = explain(text, lessonsIn('en'));
  return known.isKnown ? expect.fail(`${text} is known`) : known.near;
}

describe('words', () => {
  test.each([
    ['SAN', 'san'],
    ['subject alternative name', 'san'],
    ['CN', 'cn'],
    ['Common Name', 'cn'],
    ['RBAC', 'rbac'],
    ['kubeadm', 'kubeadm'],
    ['front proxy', 'front-proxy'],
    ['front-proxy', 'front-proxy'],
    ['aggregated API', 'aggregated-api'],
    ['API aggregation', 'aggregated-api'],
    ['EKU', 'eku'],
    ['extended key usage', 'eku'],
    ['key usage', 'eku'],
    ['CSR', 'csr'],
    ['certificate signing request', 'csr'],
    ['CA', 'ca'],
    ['intermediate', 'intermediate'],
    ['chain', 'chain'],
    ['PEM', 'pem'],
    ['mTLS', 'mtls'],
    ['mutual  tls', 'mtls'],
    ['kubeconfig', 'kubeconfig'],
    ['JWT', 'jwt'],
    ['TokenReview', 'token-review'],
    ['serial', 'serial'],
    ['thumbprint', 'fingerprint'],
    ['fingerprint', 'fingerprint'],
    ['SPKI pin', 'discovery-hash'],
    ['discovery hash', 'discovery-hash'],
    ['--discovery-token-ca-cert-hash', 'discovery-hash'],
    ['bootstrap token', 'bootstrap-token'],
    ['static pod', 'static-pod'],
    ['kubelet', 'kubelet'],
    ['service account', 'service-account'],
    ['provider', 'provider'],
    ['caller', 'caller'],
    ['door', 'door'],
    ['control plane', 'control-plane'],
    ['aud', 'claim'],
    ['digitalSignature', 'key-usage-bits'],
    ['OCSP', 'revocation'],
    ['certificates.k8s.io', 'certificates-api'],
    ['Node authorizer', 'node-authorizer'],
  ])('"%s" is %s', (asked, id) => {
    expect(thingsNamed(asked)).toContainEqual({kind: 'word', id});
  });

  test('are known by each spelling, in any case, and none is two words’', () => {
    const spellings = glossary.flatMap(({id, name, also}) => [name, ...also].map((spelling) => ({id, spelling})));
    for (const {id, spelling} of spellings) {
      for (const text of [spelling, spelling.toUpperCase(), ` ${spelling.toLowerCase()} `]) {
        expect(thingsNamed(text), spelling).toContainEqual({kind: 'word', id});
      }
    }
    const all = spellings.map(({spelling}) => spelling.toLowerCase());
    expect(all.filter((spelling, index) => all.indexOf(spelling) !== index)).toEqual([]);
  });

  test.each([
    ['kubelet', 'component'],
    ['service-account', 'key-pair'],
    ['aggregated-api', 'component'],
  ])('come after what is called exactly %s, which is told first as a %s', (name, kind) => {
    expect(explained(name).map((one) => one.kind)).toEqual([kind, 'word']);
  });

  test.each([
    ['ca', 'authority'],
    ['CA', 'authority'],
    ['kubeconfig', 'flag'],
  ])('come before what is only named like it: %s, then a %s', (name, kind) => {
    expect(explained(name).map((one) => one.kind)).toEqual(['word', kind]);
  });

  test('lead to what there is: names that are known, stories and faults', () => {
    for (const {name, see} of glossary) {
      for (const seen of see) {
        if ('explain' in seen) expect(thingsNamed(seen.explain).length, `${name}: ${seen.explain}`).toBeGreaterThan(0);
      }
      const commands =
        explained(name)
          .find(({kind}) => kind === 'word')
          ?.sections.find(({label}) => label === 'see')?.lines ?? [];
      expect(commands, name).toHaveLength(see.length);
      for (const command of commands) {
        const host = fakeHost();
        const words = command.replace(/^certwright /, '').match(/"[^"]*"|\S+/g) ?? [];
        readCommandLine(
          words.map((word) => word.replaceAll('"', '')),
          host,
          '1.2.3',
        );
        expect(host.err(), command).toBe('');
      }
    }
  });

  test.each(languages)('are told in two to five sentences, in %s', (language) => {
    for (const [id, {what, use}] of Object.entries(lessonsIn(language).glossary)) {
      const sentences = `${what} ${use}`.replaceAll('...', '').match(/。|\.(?=\s|$)/g) ?? [];
      expect(sentences.length, id).toBeGreaterThanOrEqual(2);
      expect(sentences.length, id).toBeLessThanOrEqual(5);
    }
  });

  test.each(languages)('say who checks front-proxy-client, and what breaks without it, in %s', (language) => {
    for (const asked of ['front proxy', 'API aggregation']) {
      const [word] = explained(asked, language);
      const text = word?.sections.flatMap(({lines}) => lines).join('\n') ?? '';
      for (const part of ['front-proxy-client', 'metrics-server', 'requestheader-client-ca-file', 'kubectl top']) {
        expect(text).toContain(part);
      }
    }
  });
});

describe('a word that is not known', () => {
  test.each([
    ['thumbprnt', ['thumbprint']],
    ['front prxy', ['front proxy']],
    ['what is a bootstrap token?', ['bootstrap token']],
    ['what is mutual TLS?', ['mutual TLS']],
    ['what is apiserver-etcd-client?', ['apiserver-etcd-client']],
  ])('%s: the near ones are named', (text, names) => {
    expect(near(text)).toEqual(names);
  });

  test('is said not to be known, and nothing is made up', () => {
    expect(near('blockchain')).toEqual([]);
    expect(near('my cat has eaten the keyboard cable')).toEqual([]);
  });

  test('an unknown error that speaks of a client and its certificate is no question about them', () => {
    expect(near('client sent a strange certificate to us')).toEqual([]);
  });
});
