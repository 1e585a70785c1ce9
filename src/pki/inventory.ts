import type {Problem} from '../base/problem.ts';
import type {ComponentId, Subject, Usage} from './blueprint-types.ts';
import type {FileUse} from './file-flags.ts';
import type {CertificateFacts} from './issued.ts';

/** What a node has, from evidence: whoever made it, however it is laid out. Plain data, no secret in it. */
export interface Inventory {
  readonly components: readonly HeldComponent[];
  readonly files: readonly HeldFile[];
  /** Authorities first, then leaves; each once a place, so that copies are seen. */
  readonly certificates: readonly HeldCertificate[];
  /** undefined = nobody was asked: the files of another machine. */
  readonly served: readonly ServedCertificate[] | undefined;
}

export interface HeldComponent {
  readonly component: ComponentId;
  /** What says so: `static pod /etc/kubernetes/manifests/etcd.yaml`, `process 1204`. */
  readonly evidence: string;
  readonly isRunning: boolean;
}

export interface HeldFile {
  /** Absolute, on the node. */
  readonly path: string;
  /** Where links lead; undefined when it is not there. */
  readonly real: string | undefined;
  readonly state: 'read' | 'missing' | 'not permitted' | 'not a file' | 'too large' | 'unreadable' | 'empty';
  /** Of the file itself, `0o644`; undefined when it was not read. */
  readonly mode: number | undefined;
  readonly users: readonly FileUser[];
}

/** Who names a file, and as what. */
export interface FileUser {
  readonly component: ComponentId;
  readonly flag: string;
  readonly use: FileUse;
}

/** Where in a file something lies. */
export interface HeldAt {
  readonly path: string;
  /** From 0 in a PEM file, or in the entry of a kubeconfig. */
  readonly place: number;
  /** For kubeconfigs: the entry it is embedded in. */
  readonly entry?: {readonly kind: 'cluster' | 'user'; readonly name: string};
}

/**
 * What the kubelet made before its present pair and keeps beside it (`kubelet-client-2026-11-23-19-17-42.pem`): nobody
 * reads it any more.
 */
export function isPutAside({path}: Pick<HeldAt, 'path'>): boolean {
  return /\/kubelet-(client|server)-\d{4}-[^/]*\.pem$/.test(path);
}

export interface HeldCertificate extends CertificateFacts {
  readonly at: HeldAt;
  /** The catalogue's row or authority that it is by its use, its place or its subject; undefined = none of them. */
  readonly id: string | undefined;
  readonly isAuthority: boolean;
  readonly subject: Subject & {readonly text: string};
  readonly issuer: string;
  /** Where the certificate lies that signed it; undefined = not on this node. Its own place when it signed itself. */
  readonly signedBy: HeldAt | undefined;
  /** `RSA-2048` */
  readonly key: string;
  /** Of its own key, lower-case hex: what those that it signed call their authority's. undefined = it says none. */
  readonly keyIdentifier: string | undefined;
  readonly usages: readonly Usage[];
  readonly sans: readonly string[];
  readonly users: readonly FileUser[];
}

/** What a port of this machine shows. */
export interface ServedCertificate {
  readonly component: ComponentId;
  readonly host: string;
  readonly port: number;
  readonly fingerprint: string;
  readonly serial: string;
  readonly notAfter: Date;
}

/** What is wrong on a node, and what mends it. `at.path` is a file of the node. */
export interface Diagnosis {
  readonly inventory: Inventory;
  /** Errors first, then warnings; among them in the order of the inventory. */
  readonly findings: readonly Problem[];
  /** ok 0, warning 1, critical 2, unknown 3: the monitoring plugins' convention. Unknown: there were files not to be read. */
  readonly state: 'ok' | 'warning' | 'critical' | 'unknown';
}
