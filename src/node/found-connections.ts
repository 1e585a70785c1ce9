import {endOfUrl} from '../base/address.ts';
import type {
  ConnectionEnd,
  EndId,
  NotVerified,
  PlannedConnection,
  PresentedFrom,
  Trust,
} from '../pki/blueprint-types.ts';
import type {KubeconfigId, TrustId} from '../pki/certificate.ts';
import {connectionRows, type ConnectionRow} from '../pki/connections.ts';
import type {FileUser} from '../pki/inventory.ts';
import {authorityPath, kubeconfigPath, layouts} from '../pki/layouts.ts';
import {trustRow} from '../pki/trusts.ts';
import {doorsOf, urlsOf} from './doors.ts';
import {componentOf} from './found-component.ts';
import type {Holding} from './holdings.ts';
import {authorityNamed, identify} from './identify.ts';
import type {NodeFound} from './inventory.ts';
import {kubeletServing} from './kubelet-serving.ts';
import {componentsNamed, valueOf} from './rules/rule.ts';

/**
 * The connections that a node has a part in: the catalogue's rows, each with the very files that this node's flags name.
 * Paths are the node's own. Longer than a page because rows find their two ends in different places.
 *
 * @param node what the node is called
 */
export function foundConnections(found: NodeFound, node: string): readonly PlannedConnection[] {
  const reader = new ConnectionReader(found, node);
  return connectionRows.flatMap((row) => reader.connectionsOf(row));
}

interface Host {
  readonly host: string;
  readonly port: number;
}

const elsewhere = 'it stands on another node';

class ConnectionReader {
  readonly #found: NodeFound;
  readonly #node: string;

  constructor(found: NodeFound, node: string) {
    this.#found = found;
    this.#node = node;
  }

