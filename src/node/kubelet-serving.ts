import {flagOf} from './found-component.ts';
import type {NodeFound} from './inventory.ts';
import {certificateFolders} from './kubelet-places.ts';

/** Files of a pair, absolute on the node; both may be in one. */
export interface ServingPair {
  readonly certificate: string;
  readonly key: string;
}

/**
 * What the kubelet of this node shows on its port: what it is told to, and else what it keeps itself, which it has asked the
 * cluster for or made (pkg/kubelet, `InitializeTLS` and the server's certificate manager). A flag is stronger than the
 * configuration file.
 *
 * @returns undefined = it has none yet, or there is no kubelet
 */
export function kubeletServing({
  components,
  holdings,
}: Pick<NodeFound, 'components' | 'holdings'>): ServingPair | undefined {
  const kubelets = components.filter(({component}) => component === 'kubelet');
  const told = (flag: string, setting: string): string | undefined =>
    kubelets.flatMap((found) => flagOf(found, flag) ?? found.settings.get(setting) ?? [])[0];
  const isThere = (path: string): boolean => holdings.some((holding) => holding.path === path && holding.found.ok);
  const folders = certificateFolders(
    components,
    holdings.map(({path}) => path),
  );
  const keptAs = (certificate: string, key: string): ServingPair | undefined => {
    const folder = folders.find((each) => isThere(`${each}/${certificate}`));
    return folder === undefined ? undefined : {certificate: `${folder}/${certificate}`, key: `${folder}/${key}`};
  };
  const asked = keptAs('kubelet-server-current.pem', 'kubelet-server-current.pem');
  const made = keptAs('kubelet.crt', 'kubelet.key');
  const [certificate, key] = [
    told('--tls-cert-file', 'tlsCertFile'),
    told('--tls-private-key-file', 'tlsPrivateKeyFile'),
  ];
  const named = certificate === undefined || key === undefined ? undefined : {certificate, key};
  const asks = told('--rotate-server-certificates', 'serverTLSBootstrap');
  if (asks === 'true') return asked ?? named;
  if (named !== undefined) return named;
  // Where its configuration may not be read, what lies there has to say it.
  const isKnown = asks !== undefined || kubelets.some(({settings}) => settings.size > 0);
  return isKnown ? made : (asked ?? made);
}
