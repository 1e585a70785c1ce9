import {writeFile} from 'node:fs/promises';
import type {Bundle} from './bundle.ts';
import type {ControlPlane} from './control-plane.ts';
import type {Pair} from './intruder.ts';
import {openssl} from './openssl.ts';

/**
 * A key and a request for it, as a file that kubectl takes; the pair's certificate is a place that is empty yet.
 *
 * @param subject as openssl takes it: `/O=readers/CN=jane`
 */
export async function makeRequest(
  bundle: Bundle,
  name: string,
  subject: string,
  signerName: string,
): Promise<Pair & {readonly document: string}> {
  const key = bundle.beside(`${name}.key`);
  const document = bundle.beside(`${name}.json`);
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-subj', subject];
  const request = openssl(['req', '-new', ...made]);
  const usages = ['digital signature', 'key encipherment', 'client auth'];
  const spec = {request: Buffer.from(request).toString('base64'), signerName, usages};
  const wish = {apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: {name}, spec};
  await writeFile(document, JSON.stringify(wish));
  return {key, certificate: bundle.beside(`${name}.crt`), document};
}

/** Comes back when the controller manager has signed it. */
export async function certificateOf(plane: ControlPlane, name: string): Promise<string> {
  return plane.controllerManager.until(`it has signed ${name}`, async () => {
    const {stdout} = await plane.kubectl('get', 'csr', name, '--output=jsonpath={.status.certificate}');
    return stdout === '' ? undefined : Buffer.from(stdout, 'base64').toString();
  });
}