  connectionsOf(row: ConnectionRow): readonly PlannedConnection[] {
    if (!this.#isHere(row.caller) && !this.#isHere(row.provider)) return [];
    // What a component of another node does with its own files, this node cannot know.
    if (componentOf(row.caller) !== undefined && !this.#isHere(row.caller) && row.id !== podProxy) return [];
    return this.#kubeconfigsOf(row).flatMap((kubeconfig) =>
      this.#hostsOf(row, kubeconfig).map((host): PlannedConnection => ({
        id: row.id,
        caller: this.#end(row.caller),
        provider: this.#end(row.provider),
        ...host,
        presents: this.#presents(row),
        callerTrusts: this.#callerTrusts(row, kubeconfig),
        credential: this.#credential(row, kubeconfig),
        providerTrusts: this.#providerTrusts(row),
        clientCertificate: row.clientCertificate,
        why: row.why,
      })),
    );
  }

  #isHere(end: EndId): boolean {
    const component = componentOf(end);
    return component !== undefined && componentsNamed(this.#found, component).length > 0;
  }

  #end(component: EndId): ConnectionEnd {
    const standsHere = this.#isHere(component) || component === 'kubectl' || component === 'etcdctl';
    return {component, node: standsHere ? this.#node : undefined};
  }

  /** The kubeconfigs that a row's caller has here; `[undefined]` for rows without one; none = the row is not here. */
  #kubeconfigsOf(row: ConnectionRow): readonly (Holding | undefined)[] {
    const {holdings} = this.#found;
    if (row.id === podProxy) return this.#runsPods() ? [undefined] : [];
    if (row.id === 'etcdctl-to-etcd') return this.#healthcheckClient() === undefined ? [] : [undefined];
    const id = 'kubeconfig' in row.credential ? row.credential.kubeconfig : undefined;
    if (id === undefined) return [undefined];
    if (id === 'user') return holdings.filter(({path, found}) => path.endsWith('/.kube/config') && found.ok);
    const place = this.#kubeconfig(id);
    if (place === undefined || (id === 'bootstrap-kubelet' && this.#kubeconfig('kubelet') !== undefined)) return [];
    return [place];
  }

  /** Whether kube-proxy is a DaemonSet: kubeadm's way, seen by its static pods. */
  #runsPods(): boolean {
    return componentsNamed(this.#found, 'kube-apiserver').some(({from}) => from.kind === 'static-pod');
  }

  /** By the flag that names it, else where a layout has it; missing files do not count. */
  #kubeconfig(id: Exclude<KubeconfigId, 'user'>): Holding | undefined {
    const named = this.#found.holdings.find(({users}) =>
      users.some(({use}) => use.holds === 'kubeconfig' && use.kubeconfig === id),
    );
    const usual = Object.values(layouts).flatMap((layout) => this.#found.holdingAt(kubeconfigPath(layout, id)) ?? []);
    return [...(named === undefined ? [] : [named]), ...usual].find(({found}) => found.ok || found.why !== 'missing');
  }

  #healthcheckClient(): Holding | undefined {
    return Object.values(layouts)
      .flatMap(({certificates}) => this.#found.holdingAt(`${certificates['etcd-healthcheck-client']}.crt`) ?? [])
      .find(({found}) => found.ok || found.why !== 'missing');
  }

  #hostsOf(row: ConnectionRow, kubeconfig: Holding | undefined): readonly Host[] {
    if (kubeconfig !== undefined) {
      const {server} = clusterIn(kubeconfig) ?? {};
      const end = endOfUrl(server ?? '');
      return [end === undefined ? {host: '127.0.0.1', port: 6443} : {host: end.host, port: end.port}];
    }
    const own = this.#found.components;
    switch (row.id) {
      case 'apiserver-to-etcd':
        return (valueOf(this.#found, 'kube-apiserver', '--etcd-servers') ?? '').split(',').flatMap((text) => {
          const end = endOfUrl(text.trim());
          return end?.scheme === 'https' ? [{host: end.host, port: end.port}] : [];
        });
      case 'etcd-to-etcd':
        return componentsNamed(this.#found, 'etcd')
          .flatMap((etcd) => urlsOf(etcd, '--initial-advertise-peer-urls'))
          .map(({host, port}) => ({host, port}))
          .slice(0, 1);
      case 'etcdctl-to-etcd':
      case 'etcd-gateway-to-itself': {
        const door = doorsOf(own).find(({component, host}) => component === 'etcd' && loopback.includes(host));
        return [{host: door?.host ?? '127.0.0.1', port: door?.port ?? 2379}];
      }
      case 'pod-to-apiserver':
      case podProxy:
        return [{host: 'kubernetes.default.svc', port: 443}];
      case 'apiserver-to-aggregated-api':
      case 'apiserver-to-webhook':
        return [{host: '<service>.<namespace>.svc', port: 443}];
      default: {
        const door = doorsOf(own).find(({component}) => component === row.provider);
        if (row.provider === 'kubelet') return [{host: this.#address(), port: door?.port ?? 10_250}];
        return door === undefined ? [] : [{host: door.host, port: door.port}];
      }
    }
  }

  /** As others dial this node. */
  #address(): string {
    const [first] = this.#found.addresses;
    return valueOf(this.#found, 'kube-apiserver', '--advertise-address') ?? first ?? '127.0.0.1';
  }

  #presents({provider, shows}: ConnectionRow): PlannedConnection['presents'] {
    if (typeof shows === 'object') return shows;
    if (!this.#isHere(provider)) return {notOurs: elsewhere};
    const id = typeof shows === 'string' ? shows : 'kubelet-serving';
    const pair = provider === 'kubelet' ? this.#kubeletServing() : this.#pair(provider, id);
    return pair ?? {notOurs: `no flag of ${provider} names ${id}`};
  }

  /** What a component's flags name for a certificate, and for its key. */
  #pair(component: EndId, id: string): {readonly certificate: string; readonly from: PresentedFrom} | undefined {
    const naming = (holds: 'certificate' | 'key'): Holding | undefined =>
      this.#found.holdings.find(({users}) =>
        users.some(({component: by, use}) => by === component && use.holds === holds && use.certificate === id),
      );
    const [certificate, key] = [naming('certificate')?.path, naming('key')?.path];
    return certificate === undefined || key === undefined
      ? undefined
      : {certificate, from: {kind: 'files', certificate, key}};
  }

  #kubeletServing(): {readonly certificate: string; readonly from: PresentedFrom} | undefined {
    const pair = kubeletServing(this.#found);
    return pair === undefined ? undefined : {certificate: pair.certificate, from: {kind: 'files', ...pair}};
  }

  #credential(row: ConnectionRow, kubeconfig: Holding | undefined): PlannedConnection['credential'] {
    const {credential} = row;
    if ('none' in credential) return {none: credential.none};
    if ('token' in credential) return {token: credential.token};
    if (kubeconfig !== undefined) {
      const certificate = userIn(kubeconfig)?.certificate;
      if (certificate === undefined && kubeconfig.found.ok) return {token: 'the token in its kubeconfig'};
      return {
        certificate: certificate?.kind === 'file' ? certificate.path : kubeconfig.path,
        from: {kind: 'kubeconfig', path: kubeconfig.path},
      };
    }
    const client = row.caller === 'etcdctl' ? this.#healthcheckClient()?.path : undefined;
    if (client !== undefined) {
      return {
        certificate: client,
        from: {kind: 'files', certificate: client, key: client.replace(/\.crt$/, '.key')},
      };
    }
    return (
      this.#pair(row.caller, credential.certificate) ?? {
        none: `no flag of ${row.caller} names ${credential.certificate}`,
      }
    );
  }

  #callerTrusts(row: ConnectionRow, kubeconfig: Holding | undefined): Trust | NotVerified {
    const id = typeof row.callerTrusts === 'function' ? 'apiserver-kubelets' : row.callerTrusts;
    if (typeof id !== 'string') return id;
    return id === 'kubeconfig-apiserver' ? this.#embedded(kubeconfig) : this.#trust(id);
  }

  #providerTrusts({provider, providerTrusts}: ConnectionRow): Trust | NotVerified {
    if (typeof providerTrusts !== 'string') return providerTrusts;
    // The front proxies' authority is the caller's to name, for others read it there.
    return this.#isHere(provider) || provider === 'aggregated-api'
      ? this.#trust(providerTrusts)
      : {notVerified: elsewhere};
  }

  #trust(id: TrustId): Trust | NotVerified {
    const {component, flag = id, folder, authority} = trustRow(id);
    if (component === 'etcdctl') {
      // Under an authority that is signed by another, the file that verifies servers has that one too.
      const usual = Object.values(layouts)
        .flatMap((layout) =>
          ['-chain.crt', '.crt'].flatMap(
            (ending) => this.#found.holdingAt(`${authorityPath(layout, folder, authority)}${ending}`) ?? [],
          ),
        )
        .find(({found}) => found.ok);
      return usual === undefined ? {notVerified: `no file of ${authority} is here`} : this.#fileTrust(usual, flag);
    }
    const named = this.#userOf(id);
    return named === undefined
      ? {notVerified: `${component ?? ''} ${flag} is not set`}
      : this.#fileTrust(named.holding, named.user.flag);
  }

  #userOf(id: TrustId): {readonly holding: Holding; readonly user: FileUser} | undefined {
    for (const holding of this.#found.holdings) {
      const user = holding.users.find(({use}) => use.holds === 'authorities' && use.trust === id);
      if (user !== undefined) return {holding, user};
    }
    return undefined;
  }

  #fileTrust(holding: Holding, by: string): Trust {
    return {authorities: this.#authoritiesIn(holding), by, from: {kind: 'file', path: holding.path}};
  }

  #embedded(kubeconfig: Holding | undefined): Trust | NotVerified {
    if (kubeconfig === undefined) return {notVerified: elsewhere};
    if (clusterIn(kubeconfig)?.skipsVerification === true) {
      return {notVerified: `insecure-skip-tls-verify is set in ${kubeconfig.path}`};
    }
    return {
      authorities: this.#authoritiesIn(kubeconfig),
      by: `certificate-authority-data of ${kubeconfig.path.slice(kubeconfig.path.lastIndexOf('/') + 1)}`,
      from: {kind: 'kubeconfig', path: kubeconfig.path},
    };
  }

  /** By the catalogue's names where they have one, else by their subjects. */
  #authoritiesIn(holding: Holding): readonly string[] {
    const held = this.#found.heldIn(holding).filter(({at}) => at.entry?.kind !== 'user');
    return [
      ...new Set(
        held.map((one) => {
          const {commonName, text} = one.certificate.subject;
          return authorityNamed(commonName) ?? identify(one) ?? (commonName === '' ? text : commonName);
        }),
      ),
    ];
  }
}

const podProxy = 'kube-proxy-pod-to-apiserver';
const loopback: readonly string[] = ['127.0.0.1', '::1'];

/** Of the context that is current. */
function clusterIn({kubeconfig}: Holding) {
  const config = kubeconfig?.config;
  const context = config?.contexts.find(({name}) => name === config.currentContext);
  return config?.clusters.find(({name}) => name === context?.cluster);
}

function userIn({kubeconfig}: Holding) {
  const config = kubeconfig?.config;
  const context = config?.contexts.find(({name}) => name === config.currentContext);
  return config?.users.find(({name}) => name === context?.user);
}
