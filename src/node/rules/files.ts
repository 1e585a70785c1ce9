import {basename, dirname} from 'node:path';
import type {Problem} from '../../base/problem.ts';
import {type FileUser, isPutAside} from '../../pki/inventory.ts';
import {keyPathsOf} from '../key-paths.ts';
import {certificatesOf, doubtful, type Examination, placeText, wrong} from './rule.ts';

/** Files that flags name and that are not there, cannot be read, or hold nothing of use; keys that others may read. */
export function* files({holdings}: Examination): Iterable<Problem> {
  const hasKubeletKubeconfig = (flag: string): boolean =>
    holdings.some(
      ({found, users}) => found.ok && users.some((user) => user.component === 'kubelet' && user.flag === flag),
    );
  for (const {path, found, users, material, kubeconfig} of holdings) {
    const by = [...new Set(users.map(({component, flag}) => `${component} ${flag}`))].join(', ');
    const named = by === '' ? path : `${path} (${by})`;
    if (!found.ok) {
      // Before a node has joined there is the one, afterwards the other.
      const isOther =
        found.why === 'missing' &&
        users.every(
          ({flag}) =>
            (flag === '--bootstrap-kubeconfig' && hasKubeletKubeconfig('--kubeconfig')) ||
            (flag === '--kubeconfig' && hasKubeletKubeconfig('--bootstrap-kubeconfig')),
        );
      if (isOther || found.why === 'not permitted') continue;
      yield wrong(
        `file-${found.why.replaceAll(' ', '-')}`,
        path,
        `${named} is ${words[found.why]}`,
        by === '' ? 'remove it, or put the right file there' : 'put it back, or change the flag',
      );
      continue;
    }
    if (kubeconfig !== undefined) {
      for (const {code, severity, message, fix} of kubeconfig.config.problems) {
        yield (severity === 'error' ? wrong : doubtful)(
          code,
          path,
          `${named}: ${message}`,
          fix ?? 'mend the kubeconfig',
        );
      }
    } else if (material.length === 0) {
      yield wrong('file-empty', path, `${named} holds no certificate and no key`, 'put the right file there');
    }
    const form =
      users.length === 0 || kubeconfig !== undefined || material.length === 0 ? undefined : formOf(found.bytes);
    if (form !== undefined) {
      yield wrong(
        'file-not-pem',
        path,
        `${named} ${form.what}: it says "failed to find any PEM data"`,
        form.remedy(path),
      );
    }
    if (material.some(({kind}) => kind === 'encrypted-key') && users.some(({use}) => privateUses.has(use.holds))) {
      yield wrong(
        'key-encrypted',
        path,
        `${named} is encrypted, and no component asks for a passphrase`,
        `openssl pkey -in ${path} -out ${path}.plain, then move that in its place`,
      );
    }
    for (const item of material) {
      if (item.kind === 'unreadable') {
        yield wrong(
          'block-unreadable',
          path,
          `${named} holds a ${item.label} that cannot be read: ${item.why}`,
          'put the right file there',
        );
      }
    }
    const isSecret =
      kubeconfig !== undefined || material.some(({kind}) => kind === 'private-key' || kind === 'encrypted-key');
    if (isSecret && (found.mode & 0o077) !== 0 && !isPutAside({path})) {
      yield doubtful(
        'mode-too-open',
        path,
        `${path} can be read by others (mode 0${found.mode.toString(8)}), and it holds a key or a way in`,
        `chmod 600 ${path}`,
      );
    }
  }
}

const privateUses: ReadonlySet<FileUser['use']['holds']> = new Set(['key', 'signing-key', 'token-private-key']);

/** What is read here and not by Go, which takes PEM alone, and a block only where a line begins; undefined = PEM. */
function formOf(bytes: Buffer): {readonly what: string; readonly remedy: (path: string) => string} | undefined {
  const text = bytes.toString('latin1');
  if (/^-----BEGIN /m.test(text)) return undefined;
  return text.includes('-----BEGIN ')
    ? {
        what: 'has something before its first -----BEGIN on the same line, where components see no PEM',
        remedy: (path) =>
          `take away what stands there, an invisible byte order mark it may be: head -c 20 ${path} | od -c`,
      }
    : {
        what: 'is DER, and components read PEM alone',
        remedy: (path) => `openssl x509 -inform der -in ${path} -out ${path}.pem, then move that in its place`,
      };
}

/** Components, and no file of theirs at all: nothing was looked at, so nothing may be said to be well. */
export function* nothingHeld({components, holdings}: Examination): Iterable<Problem> {
  if (components.length === 0 || holdings.length > 0) return;
  const names = [...new Set(components.map(({component}) => component))].join(', ');
  yield doubtful(
    'no-certificate',
    '',
    `no certificate, key or kubeconfig of ${names} was found: no flag names one, and none lies where they usually do`,
    'see how it is started; what it reads may lie elsewhere, or it talks without TLS',
  );
}

const words = {
  missing: 'not there',
  'not a file': 'not a file',
  'too large': 'too large to be it',
  unreadable: 'not readable: the disk reports an error',
} as const;

/** What this user may not read, by folder: of that nothing can be said, and everything else may rest on it. */
export function* refused({holdings}: Examination): Iterable<Problem> {
  const all = new Set(holdings.filter(({found}) => !found.ok && found.why === 'not permitted').map(({path}) => path));
  // Where the folder is closed, what is in it goes without saying.
  const places = [...all].filter((path) => !foldersAbove(path).some((folder) => all.has(folder)));
  for (const [folder, paths] of Map.groupBy(places, (path) => dirname(path))) {
    const [only, ...others] = paths;
    yield wrong(
      'not-permitted',
      others.length === 0 && only !== undefined ? only : folder,
      others.length === 0
        ? `${only} may not be read by this user, so nothing is said of it`
        : `${paths.length} entries of ${folder} may not be read by this user, so nothing is said of them: ${paths.map((path) => basename(path)).join(', ')}`,
      'run it again with sudo',
    );
  }
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

/** A key that is not its certificate's: whoever loads the two says `private key does not match public key`. */
export function* pairs(examined: Examination): Iterable<Problem> {
  const {holdings} = examined;
  const seen = new Set<string>();
  for (const holding of holdings) {
    const leaf = certificatesOf(examined, holding).find(({at}) => at.place === 0);
    if (leaf === undefined || isPutAside(leaf.at)) continue;
    for (const path of keyPathsOf(examined, holding.path)) {
      const key = examined.holdingAt(path)?.material.find(({kind}) => kind === 'private-key');
      if (key === undefined || leaf.pin === undefined || key.pin === leaf.pin || seen.has(`${holding.path} ${path}`))
        continue;
      seen.add(`${holding.path} ${path}`);
      yield wrong(
        'key-does-not-match',
        holding.path,
        `${path} is not the key of ${placeText(leaf.at)}: whoever loads them says "private key does not match public key"`,
        `put back the two that were made together, or make a new pair: ${examined.renewal(leaf)}`,
      );
    }
  }
  for (const {path, kubeconfig} of holdings) {
    for (const {name, material} of kubeconfig?.users ?? []) {
      const [certificate, key] = [
        material.find(({kind}) => kind === 'certificate'),
        material.find(({kind}) => kind === 'private-key'),
      ];
      if (certificate?.pin === undefined || key?.pin === undefined || certificate.pin === key.pin) continue;
      yield wrong(
        'key-does-not-match',
        path,
        `the key of user ${name} in ${path} is not its certificate's: kubectl says "private key does not match public key"`,
        'write the kubeconfig anew',
      );
    }
  }
}
