import {chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {type CertificateWish, issuerFrom, makeCertificate} from '../../src/x509/certificate.ts';
import {Secret} from '../../src/base/secret.ts';
import {openPrivateKey, readPrivateKey} from '../../src/x509/keys.ts';
import {encodeName} from '../../src/x509/names.ts';
import {kubeadmFile, layKubeadmFixture} from './kubeadm-fixture.ts';
import {temporaryFolder} from './temporary-folder.ts';

/** When the fixture was made, and when its leaves have ten months left. */
const fixtureBorn = new Date('2026-11-23T19:17:42Z');
export const fixtureNow = new Date('2027-01-01T00:00:00Z');

/** A node's files in a folder of their own, to be spoiled. Paths are the node's. */
export interface FixtureNode {
  readonly root: string;
  readonly at: (path: string) => string;
  readonly read: (path: string) => string;
  readonly write: (path: string, text: string, mode?: number) => void;
  /** Changes a text file; fails when there is nothing to change. */
  readonly edit: (path: string, from: string | RegExp, to: string) => void;
  /** Issues a leaf anew, with its own key and an authority of the node; what is not wished stays as it is given here. */
  readonly reissue: (path: string, authority: string, wish: LeafWish) => Promise<void>;
}

export interface LeafWish extends Partial<Pick<CertificateWish, 'usages' | 'sans' | 'validity'>> {
  readonly commonName: string;
  readonly organizations?: readonly string[];
  readonly now?: Date;
}

const pki = '/etc/kubernetes/pki';

/** The control-plane node that kubeadm 1.36 made, with the kubelet's certificate where it is after a start. */
export function fixtureNode(): FixtureNode {
  const root = temporaryFolder();
  layKubeadmFixture(root);
  const node = nodeIn(root);
  finishKubelet(node);
  return node;
}

/** A node's files in a folder that is there already. */
export function nodeIn(root: string): FixtureNode {
  const at = (path: string): string => join(root, path);
  const read = (path: string): string => readFileSync(at(path), 'utf8');
  const write = (path: string, text: string, mode = 0o600): void => {
    mkdirSync(dirname(at(path)), {recursive: true});
    writeFileSync(at(path), text);
    chmodSync(at(path), mode);
  };
  return {
    root,
    at,
    read,
    write,
    edit: (path, from, to) => {
      const before = read(path);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${path} holds nothing like ${String(from)}`);
      writeFileSync(at(path), after);
    },
    reissue: async (path, authority, {commonName, organizations = [], now = fixtureBorn, ...wish}) => {
      const key = readPrivateKey(new Secret(read(path.replace(/\.crt$/, '.key'))));
      const made = await makeCertificate(
        {
          subject: encodeName({commonName, organizations}),
          publicKey: key.publicKey,
          isAuthority: false,
          usages: [],
          sans: [],
          validity: 8760,
          ...wish,
        },
        issuerFrom(read(`${pki}/${authority}.crt`), openPrivateKey(new Secret(read(`${pki}/${authority}.key`)))),
        now,
      );
      writeFileSync(at(path), made.certificate);
    },
  };
}

/** `kubelet-finalize`, and what the kubelet writes itself. */
function finishKubelet({at, edit, read, write}: FixtureNode): void {
  const data = (key: string): string =>
    Buffer.from(
      new RegExp(`${key}: (\\S+)`).exec(read('/etc/kubernetes/kubelet.conf'))?.[1] ?? '',
      'base64',
    ).toString();
  const folder = '/var/lib/kubelet/pki';
  const current = `${folder}/kubelet-client-current.pem`;
  write(`${folder}/kubelet-client-2026-11-23-19-17-42.pem`, data('client-certificate-data') + data('client-key-data'));
  symlinkSync(`${folder}/kubelet-client-2026-11-23-19-17-42.pem`, at(current));
  edit('/etc/kubernetes/kubelet.conf', /client-certificate-data: \S+/, `client-certificate: ${current}`);
  edit('/etc/kubernetes/kubelet.conf', /client-key-data: \S+/, `client-key: ${current}`);
}

/** Puts a second file beside the first: `ca.crt` of another cluster, for one. */
export function copyFrom(node: FixtureNode, from: string, to: string): void {
  copyFileSync(node.at(from), node.at(to));
}

/** An authority of the same names as the fixture's, with other keys: the other fixture's. */
export function otherClusterFile(path: string): string {
  return kubeadmFile(path, 'kubeadm-1.36-ipv6');
}
