import type {ComponentId, PlannedComponent} from '../pki/blueprint-types.ts';
import {flagLines} from '../pki/flags.ts';
import type {Layout} from '../pki/layouts.ts';

/** What a service needs beside its flags. */
interface Service {
  /** Other units that it is started after, and wants. */
  readonly after: readonly string[];
  /** Lines of `[Service]`. */
  readonly lines: readonly string[];
}

const network = 'network-online.target';

/** etcd says when it is ready (contrib/systemd/etcd.service of its source); the others are started again until they are. */
const services: Readonly<Record<ComponentId, Service>> = {
  etcd: {after: [network], lines: ['Type=notify', 'Restart=always', 'RestartSec=10s', 'LimitNOFILE=40000']},
  'kube-apiserver': {after: [network], lines: ['Restart=on-failure', 'RestartSec=5s', 'LimitNOFILE=65536']},
  'kube-controller-manager': {after: [network], lines: ['Restart=on-failure', 'RestartSec=5s']},
  'kube-scheduler': {after: [network], lines: ['Restart=on-failure', 'RestartSec=5s']},
  kubelet: {after: [network, 'containerd.service'], lines: ['Restart=always', 'RestartSec=10s']},
  'kube-proxy': {after: [network], lines: ['Restart=on-failure', 'RestartSec=5s']},
};

/**
 * A unit that starts the component with exactly its flags, one a line.
 *
 * @param why what the component does, as a part of a sentence
 */
export function systemdUnit(
  {component, flags}: PlannedComponent,
  {programs}: Pick<Layout, 'programs'>,
  why: string,
): string {
  const {after, lines} = services[component];
  const words = [`${programs}/${component}`, ...flagLines(flags)].map(systemdWord);
  return [
    '[Unit]',
    `Description=${component}: ${why.replaceAll('%', '%%')}`,
    `Documentation=${component === 'etcd' ? 'https://etcd.io/docs/' : 'https://kubernetes.io/docs/'}`,
    `After=${after.join(' ')}`,
    `Wants=${after.join(' ')}`,
    '',
    '[Service]',
    `ExecStart=${words.join(' \\\n  ')}`,
    ...lines,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** A word of `ExecStart=`: systemd expands `%` and `$`, and reads quotes and backslashes (systemd.service, systemd.syntax). */
export function systemdWord(word: string): string {
  const literal = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /[\s"'\\;]/.test(literal)
    ? `"${literal.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"`
    : literal;
}
