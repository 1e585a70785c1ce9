import {cpSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {Secret} from '../../src/base/secret.ts';
import type {ComponentId, Usage} from '../../src/pki/blueprint-types.ts';
import {issuerFrom, makeCertificate} from '../../src/x509/certificate.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {openPrivateKey, readPrivateKey} from '../../src/x509/keys.ts';
import {encodeName} from '../../src/x509/names.ts';
import type {Bundle} from './bundle.ts';

const pki = '/etc/kubernetes/pki';

/** A copy of a node's files out of a bundle, with units that carry its flags, to be spoiled. Paths are the node's. */
export class SpoiledNode {
  readonly root: string;
  readonly #flags = new Map<ComponentId, string[]>();

  constructor(bundle: Bundle, node: string, name: string) {
    this.root = bundle.beside(name);
    cpSync(bundle.rootfs(node), this.root, {recursive: true, verbatimSymlinks: true});
    for (const component of ['etcd', 'kube-apiserver', 'kube-controller-manager'] as const) {
      this.#flags.set(component, readFileSync(bundle.flagsFile(node, component), 'utf8').trim().split('\n'));
      this.#writeUnit(component);
    }
  }

  flags(component: ComponentId): readonly string[] {
    return this.#flags.get(component) ?? [];
  }

  /** @param value undefined = the flag is left out */
  setFlag(component: ComponentId, name: string, value: string | undefined): void {
    const others = this.flags(component).filter((flag) => !flag.startsWith(`${name}=`));
    this.#flags.set(component, value === undefined ? others : [...others, `${name}=${value}`]);
    this.#writeUnit(component);
  }

  at(path: string): string {
    return join(this.root, path);
  }

  read(path: string): string {
    return readFileSync(this.at(path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), {recursive: true});
    writeFileSync(this.at(path), text, {mode: 0o600});
  }

  remove(path: string): void {
    rmSync(this.at(path));
  }

  /** A pair in the place of another one. */
  copyPair(from: string, to: string): void {
    for (const ending of ['crt', 'key']) this.write(`${pki}/${to}.${ending}`, this.read(`${pki}/${from}.${ending}`));
  }

  /** A leaf with the key and names it has, signed anew with other dates or usages. */
  async reissue(path: string, authority: string, wish: LeafWish): Promise<void> {
    const key = this.read(path.replace(/\.crt$/, '.key'));
    this.write(path, await this.#reissued(this.read(path), key, authority, wish));
  }

  /** The same for the one certificate in a kubeconfig. */
  async reissueIn(path: string, authority: string, wish: LeafWish): Promise<void> {
    const text = this.read(path);
    const data = (name: string): string => new RegExp(`${name}: (\\S+)`).exec(text)?.[1] ?? '';
    const [certificate, key] = ['client-certificate-data', 'client-key-data'].map((name) =>
      Buffer.from(data(name), 'base64').toString(),
    );
    const made = await this.#reissued(certificate ?? '', key ?? '', authority, wish);
    this.write(path, text.replace(data('client-certificate-data'), Buffer.from(made).toString('base64')));
  }

  async #reissued(certificate: string, key: string, authority: string, wish: LeafWish): Promise<string> {
    const {subject, usages, sans} = inspectCertificate(certificate);
    const made = await makeCertificate(
      {
        subject: encodeName({commonName: subject.commonName, organizations: subject.organizations}),
        publicKey: readPrivateKey(new Secret(key)).publicKey,
        isAuthority: false,
        usages: wish.usages ?? usages,
        sans: sans.flatMap(({type, value}) => (type === 'dns' || type === 'ip' ? [{type, value}] : [])),
        validity: 24,
      },
      issuerFrom(
        this.read(`${pki}/${authority}.crt`),
        openPrivateKey(new Secret(this.read(`${pki}/${authority}.key`))),
      ),
      wish.at ?? new Date(),
    );
    return made.certificate;
  }

  #writeUnit(component: ComponentId): void {
    const words = [`/usr/bin/${component}`, ...this.flags(component)].join(' \\\n  ');
    this.write(`/etc/systemd/system/${component}.service`, `[Service]\nExecStart=${words}\n`);
  }
}

export interface LeafWish {
  /** When it is signed; it then lasts a day. */
  readonly at?: Date;
  readonly usages?: readonly Usage[];
}
