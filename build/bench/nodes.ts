import {createPrivateKey, createPublicKey, generateKeyPairSync, generatePrimeSync, type KeyObject} from 'node:crypto';
import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import {indexBlueprint} from '../../src/report/blueprint-index.ts';
import {componentForm, formsOf} from '../../src/report/component-forms.ts';
import {issuerFrom, makeCertificate, type CertificateWish} from '../../src/x509/certificate.ts';
import {encodeName} from '../../src/x509/names.ts';
import {timeProgram} from './ratio.ts';

/**
 * A control-plane node as kubeadm lays it out, with the manifests of its static pods, in `root`.
 *
 * @param main the built program, which issues the files
 * @param bundle where no file is yet
 */
export async function makeControlPlaneNode(main: string, root: string, bundle: string): Promise<string> {
  const node = {name: 'cp-1', addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []} as const;
  const blueprint = makeBlueprint({...emptyPlan, nodes: [node]});
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), text);
  };
  put('plan.yaml', writePlan(blueprint.plan));
  await timeProgram(process.execPath, [
    main,
    'issue',
    '--no-proof',
    '--plan',
    join(root, 'plan.yaml'),
    '--out',
    bundle,
  ]);
  cpSync(join(bundle, 'nodes/cp-1/rootfs'), root, {recursive: true});
  const index = indexBlueprint(blueprint);
  for (const component of blueprint.components) {
    const form = formsOf(index, component).find((id) => id === 'static-pod');
    if (form === undefined) continue;
    const {path, text} = componentForm(index, component, form);
    put(path, text);
  }
  return root;
}

/**
 * A control-plane node whose pki folder holds so many pairs of certificate and key, each different, half of them RSA-2048
 * and half ECDSA-P256, of one RSA authority as kubeadm makes it.
 */
export async function makeCrowdedNode(root: string, pairs: number): Promise<string> {
  const pki = join(root, 'etc/kubernetes/pki');
  mkdirSync(pki, {recursive: true});
  const now = new Date();
  const {privateKey: key, publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
  const wish = (commonName: string, of: KeyObject, rest: Partial<CertificateWish> = {}): CertificateWish => ({
    subject: encodeName({commonName, organizations: ['bench']}),
    publicKey: of,
    isAuthority: false,
    usages: ['server auth', 'client auth'],
    sans: [
      {type: 'dns', value: commonName},
      {type: 'ip', value: '10.0.0.11'},
    ],
    validity: 8760,
    ...rest,
  });
  const authority = await makeCertificate(
    wish('kubernetes', publicKey, {isAuthority: true, usages: [], sans: [], validity: 87_600}),
    {itself: key},
    now,
  );
  writeFileSync(join(pki, 'ca.crt'), authority.certificate);
  const issuer = issuerFrom(authority.certificate, key);
  const rsaKeys = distinctRsaKeys();
  for (let index = 1; index <= pairs; index += 1) {
    const name = `client-${String(index).padStart(4, '0')}`;
    const leaf = index % 2 === 0 ? rsaKeys.next().value : generateKeyPairSync('ec', {namedCurve: 'P-256'}).privateKey;
    const {certificate} = await makeCertificate(wish(name, createPublicKey(leaf)), issuer, now);
    writeFileSync(join(pki, `${name}.crt`), certificate);
    const type = leaf.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1';
    writeFileSync(join(pki, `${name}.key`), leaf.export({type, format: 'pem'}), {mode: 0o600});
  }
  return root;
}

const exponent = 65_537n;

/**
 * RSA keys without end, each with a modulus of its own. Primes are what costs, so each is used with every other one: fifty
 * make 1,225 keys. Good for nothing but to be read.
 */
function* distinctRsaKeys(): Generator<KeyObject, never> {
  const primes: bigint[] = [];
  for (;;) {
    const prime = generatePrimeSync(1024, {bigint: true});
    if (prime % exponent === 1n) continue;
    for (const other of primes) yield rsaKey(prime, other);
    primes.push(prime);
  }
}

function rsaKey(p: bigint, q: bigint): KeyObject {
  const d = inverse(exponent, (p - 1n) * (q - 1n));
  const jwk = {n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p)};
  const fields = Object.entries(jwk).map(([name, value]) => {
    const hex = value.toString(16);
    return [name, Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')];
  });
  return createPrivateKey({format: 'jwk', key: {kty: 'RSA', ...Object.fromEntries(fields)}});
}

/** Of a number in a ring, by Euclid. */
function inverse(of: bigint, modulus: bigint): bigint {
  let [rest, next] = [modulus, of % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  return factor < 0n ? factor + modulus : factor;
}
