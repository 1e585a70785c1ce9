import type {Blueprint, PlannedConnection, Trust} from '../../pki/blueprint-types.ts';
import {trustRows} from '../../pki/trusts.ts';
import type {CallWords} from './quiz-words.ts';

/** A connection as a question tells it. */
export function callOf(connection: PlannedConnection, blueprint: Blueprint): CallWords {
  const {caller, provider, host, port} = connection;
  return {
    caller: caller.component,
    kubeconfig: kubeconfigOf(connection, blueprint),
    isInPod: fromPods.has(connection.id),
    provider: provider.component,
    at: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
  };
}

/** Calls of programs whose name does not say that they run in a pod. */
const fromPods: ReadonlySet<string> = new Set(['kube-proxy-pod-to-apiserver', 'metrics-server-to-kubelet']);

/** The file's name alone: two kubeconfigs of one caller are two different calls. */
function kubeconfigOf({credential, caller}: PlannedConnection, blueprint: Blueprint): string | undefined {
  const path =
    'from' in credential
      ? credential.from.kind === 'kubeconfig' && credential.from.path
      : caller.component === 'kubelet' && bootstrapPath(caller.node, blueprint);
  return path === false ? undefined : path?.split('/').at(-1);
}

function bootstrapPath(node: string | undefined, {kubeconfigs, files}: Blueprint): string | undefined {
  const own = kubeconfigs.find((each) => each.node === node && each.credential.kind === 'bootstrap-token');
  return files.find(({content}) => content.kind === 'kubeconfig' && content.kubeconfig === own?.name)?.path;
}

/** The catalogue's id of a planned certificate. */
export function rowIdOf(certificate: string, {certificates}: Blueprint): string {
  const found = certificates.find(({name}) => name === certificate);
  if (found === undefined) throw new TypeError(`no certificate ${certificate} in the blueprint`);
  return found.id;
}

/** Where a path of the bundle lies on its node; of what lies on none, the bundle's own. */
export function placeOf(path: string, {files}: Blueprint): string {
  return files.find((file) => file.path === path)?.target ?? path;
}

/** Whose flag it is: pods get a file that the controller manager's flag names, and aggregated APIs one of the API server's. */
export function trustOwner(component: string, {by}: Trust): string {
  const owners = trustRows.filter(({flag}) => flag === by).map((row) => row.component);
  const [first = component] = owners;
  return owners.some((owner) => owner === component) ? component : first;
}

/** The flag or setting that an end verifies with, or the kubeconfig that embeds it: the same in every language. */
export function trustName({by, from}: Trust): string {
  return from.kind === 'file' ? by : `certificate-authority-data (${from.path.split('/').at(-1)})`;
}
