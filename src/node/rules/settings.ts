import type {Problem} from '../../base/problem.ts';
import {isPutAside} from '../../pki/inventory.ts';
import {faultsOf} from '../../x509/faults.ts';
import type {Held} from '../held.ts';
import {identify} from '../identify.ts';
import {currentPem, kubeletPlaces} from '../kubelet-places.ts';
import {
  certificatesOf,
  componentsNamed,
  doubtful,
  type Examination,
  filesOf,
  leavesOf,
  placeText,
  valueOf,
  wrong,
} from './rule.ts';

/** A bundle where exactly one certificate may be: the controller manager exits at its next start. */
export function* signingFiles(examined: Examination): Iterable<Problem> {
  const flags = new Set(
    componentsNamed(examined, 'kube-controller-manager').flatMap(({flags: given}) =>
      [...given.keys()].filter((flag) => /^--cluster-signing-.*cert-file$/.test(flag)),
    ),
  );
  for (const flag of flags) {
    for (const holding of filesOf(examined, 'kube-controller-manager', flag)) {
      const many = certificatesOf(examined, holding).length;
      if (many < 2) continue;
      yield wrong(
        'signing-file-is-a-bundle',
        holding.path,
        `${holding.path} (${flag}) holds ${many} certificates: the controller manager keeps signing with the old one, and exits at its next start with "expected 1 certificate, found ${many}"`,
        'give it a file of its own with the one authority that signs',
      );
    }
  }
}

/** One authority for clients and for front proxies, with no names allowed: the API server of 1.36 does not start. */
export function* allowedNames(examined: Examination): Iterable<Problem> {
  const clients = filesOf(examined, 'kube-apiserver', '--client-ca-file').flatMap((each) =>
    certificatesOf(examined, each),
  );
  const proxies = filesOf(examined, 'kube-apiserver', '--requestheader-client-ca-file').flatMap((each) =>
    certificatesOf(examined, each),
  );
  const proxyAuthority = proxies[0];
  if (
    proxyAuthority === undefined ||
    (valueOf(examined, 'kube-apiserver', '--requestheader-allowed-names') ?? '') !== ''
  )
    return;
  const shared = proxies.some(({certificate}) =>
    clients.some((other) => other.certificate.fingerprint === certificate.fingerprint),
  );
  yield (shared ? wrong : doubtful)(
    'no-allowed-names',
    proxyAuthority.at,
    shared
      ? 'the API server takes clients and front proxies of one authority and names no allowed ones: every client may speak for any user, and from 1.36 on it does not start'
      : `every certificate of ${proxyAuthority.at.path} may speak for any user: the API server names no allowed ones`,
    'add --requestheader-allowed-names=front-proxy-client to the API server',
  );
}

/** The pair that signs service accounts' tokens: what is signed with one half must be verified with the other. */
export function* tokenKeys(examined: Examination): Iterable<Problem> {
  const pinsOf = (component: 'kube-apiserver' | 'kube-controller-manager', flag: string) =>
    filesOf(examined, component, flag).flatMap(({path, material}) =>
      material.flatMap(({pin}) => (pin === undefined ? [] : [{path, pin}])),
    );
  const known = new Set(pinsOf('kube-apiserver', '--service-account-key-file').map(({pin}) => pin));
  if (known.size === 0) return;
  const signing = [
    ...pinsOf('kube-apiserver', '--service-account-signing-key-file').map((key) => ({...key, by: 'the API server'})),
    ...pinsOf('kube-controller-manager', '--service-account-private-key-file').map((key) => ({
      ...key,
      by: 'the controller manager',
    })),
  ];
  for (const {path, pin, by} of signing) {
    if (known.has(pin)) continue;
    yield wrong(
      'token-key-differs',
      path,
      `${by} signs service accounts' tokens with ${path}, and the API server knows no such public key: "invalid bearer token, invalid signature"`,
      'put the public half of that key into the file of --service-account-key-file',
    );
  }
}

/** A kubelet whose client certificate is in its kubeconfig (kubeadm #1753): what it renews lies elsewhere. */
export function* kubelets(examined: Examination): Iterable<Problem> {
  // Before its first start there is nothing that it could have renewed.
  if (!examined.holdings.some(({path, found}) => found.ok && path.endsWith('/kubelet-client-current.pem'))) return;
  const places = kubeletPlaces(examined);
  if (places === undefined) return;
  for (const {path, kubeconfig} of filesOf(examined, 'kubelet', '--kubeconfig')) {
    const isEmbedded = kubeconfig?.config.users.some(({certificate}) => certificate?.kind === 'embedded') === true;
    if (!isEmbedded) continue;
    yield doubtful(
      'kubelet-certificate-embedded',
      path,
      `${path} holds the kubelet's certificate itself: the kubelet renews another file, reads this one when it starts, and does not start once it has ended`,
      `name ${currentPem(places)} as client-certificate and client-key there in place of the data, then restart the kubelet`,
    );
  }
}

/** A copy of admin.conf that was not renewed with it. */
export function* copies(examined: Examination): Iterable<Problem> {
  const admins = leavesOf(examined).filter(
    (leaf) => leaf.at.path.endsWith('/admin.conf') && identify(leaf) === 'admin',
  );
  for (const copy of leavesOf(examined)) {
    if (!copy.at.path.endsWith('/.kube/config')) continue;
    const original = admins.find(({certificate}) => certificate.subject.der.equals(copy.certificate.subject.der));
    if (original === undefined || original.certificate.notAfter <= copy.certificate.notAfter) continue;
    yield doubtful(
      'copy-is-stale',
      copy.at,
      `${placeText(copy.at)} is an older copy of ${original.at.path}: it ends ${copy.certificate.notAfter.toISOString().slice(0, 10)}, the other ${original.certificate.notAfter.toISOString().slice(0, 10)}`,
      `cp ${original.at.path} ${copy.at.path}`,
    );
  }
}

/** What a certificate has against itself: its key, its signature, its names. Dates are another rule's. */
export function* faults({certificates, now, renewal}: Examination): Iterable<Problem> {
  for (const held of certificates) {
    const {at, certificate} = held;
    if (isPutAside(at)) continue;
    for (const {code, severity, message, fix} of faultsOf(certificate, now, placeText(at))) {
      if (code === 'expired' || code === 'not-yet-valid') continue;
      const mended = certificate.isAuthority ? fix : renewed[code]?.(renewal, held);
      yield (severity === 'error' ? wrong : doubtful)(
        code,
        at,
        `${placeText(at)}: ${message}`,
        mended ?? fix ?? 'issue it anew',
      );
    }
  }
}

/** Faults that a renewal mends: it makes a key that is strong enough, signs with SHA-256 and counts from a new number. */
const renewed: Readonly<Record<string, (renewal: Examination['renewal'], held: Held) => string>> = {
  'key-weak': (renewal, held) => renewal(held),
  'signature-weak': (renewal, held) => renewal(held),
  'serial-not-positive': (renewal, held) => renewal(held),
  'no-names': (renewal, held) => renewal(held, {options: '--sans needed'}),
};
