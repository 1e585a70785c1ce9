import {basename} from 'node:path';
import {urlHost} from '../../base/address.ts';
import type {Problem} from '../../base/problem.ts';
import type {ComponentId} from '../../pki/blueprint-types.ts';
import type {FoundComponent} from '../found-component.ts';
import {certificatesOf, componentsNamed, doubtful, type Examination, filesOf} from './rule.ts';

/** Files that were renewed and processes that still show the old certificate. */
export function* restarts(examined: Examination): Iterable<Problem> {
  for (const {component, host, port, fingerprint, serial} of examined.served ?? []) {
    const flags = servingFlags(examined, component, port);
    const [leaf] = flags
      .flatMap((flag) => filesOf(examined, component, flag))
      .flatMap((holding) => certificatesOf(examined, holding)[0] ?? []);
    if (leaf === undefined || leaf.certificate.fingerprint === fingerprint) continue;
    yield doubtful(
      'served-differs',
      leaf.at,
      `${component} still shows another certificate on ${urlHost(host)}:${port} (serial ${serial}) than ${leaf.at.path} holds (serial ${leaf.certificate.serial})`,
      restartOf(examined, component),
    );
  }
}

/** What names the certificate that a port shows; a member of etcd has two. */
function servingFlags(examined: Examination, component: ComponentId, port: number): readonly string[] {
  switch (component) {
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-scheduler':
      return ['--tls-cert-file'];
    case 'kubelet':
      return ['tlsCertFile', '--tls-cert-file'];
    case 'etcd': {
      const peers = componentsNamed(examined, 'etcd').flatMap(({flags}) => flags.get('--listen-peer-urls') ?? []);
      const isPeer = peers.some((urls) => urls.split(',').some((url) => url.trim().endsWith(`:${port}`)));
      return [isPeer ? '--peer-cert-file' : '--cert-file'];
    }
    case 'kube-proxy':
      return [];
    default:
      return component satisfies never;
  }
}

/** A component that runs and whose port shows nothing: it has not come up, or something else holds the port. */
export function* closedDoors(examined: Examination): Iterable<Problem> {
  for (const {component, why} of examined.silent) {
    const running = componentsNamed(examined, component).find(({from}) => from.kind === 'process');
    if (running?.from.kind !== 'process') continue;
    const started = componentsNamed(examined, component).find(({from}) => from.kind !== 'process');
    yield doubtful(
      'port-silent',
      pathOf(started),
      `${component} runs (process ${running.from.pid}), and ${why}`,
      started?.from.kind === 'static-pod'
        ? `see its log: crictl logs $(crictl ps -aq --name ${component} | head -1)`
        : `see its log: journalctl -u ${unitOf(started, component)}`,
    );
  }
}

/** How it is started again, by what starts it. */
function restartOf(examined: Examination, component: ComponentId): string {
  const started = componentsNamed(examined, component).find(({from}) => from.kind !== 'process');
  return started?.from.kind === 'static-pod'
    ? `restart it: move ${started.from.path} out of its folder, wait until the container is gone, and move it back`
    : `systemctl restart ${unitOf(started, component)}`;
}

function unitOf(started: FoundComponent | undefined, component: ComponentId): string {
  return started?.from.kind === 'unit' ? basename(started.from.path, '.service') : component;
}

function pathOf(started: FoundComponent | undefined): string {
  return started === undefined || started.from.kind === 'process' ? '' : started.from.path;
}
