import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Usage} from '../../src/pki/blueprint-types.ts';
import {nameFault} from '../../src/proof/go-names.ts';
import {chainRefusal, leafRefusal} from '../../src/proof/go-verify.ts';
import {certificateReader, type SeenCertificate} from '../../src/proof/seen-certificate.ts';

/** What Go's own crypto/x509 said of a few hundred cases; `fixtures/judge.go` tells how that was asked. */
interface Verdicts {
  readonly go: string;
  readonly now: string;
  readonly certificates: readonly string[];
  readonly cases: readonly {
    readonly leaf: number;
    readonly along: readonly number[];
    readonly anchors: readonly number[];
    readonly usage: Usage;
    /** `''` = no name is looked for. */
    readonly host: string;
    /** `''` = accepted. */
    readonly said: string;
  }[];
}

const verdicts = JSON.parse(
  readFileSync(new URL('fixtures/go-verdicts.json', import.meta.url), 'utf8'),
) as unknown as Verdicts;
const read = certificateReader();
const seen = verdicts.certificates.map((pem): SeenCertificate => {
  const found = read(pem);
  const [certificate] = 'says' in found ? [] : found;
  return certificate ?? expect.fail('a certificate of the fixture cannot be read');
});

function at(index: number): SeenCertificate {
  return seen[index] ?? expect.fail(`no certificate ${index} in the fixture`);
}

function words({leaf, along, anchors, usage, host}: Verdicts['cases'][number]): string {
  const now = new Date(verdicts.now);
  const itself = leafRefusal(at(leaf), now)?.words ?? (host === '' ? undefined : nameFault(at(leaf), host)?.words);
  if (itself !== undefined) return itself;
  const found = chainRefusal(at(leaf), {anchors: anchors.map(at), along: along.map(at), now}, usage);
  return 'refusal' in found ? found.refusal.words : '';
}

describe(`what ${verdicts.go} says is said here`, () => {
  test.each(
    [...Map.groupBy(verdicts.cases, ({said}) => said.replace(/^x509: /, '').slice(0, 24))].map(
      ([beginning, cases]) => ({beginning: beginning || 'nothing against it', cases}),
    ),
  )('$beginning…', ({cases}) => {
    expect(cases.map(words)).toEqual(cases.map(({said}) => said));
  });

  test('of accepted ones and of refused ones, for every reason', () => {
    const said = verdicts.cases.map((each) => each.said).join('\n');
    expect(verdicts.cases.filter((each) => each.said === '').length).toBeGreaterThan(30);
    const reasons = [
      'is after',
      'is before',
      'incompatible key usage',
      'legacy Common Name',
      'not valid for any names',
      "doesn't contain any IP SANs",
      'crypto/rsa: verification error',
      'ECDSA verification failure',
      'parent certificate cannot sign',
    ];
    expect(reasons.filter((reason) => !said.includes(reason))).toEqual([]);
  });
});
