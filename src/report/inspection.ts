import type {Kubeconfig, KubeconfigCluster, KubeconfigUser} from '../kubeconfig/kubeconfig.ts';
import type {Material} from '../x509/material.ts';

/** What was looked at and what is in it; no private key, no token. */
export interface Inspection {
  readonly from: Inspected;
  /** The blocks of a PEM text, a DER certificate, or what a port serves, leaf first. */
  readonly material: readonly Material[];
  readonly kubeconfig: InspectedKubeconfig | undefined;
}

export type Inspected =
  | {readonly kind: 'file'; readonly path: string}
  | {readonly kind: 'input'}
  /** `host` as in a URL. */
  | {readonly kind: 'port'; readonly host: string; readonly port: number; readonly protocol: string | undefined};

export interface InspectedKubeconfig extends Pick<Kubeconfig, 'contexts' | 'currentContext' | 'problems'> {
  readonly clusters: readonly (KubeconfigCluster & {readonly material: readonly Material[]})[];
  /** The leaf and what goes along, then the key. */
  readonly users: readonly (KubeconfigUser & {readonly material: readonly Material[]})[];
}
