import {mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Secret} from '../../src/base/secret.ts';
import {issuerFrom, makeCertificate} from '../../src/x509/certificate.ts';
import {generateKeys, openPrivateKey} from '../../src/x509/keys.ts';
import {encodeName} from '../../src/x509/names.ts';

export const kubeletPki = '/var/lib/kubelet/pki';
export const currentPem = `${kubeletPki}/kubelet-client-current.pem`;

export interface KubeletPem {
  readonly node: string;
  readonly now: Date;
  /** Hours. */
  readonly validity: number;
  /** As the kubelet puts it into the name of the file. */
  readonly stamp: string;
}

/**
 * Puts a client certificate of a kubelet where the kubelet puts it.
 *
 * @param signer the root of a node where kubeadm's layout has the CA with its key
 * @returns where it lies, on the node
 */
export async function layKubeletPem(
  root: string,
  {node, now, validity, stamp}: KubeletPem,
  signer = root,
): Promise<string> {
  const pki = join(signer, '/etc/kubernetes/pki');
  const key = await generateKeys('ECDSA-P256');
  const {certificate} = await makeCertificate(
    {
      subject: encodeName({commonName: `system:node:${node}`, organizations: ['system:nodes']}),
      publicKey: key.publicKey,
      isAuthority: false,
      usages: ['client auth'],
      sans: [],
      validity,
    },
    issuerFrom(
      readFileSync(join(pki, 'ca.crt'), 'utf8'),
      openPrivateKey(new Secret(readFileSync(join(pki, 'ca.key'), 'utf8'))),
    ),
    now,
  );
  const path = `${kubeletPki}/kubelet-client-${stamp}.pem`;
  mkdirSync(join(root, kubeletPki), {recursive: true});
  writeFileSync(join(root, path), certificate + key.privateKey.reveal(), {mode: 0o600});
  rmSync(join(root, currentPem), {force: true});
  symlinkSync(path, join(root, currentPem));
  return path;
}

/** What a kubelet without a serving certificate makes for itself: a leaf, and behind it the authority that signed it. */
export async function layKubeletServing(
  root: string,
  {node, now}: {readonly node: string; readonly now: Date},
): Promise<void> {
  const [above, key] = [await generateKeys('RSA-2048'), await generateKeys('RSA-2048')];
  const asked = {sans: [], validity: 8760};
  const authority = await makeCertificate(
    {
      ...asked,
      subject: encodeName({commonName: `${node}-ca@1`, organizations: []}),
      publicKey: above.publicKey,
      isAuthority: true,
      usages: [],
    },
    {itself: above.signingKey},
    now,
  );
  const leaf = await makeCertificate(
    {
      ...asked,
      subject: encodeName({commonName: `${node}@1`, organizations: []}),
      publicKey: key.publicKey,
      isAuthority: false,
      usages: ['server auth'],
      sans: [{type: 'dns', value: node}],
    },
    issuerFrom(authority.certificate, above.signingKey),
    now,
  );
  mkdirSync(join(root, kubeletPki), {recursive: true});
  writeFileSync(join(root, kubeletPki, 'kubelet.crt'), leaf.certificate + authority.certificate);
  writeFileSync(join(root, kubeletPki, 'kubelet.key'), key.privateKey.reveal(), {mode: 0o600});
}
