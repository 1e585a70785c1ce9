import type {Problem} from '../../base/problem.ts';
import {isPutAside} from '../../pki/inventory.ts';
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
      if (isOther) continue;
      yield found.why === 'not permitted'
        ? wrong('not-permitted', path, `${named} may not be read by this user`, 'run it again with sudo')
        : wrong(
            `file-${found.why.replaceAll(' ', '-')}`,
            path,
            `${named} is ${words[found.why]}`,
            'put it back, or change the flag',
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

const words = {
  missing: 'not there',
  'not a file': 'not a file',
  'too large': 'too large to be it',
  unreadable: 'not readable: the disk reports an error',
} as const;

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
        'put back the two that were made together, or issue the certificate anew',
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

/** Where the key of a certificate file is: where the partner flag says, the file itself, or the same name with `.key`. */
function keyPathsOf({components, holdingAt}: Examination, path: string): readonly string[] {
  const holding = holdingAt(path);
  const partners = (holding?.users ?? []).flatMap(({component, use}) => {
    if (use.holds !== 'certificate' && use.holds !== 'signing-certificate') return [];
    return components
      .filter((found) => found.component === component)
      .flatMap((found) => {
        const named = found.flags.get(use.partner)?.at(-1) ?? found.settings.get(use.partner);
        return named === undefined ? [] : [found.onNode(named)];
      });
  });
  return [...new Set([...partners, path, path.replace(/\.(crt|pem)$/, '.key')])];
}
