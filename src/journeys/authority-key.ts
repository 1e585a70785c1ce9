import {Failure} from '../base/failure.ts';
import {certificatesIn} from '../base/pem.ts';
import {Secret} from '../base/secret.ts';
import {readBytes} from '../node/read-file.ts';
import type {AuthorityId, PassphraseSource} from '../pki/plan.ts';
import {publicKeyOf} from '../x509/inspect.ts';
import {needsPassphrase, readPrivateKey, samePublicKey} from '../x509/keys.ts';

/** How to get at the private key of an authority. */
export interface KeyOpening {
  /** Absolute; undefined = it lies beside the authority's certificate. */
  readonly key: string | undefined;
  /** A file's path is absolute. */
  readonly passphrase: PassphraseSource | undefined;
  readonly environment: (name: string) => string | undefined;
  /** Asks a person; undefined = nobody is there. */
  readonly ask: ((authority: AuthorityId) => Promise<Secret>) | undefined;
}

/** An authority that can sign here. */
export interface ReadyAuthority {
  /** What it is called in messages. */
  readonly name: string;
  /** One PEM certificate: the one that the key belongs to. */
  readonly certificate: string;
  /** Without passphrase. */
  readonly key: Secret;
}

/**
 * @param certificates PEM of one or, while an authority is replaced, several
 * @param path where the key is expected when nothing else is said
 * @throws Failure `authority-key-missing`, `key-does-not-match`, `passphrase-needed`, `passphrase-wrong`, `key-unreadable`
 */
export async function openAuthority(
  name: string,
  certificates: string,
  path: string,
  opening: KeyOpening,
): Promise<ReadyAuthority> {
  const from = opening.key ?? path;
  const text = await textAt(from);
  if (text === undefined) throw keyMissing(name, from);
  const secret = new Secret(text);
  const passphrase = needsPassphrase(secret) ? await passphraseFor(name, from, opening) : undefined;
  const {privateKey, publicKey} = readPrivateKey(secret, passphrase, from);
  const certificate = certificatesIn(certificates).find((pem) => samePublicKey(publicKeyOf(pem, name), publicKey));
  if (certificate === undefined) {
    throw new Failure('key-does-not-match', `${from} is not the key of ${name}`, {
      nextSteps: ['name the key that belongs to this certificate: --key FILE'],
    });
  }
  return {name, certificate, key: privateKey};
}

/** undefined = there is no such file. */
export async function textAt(path: string): Promise<string | undefined> {
  try {
    return (await readBytes(path)).toString('utf8');
  } catch (error) {
    if (error instanceof Failure && error.code === 'file-missing') return undefined;
    throw error;
  }
}

async function passphraseFor(name: string, from: string, {passphrase, environment, ask}: KeyOpening): Promise<Secret> {
  if (passphrase === undefined) {
    if (ask !== undefined) return ask(name);
    throw new Failure('passphrase-needed', `${from} is encrypted, and nobody is there to be asked for its passphrase`, {
      nextSteps: ['say where the passphrase is: --passphrase-file FILE or --passphrase-env NAME'],
    });
  }
  // A trailing line break belongs to the editor, not to the passphrase.
  if ('file' in passphrase)
    return new Secret((await readBytes(passphrase.file)).toString('utf8').replace(/\r?\n$/, ''));
  const value = environment(passphrase.env);
  if (value !== undefined) return new Secret(value);
  throw new Failure('passphrase-needed', `the environment variable ${passphrase.env} is not set`, {
    nextSteps: [`set ${passphrase.env} to the passphrase of ${from}`],
  });
}

function keyMissing(name: string, path: string): Failure {
  return new Failure('authority-key-missing', `the key of ${name} is not here: there is no ${path}`, {
    nextSteps: [
      'where it is kept elsewhere, name it: --key FILE',
      'or have the cluster sign, with a kubeconfig that may ask it: --csr instead of --bundle or --root',
    ],
  });
}
