import {problem, warning, type Problem} from '../base/problem.ts';
import type {KubeconfigCluster, KubeconfigUser} from '../kubeconfig/kubeconfig.ts';
import type {PlannedKubeconfig} from '../pki/blueprint-types.ts';
import type {Bench} from './bench.ts';
import {checkCertificate, checkKey, checkTrusted} from './check-certificates.ts';

/** A kubeconfig held against the plan: where it leads, what it trusts, and who it is. */
export async function checkKubeconfigFile(path: string, name: string, bench: Bench): Promise<readonly Problem[]> {
  const planned = bench.planned.kubeconfigs.get(name);
  const kubeconfig = await bench.view.kubeconfig(path);
  if (planned === undefined || 'kind' in kubeconfig) return [];
  if (kubeconfig.problems.length > 0) {
    return kubeconfig.problems.map((each) => ({...each, at: {...each.at, path}, message: `${path}: ${each.message}`}));
  }
  const context = kubeconfig.contexts.find(({name: each}) => each === kubeconfig.currentContext);
  const cluster = kubeconfig.clusters.find(({name: each}) => each === context?.cluster);
  const user = kubeconfig.users.find(({name: each}) => each === context?.user);
  if (context === undefined || cluster === undefined || user === undefined) {
    return [
      problem(
        'no-context',
        path,
        `${path} has no current context with a cluster and a user: who uses it reaches nothing`,
        `kubectl --kubeconfig ${path} config use-context ${planned.contextName}`,
      ),
    ];
  }
  return [
    ...checkNames(path, planned, {context: context.name, cluster: cluster.name, user: user.name}),
    ...checkCluster(path, planned, cluster, bench),
    ...checkUser(path, planned, user, bench),
  ];
}

function checkNames(
  path: string,
  {contextName, clusterName, user}: PlannedKubeconfig,
  found: {readonly context: string; readonly cluster: string; readonly user: string},
): readonly Problem[] {
  return [
    ['context', found.context, contextName] as const,
    ['cluster', found.cluster, clusterName] as const,
    ['user', found.user, user] as const,
  ].flatMap(([what, has, wanted]) =>
    has === wanted
      ? []
      : [
          warning(
            'name-differs',
            path,
            `${path} calls its ${what} ${JSON.stringify(has)}, not ${JSON.stringify(wanted)}`,
          ),
        ],
  );
}

function checkCluster(
  path: string,
  planned: PlannedKubeconfig,
  cluster: KubeconfigCluster,
  bench: Bench,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (cluster.server !== planned.server) {
    problems.push(
      problem(
        'server-differs',
        path,
        `${path} leads to ${cluster.server ?? 'nowhere'}, not to ${planned.server}`,
        'correct the server, or the plan',
      ),
    );
  }
  if (cluster.skipsVerification) {
    problems.push(
      problem(
        'verification-skipped',
        path,
        `${path} says insecure-skip-tls-verify: whoever answers at ${planned.server} is believed, and is shown the credential`,
        'remove insecure-skip-tls-verify',
      ),
    );
  }
  if (cluster.tlsServerName !== undefined) {
    problems.push(
      warning(
        'server-name-set',
        path,
        `${path} looks for the name ${cluster.tlsServerName} in the API server's certificate, whatever address it dials`,
        'remove tls-server-name if the certificate has the right names',
      ),
    );
  }
  return [...problems, ...checkAuthority(path, planned, cluster.certificateAuthority, bench)];
}

function checkAuthority(
  path: string,
  {trusts}: PlannedKubeconfig,
  authority: KubeconfigCluster['certificateAuthority'],
  bench: Bench,
): readonly Problem[] {
  switch (authority?.kind) {
    case 'embedded': {
      const seen = bench.view.certificates(authority.certificates.join(''));
      return 'says' in seen
        ? [problem('certificate-unreadable', path, `the authority in ${path} cannot be read: ${seen.says}`)]
        : checkTrusted(path, trusts, seen, bench);
    }
    case 'file':
      return [notEmbedded(path, 'authority', authority.path)];
    case undefined:
      return [
        problem(
          'authority-missing',
          path,
          `${path} holds no authority: the API server's certificate is refused`,
          `put authorities/${trusts[0] ?? ''}.crt into certificate-authority-data, in base64`,
        ),
      ];
    default:
      return authority satisfies never;
  }
}

function checkUser(
  path: string,
  {credential}: PlannedKubeconfig,
  user: KubeconfigUser,
  bench: Bench,
): readonly Problem[] {
  switch (credential.kind) {
    case 'certificate':
      return checkClientCertificate(path, credential.certificate, user, bench);
    case 'bootstrap-token':
      return checkToken(path, user, bench);
    default:
      return credential satisfies never;
  }
}

function checkClientCertificate(
  path: string,
  name: string,
  {certificate, key}: KubeconfigUser,
  bench: Bench,
): readonly Problem[] {
  if (certificate === undefined || key === undefined) {
    return [
      problem(
        'credential-missing',
        path,
        `${path} has no ${certificate === undefined ? 'client certificate' : 'client key'}: the API server takes its user for nobody`,
        'issue it anew',
      ),
    ];
  }
  if (certificate.kind === 'file') return [notEmbedded(path, 'client certificate', certificate.path)];
  if (key.kind === 'file') return [notEmbedded(path, 'client key', key.path)];
  const seen = bench.view.certificates(certificate.certificates.join(''));
  if ('says' in seen) {
    return [problem('certificate-unreadable', path, `the client certificate in ${path} cannot be read: ${seen.says}`)];
  }
  return [...checkCertificate(path, name, seen, bench), ...checkKey(path, key.secret, seen[0], name)];
}

function checkToken(path: string, {token}: KubeconfigUser, {bootstrapToken}: Bench): readonly Problem[] {
  if (token?.kind === 'file') return [notEmbedded(path, 'token', token.path)];
  if (token === undefined || !/^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(token.secret.reveal())) {
    return [
      problem(
        'token-missing',
        path,
        `${path} holds no bootstrap token: the kubelet cannot ask for a certificate`,
        'make one: certwright token create',
      ),
    ];
  }
  return bootstrapToken === undefined || bootstrapToken.reveal() === token.secret.reveal()
    ? []
    : [
        problem(
          'token-differs',
          path,
          `${path} holds another bootstrap token than the first one of the bundle: the API server will know only one`,
          'issue the bundle anew',
        ),
      ];
}

function notEmbedded(path: string, what: string, file: string): Problem {
  return warning(
    'not-embedded',
    path,
    `${path} names the file ${file} for its ${what} instead of holding it: it works only where that file is`,
  );
}
