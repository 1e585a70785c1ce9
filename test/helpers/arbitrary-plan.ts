import fc from 'fast-check';
import {normalizeAddress} from '../../src/base/address.ts';
import {
  emptyPlan,
  keyAlgorithms,
  kubeletClients,
  kubeletServings,
  layoutIds,
  nodeRoles,
  tokenUsages,
  topologyIds,
  type BroughtAuthority,
  type ClusterPlan,
} from '../../src/pki/plan.ts';

/**
 * Any plan that can be written down, good or bad: names with quotes, commas, colons and other alphabets, paths with
 * spaces. Only what reading itself puts in order is in order here: no spaces around a text, addresses in normal form.
 */

const nasty = fc.constantFrom(
  'yes',
  'no',
  'null',
  '~',
  '1.30',
  '0x10',
  '1e3',
  '2026-11-23',
  '-',
  '- a',
  'a: b',
  '# no',
  '&a',
  '*a',
  '!x',
  '{',
  '}',
  '[a]',
  '"',
  "'",
  '\\',
  'a,b',
  'a;b',
  'a b',
  '|',
  '>',
  '%',
  '@x',
  '`',
  'ein Name',
  '日本語',
  'a\nb',
  'a\tb',
  'file:x',
  '""',
  '<<',
  'é\u0301',
  '\u2028',
  '🔑',
);
const anyText = fc
  .oneof(nasty, fc.string({minLength: 1, maxLength: 12}), fc.string({unit: 'grapheme', minLength: 1, maxLength: 6}))
  .map((text) => text.trim())
  .filter((text) => text !== '' && text !== '__proto__');
const host = fc.oneof(anyText, fc.domain(), fc.ipV4(), fc.ipV6()).map((text) => normalizeAddress(text) ?? text);
const path = anyText.map((text) => `/keys/${text}`);
const hours = fc.oneof(
  fc.integer({min: 0, max: 900_000}),
  fc.integer({min: 0, max: 400_000_000}).map((seconds) => seconds / 3600),
);

function inOrder<Word>(words: readonly Word[]): fc.Arbitrary<readonly Word[]> {
  return fc.subarray([...words]);
}

const brought: fc.Arbitrary<BroughtAuthority> = fc
  .record({
    certificate: path,
    key: fc.option(path, {nil: undefined}),
    passphrase: fc.option(
      fc.oneof(
        path.map((file) => ({file})),
        anyText.map((env) => ({env})),
      ),
      {nil: undefined},
    ),
  })
  .map(({certificate, key, passphrase}) => ({
    certificate,
    ...(key === undefined ? {} : {key}),
    ...(passphrase === undefined ? {} : {passphrase}),
  }));

export const arbitraryPlan: fc.Arbitrary<ClusterPlan> = fc.record({
  cluster: fc.record({
    name: anyText,
    kubernetesVersion: fc
      .oneof(fc.constantFrom('1.20', '1.30', '1.36', '1.36.1'), anyText)
      .map((text) => text.replace(/^v(?=\d)/, '')),
    controlPlaneEndpoint: fc.option(host, {nil: undefined}),
  }),
  layout: fc.constantFrom(...layoutIds),
  trust: fc.record({
    topology: fc.constantFrom(...topologyIds),
    authorities: fc.dictionary(anyText, brought, {maxKeys: 3, noNullPrototype: true}),
    assign: fc.dictionary(anyText, anyText, {maxKeys: 3, noNullPrototype: true}),
  }),
  network: fc.record({
    serviceSubnets: fc.array(fc.oneof(anyText, fc.constantFrom('10.96.0.0/12', 'fd00:10:96::/112', '10.96.1.7/12')), {
      maxLength: 3,
    }),
    podSubnets: fc.array(fc.oneof(anyText, fc.constant('10.244.0.0/16')), {maxLength: 3}),
    dnsDomain: anyText,
  }),
  keys: fc.record({algorithm: fc.constantFrom(...keyAlgorithms)}),
  validity: fc.record({authorities: hours, leaves: hours}),
  etcd: fc.constantFrom('stacked', 'external'),
  nodes: fc.array(
    fc.record({
      name: anyText,
      addresses: fc.array(host, {maxLength: 3}),
      roles: inOrder(nodeRoles),
      sans: fc.array(host, {maxLength: 2}),
    }),
    {maxLength: 4},
  ),
  sans: fc.record({apiserver: fc.array(host, {maxLength: 3})}),
  kubelets: fc.record({
    client: fc.option(fc.constantFrom(...kubeletClients), {nil: undefined}),
    serving: fc.option(fc.constantFrom(...kubeletServings), {nil: undefined}),
  }),
  users: fc.array(fc.record({name: anyText, groups: fc.array(anyText, {maxLength: 3})}), {maxLength: 3}),
  bootstrap: fc.record({
    token: fc.record({
      ttl: hours,
      description: fc.oneof(fc.constant(''), fc.constant(emptyPlan.bootstrap.token.description), anyText),
      groups: fc.array(anyText, {maxLength: 3}),
      usages: inOrder(tokenUsages),
    }),
  }),
});
