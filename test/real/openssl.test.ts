import {X509Certificate} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {beforeAll, describe, expect, test} from 'vitest';
import {normalizeAddress} from '../../src/base/address.ts';
import {certificatesIn} from '../../src/base/pem.ts';
import type {AuthorityEntry, BundleJson, CertificateEntry} from '../../src/bundle/bundle-json.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import type {Subject, Usage} from '../../src/pki/blueprint-types.ts';
import type {KeyAlgorithm} from '../../src/pki/plan.ts';
import {Bundle} from '../helpers/bundle.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {openssl} from '../helpers/openssl.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

/** Every certificate of every preset, with each kind of key, as OpenSSL reads and verifies it. */

const algorithms = {
  'RSA-2048': {key: ['rsaEncryption', 'Public-Key: (2048 bit)'], signature: 'sha256WithRSAEncryption'},
  'ECDSA-P256': {key: ['id-ecPublicKey', 'NIST CURVE: P-256'], signature: 'ecdsa-with-SHA256'},
  'ECDSA-P384': {key: ['id-ecPublicKey', 'NIST CURVE: P-384'], signature: 'ecdsa-with-SHA384'},
} as const satisfies Partial<Record<KeyAlgorithm, object>>;

const purposes = {'server auth': 'sslserver', 'client auth': 'sslclient'} as const;

describe.each(presetNames)('%s', (preset) => {
  describe.each(Object.keys(algorithms) as (keyof typeof algorithms)[])('with %s', (algorithm) => {
    const closing = closeAfterAll();
    let bundle: Bundle;
    let index: BundleJson;
    /** Fingerprint → a file with that certificate alone. */
    const files = new Map<string, string>();

    beforeAll(async () => {
      bundle = closing(await Bundle.of(presetPlan(preset, `keys.algorithm=${algorithm}`)));
      index = JSON.parse(await bundle.read('bundle.json')) as BundleJson;
      for (const path of await bundle.list()) {
        for (const pem of await certificatesAt(path)) {
          const fingerprint = fingerprintOf(pem);
          const file = bundle.beside(`${fingerprint}.crt`);
          if (!files.has(fingerprint)) writeFileSync(file, pem);
          files.set(fingerprint, file);
        }
      }
    }, 120_000);

    /** Every certificate that a file holds, embedded ones too. */
    async function certificatesAt(path: string): Promise<readonly string[]> {
      const text = await bundle.read(path);
      if (!/^kind: Config$/m.test(text)) return certificatesIn(text);
      const {clusters, users} = readKubeconfig(text);
      return [...clusters.map((one) => one.certificateAuthority), ...users.map((one) => one.certificate)].flatMap(
        (held) => (held?.kind === 'embedded' ? held.certificates : []),
      );
    }

    function fileOf({fingerprint}: {readonly fingerprint: string}): string {
      return files.get(fingerprint) ?? expect.fail(`no file holds ${fingerprint}`);
    }

    function authority(id: string): AuthorityEntry {
      return index.authorities.find((one) => one.id === id) ?? expect.fail(`no authority ${id}`);
    }

    /** An authority and those above it, the root last. */
    function ascent(id: string): AuthorityEntry[] {
      const here = authority(id);
      return here.issuer === null || here.issuer === id ? [here] : [here, ...ascent(here.issuer)];
    }

    test('the index knows every certificate that lies anywhere', () => {
      const known = [...index.authorities, ...index.certificates].map(({fingerprint}) => fingerprint);
      expect([...files.keys()].toSorted()).toEqual(known.toSorted());
    });

    test('openssl verify accepts each for its purpose, from the authority alone and from the root', () => {
      const groups = Map.groupBy(
        index.certificates.flatMap((leaf) => leaf.usages.map((usage) => ({leaf, usage}))),
        ({leaf, usage}) => `${leaf.issuer} ${usage}`,
      );
      expect(groups.size).toBeGreaterThanOrEqual(2);
      for (const group of groups.values()) {
        const [{leaf, usage} = expect.fail()] = group;
        const leaves = group.map((one) => fileOf(one.leaf));
        const ways = ascent(leaf.issuer);
        const root = ways.at(-1) ?? expect.fail();
        const between = ways.slice(0, -1).flatMap((one) => ['-untrusted', fileOf(one)]);
        const words = ['verify', '-x509_strict', '-no-CApath', '-no-CAstore', '-purpose', purposes[usage]];
        const said = leaves.map((file) => `${file}: OK\n`).join('');
        expect(openssl([...words, '-CAfile', fileOf(root), ...between, ...leaves])).toBe(said);
        expect(openssl([...words, '-partial_chain', '-CAfile', fileOf(authority(leaf.issuer)), ...leaves])).toBe(said);
      }
    });

    test('openssl verify accepts what a server presents with the file of the one who verifies it', async () => {
      const connections = bundle.blueprint.connections.filter(({presents}) => 'certificate' in presents);
      const tried = new Set<string>();
      for (const {presents, callerTrusts} of connections) {
        if (!('from' in presents) || !('from' in callerTrusts)) continue;
        const shown = (
          await certificatesAt('path' in presents.from ? presents.from.path : presents.from.certificate)
        ).join('');
        const trusted = (await certificatesAt(callerTrusts.from.path)).join('');
        if (tried.has(shown + trusted)) continue;
        tried.add(shown + trusted);
        const [shownFile, trustedFile] = [bundle.beside('shown.crt'), bundle.beside('trusted.crt')];
        writeFileSync(shownFile, shown);
        writeFileSync(trustedFile, trusted);
        const words = ['verify', '-partial_chain', '-purpose', 'sslserver', '-CAfile', trustedFile];
        expect(openssl([...words, '-untrusted', shownFile, shownFile])).toBe(`${shownFile}: OK\n`);
      }
      expect(tried.size).toBeGreaterThan(0);
    });

    test('openssl x509 -text reads in each what the plan says', () => {
      const keyIdentifiers = new Map<string, string>();
      const entries = [...index.authorities, ...index.certificates];
      const readings = readAll(entries.map(fileOf));
      expect(readings).toHaveLength(entries.length);
      for (const [at, entry] of entries.entries()) {
        const reading = readings[at] ?? expect.fail();
        const {id, ...planned} = plannedOf(entry);
        const issuer = authority(entry.issuer ?? '');
        if (!('name' in entry)) keyIdentifiers.set(id, reading.extensions['Subject Key Identifier'] ?? 'none');
        expect(reading, 'name' in entry ? entry.name : id).toEqual({
          version: '3 (0x2)',
          serial: BigInt(`0x${entry.serial}`),
          signature: algorithms[algorithm].signature,
          issuer: nameText(issuer.subject),
          subject: nameText(planned.subject),
          notBefore: entry.notBefore,
          notAfter: entry.notAfter,
          key: algorithms[algorithm].key,
          extensions: {
            ...('name' in entry
              ? {
                  'Key Usage': 'critical Digital Signature, Key Encipherment',
                  'Basic Constraints': 'critical CA:FALSE',
                  'Extended Key Usage': entry.usages.map((usage) => extendedUsages[usage]).join(', '),
                }
              : {
                  'Key Usage': 'critical Digital Signature, Key Encipherment, Certificate Sign',
                  'Basic Constraints': 'critical CA:TRUE',
                  'Subject Key Identifier': expect.stringMatching(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/),
                }),
            // The issuer's own bytes, never computed anew.
            ...(issuer === entry ? {} : {'Authority Key Identifier': keyIdentifiers.get(issuer.id)}),
            ...(planned.sans.length === 0
              ? {}
              : {'Subject Alternative Name': planned.sans.map(({type, value}) => `${type} ${value}`).toSorted()}),
          },
        });
      }
    });

    function plannedOf(entry: AuthorityEntry | CertificateEntry) {
      const {authorities, certificates} = bundle.blueprint;
      const planned =
        'name' in entry
          ? certificates.find(({name}) => name === entry.name)
          : authorities.find(({id}) => id === entry.id);
      return planned ?? expect.fail(`${entry.id} was not planned`);
    }
  });
});

function fingerprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
}

const extendedUsages = {
  'server auth': 'TLS Web Server Authentication',
  'client auth': 'TLS Web Client Authentication',
} as const satisfies Record<Usage, string>;

/** Go writes all organizations as one part of a name. */
function nameText({organizations, commonName}: Subject): string {
  const organization = organizations.map((name) => `O=${name}`).join('+');
  return [...(organization === '' ? [] : [organization]), `CN=${commonName}`].join(',');
}

/** One process reads them all: `openssl x509` takes one file at a time, and its start is most of its time. */
function readAll(files: readonly string[]) {
  const [first = expect.fail('no certificate')] = files;
  const together = `${first}.all`;
  writeFileSync(together, files.map((file) => readFileSync(file, 'utf8')).join(''));
  const readings = openssl(['storeutl', '-noout', '-text', '-certs', together])
    .split(/^\d+: Certificate\n/m)
    .slice(1)
    .map(reading);
  expect(readings[0]).toEqual(reading(openssl(['x509', '-noout', '-text', '-in', first])));
  return readings;
}

/** The text of a certificate as facts; whatever OpenSSL calls an extension's name has one, so none is overlooked. */
function reading(text: string) {
  const line = (start: string) => new RegExp(`^ *${start} ?: *(.*)$`, 'm').exec(text)?.[1]?.trim();
  const date = (start: string) => new Date(line(start) ?? '').toISOString().replace('.000Z', 'Z');
  const extensions = [...text.matchAll(/^ {12}(?:X509v3 )?(\S.*): *(critical)?\n {16}(.*)$/gm)];
  return {
    version: line('Version'),
    serial: BigInt(`0x${/Serial Number:\s*(?:\d+ \(0x)?([0-9a-f:]+)/.exec(text)?.[1]?.replaceAll(':', '') ?? ''}`),
    signature: line('Signature Algorithm'),
    issuer: compactName(line('Issuer')),
    subject: compactName(line('Subject')),
    notBefore: date('Not Before'),
    notAfter: date('Not After'),
    key: [line('Public Key Algorithm'), /Public-Key: \(2048 bit\)|NIST CURVE: \S+/.exec(text)?.[0]],
    extensions: Object.fromEntries(
      extensions.map(([, name = '', critical, value = '']) => [
        name,
        name === 'Subject Alternative Name'
          ? value.split(', ').map(shortSan).toSorted()
          : [critical, value.trim().replace('keyid:', '')].filter((part) => part !== undefined).join(' '),
      ]),
    ) as Record<string, string> & Record<'Subject Alternative Name', readonly string[]>,
  };
}

/** OpenSSL 3.2 writes `O=a, CN=b`, older ones `O = a, CN = b`. */
function compactName(text = ''): string {
  return text.replaceAll(/ ?(=|\+|,) ?/g, '$1');
}

function shortSan(text: string): string {
  const [, kind, value = ''] = /^(DNS|IP Address):(.*)$/.exec(text) ?? [];
  return kind === 'DNS' ? `dns ${value}` : `ip ${normalizeAddress(value) ?? text}`;
}
