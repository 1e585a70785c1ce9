import {Cancelled, Failure} from '../../src/base/failure.ts';
import {problem, warning, type Problem} from '../../src/base/problem.ts';
import type {
  NodeView,
  PreparedRotation,
  RestartQuestion,
  RotateOptions,
  RotateServices,
  RotationWish,
  ShownItem,
} from '../../src/journeys/rotate-services.ts';
import type {RotationEvent} from '../../src/journeys/rotation-events.ts';
import type {ComponentId, Usage} from '../../src/pki/blueprint-types.ts';
import {fileUseOf} from '../../src/pki/file-flags.ts';
import type {FileUser, HeldCertificate} from '../../src/pki/inventory.ts';
import type {Restart} from '../../src/pki/rotation.ts';
import type {ShownPlan, ShownRenewal} from '../../src/report/renewal-text.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {kubeadmFile} from './kubeadm-fixture.ts';

/** A node that is made up: an API server whose certificate has ended, one that ends soon, and some that are well. */

const day = 24 * 3600 * 1000;
const made = new Date('2026-11-23T12:00:00Z').getTime();

interface MadeUp {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  /** Days from the clock of the made-up world. */
  readonly ends: number;
  readonly usages?: readonly Usage[];
  readonly sans?: readonly string[];
  readonly users?: readonly (readonly [ComponentId, string])[];
  readonly entry?: string;
  readonly authority?: string;
  readonly blocked?: ShownItem['blocked'];
}

const pki = '/etc/kubernetes/pki';

const leaves: readonly MadeUp[] = [
  {
    name: 'admin.conf',
    id: 'admin',
    path: '/etc/kubernetes/admin.conf',
    ends: 310,
    entry: 'kubernetes-admin',
  },
  {
    name: 'apiserver',
    id: 'apiserver',
    path: `${pki}/apiserver.crt`,
    ends: -3,
    usages: ['server auth'],
    sans: ['cp-1', 'kubernetes', '10.0.0.11', '10.96.0.1'],
    users: [['kube-apiserver', '--tls-cert-file']],
  },
  {
    name: 'apiserver-etcd-client',
    id: 'apiserver-etcd-client',
    path: `${pki}/apiserver-etcd-client.crt`,
    ends: 310,
    users: [['kube-apiserver', '--etcd-certfile']],
    authority: 'etcd-ca',
  },
  {
    name: 'etcd-server',
    id: 'etcd-server',
    path: `${pki}/etcd/server.crt`,
    ends: 12,
    usages: ['server auth', 'client auth'],
    sans: ['cp-1', 'localhost', '127.0.0.1'],
    users: [['etcd', '--cert-file']],
    authority: 'etcd-ca',
  },
  {
    name: 'kubelet-client',
    id: 'kubelet-client',
    path: '/var/lib/kubelet/pki/kubelet-client-current.pem',
    ends: 300,
    users: [['kubelet', 'client-certificate']],
    blocked: {
      why: 'the kubelet makes and renews it itself',
      wayOn: 'as long as it holds, nothing is to be done',
    },
  },
];

const authorities: Readonly<Record<string, string>> = {
  'kubernetes-ca': `${pki}/ca.crt`,
  'etcd-ca': `${pki}/etcd/ca.crt`,
};

function fingerprintOf(text: string): string {
  return Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64);
}

function leafOf(one: MadeUp): HeldCertificate {
  const signer = authorities[one.authority ?? 'kubernetes-ca'] ?? '';
  return {
    at: {path: one.path, place: 0, ...(one.entry === undefined ? {} : {entry: {kind: 'user', name: one.entry}})},
    id: one.id,
    isAuthority: false,
    subject: {commonName: one.name, organizations: [], text: `CN=${one.name}`},
    keyIdentifier: undefined,
    issuer: `CN=${one.authority ?? 'kubernetes'}`,
    signedBy: {path: signer, place: 0},
    key: 'RSA-2048',
    usages: one.usages ?? ['client auth'],
    sans: one.sans ?? [],
    users: (one.users ?? []).flatMap(([component, flag]): FileUser[] => {
      const use = fileUseOf(component, flag) ?? ({holds: 'named-by-kubeconfig', path: one.path} as const);
      return [{component, flag, use}];
    }),
    serial: fingerprintOf(one.name).slice(0, 16),
    fingerprint: fingerprintOf(one.name),
    notBefore: new Date(made + (one.ends - 365) * day),
    notAfter: new Date(made + one.ends * day),
  };
}

function authorityOf([id, path]: readonly [string, string]): HeldCertificate {
  return {
    ...leafOf({name: id, id, path, ends: 3300}),
    isAuthority: true,
    signedBy: {path, place: 0},
    usages: [],
    notBefore: new Date(made - 350 * day),
  };
}

const findings: readonly Problem[] = [
  problem(
    'expired',
    `${pki}/apiserver.crt`,
    `${pki}/apiserver.crt ended on 2026-11-20: it is refused everywhere`,
    'renew it: certwright renew apiserver',
  ),
  warning(
    'expiring',
    `${pki}/etcd/server.crt`,
    `${pki}/etcd/server.crt ends on 2026-12-05`,
    'renew it before that day',
  ),
  warning(
    'mode-too-open',
    `${pki}/sa.key`,
    `${pki}/sa.key can be read by others (mode 0644), and it holds a key or a way in`,
    `chmod 600 ${pki}/sa.key`,
  ),
];

/** As the made-up services find it. */
export const madeUpNode: NodeView = {
  root: '/',
  isLive: true,
  diagnosis: {
    inventory: {
      components: (['kube-apiserver', 'etcd', 'kubelet'] as const).map((component) => ({
        component,
        evidence: 'made up',
        isRunning: true,
      })),
      files: [],
      certificates: [...Object.entries(authorities).map(authorityOf), ...leaves.map(leafOf)],
      served: [],
    },
    findings,
    state: 'critical',
  },
  items: leaves.map(({name, path, blocked, ends}) => ({
    name,
    path,
    fingerprint: fingerprintOf(name),
    blocked,
    isNeeded: ends < 30,
  })),
  interrupted: undefined,
};

export const madeUpRestarts: readonly Restart[] = [
  {component: 'etcd', kind: 'static-pod', path: '/etc/kubernetes/manifests/etcd.yaml'},
  {component: 'kube-apiserver', kind: 'static-pod', path: '/etc/kubernetes/manifests/kube-apiserver.yaml'},
];

/** A rotation that goes as it should. */
export function goodRotation({restart}: Pick<RotateOptions, 'restart'>): readonly RotationEvent[] {
  const files = [`${pki}/apiserver.crt`, `${pki}/apiserver.key`, `${pki}/etcd/server.crt`, `${pki}/etcd/server.key`];
  const steps = (['backed-up', 'staged', 'validated', 'swapped'] as const).flatMap((step) =>
    files.map((path): RotationEvent => ({kind: 'change-step', step, path})),
  );
  const left = madeUpRestarts.filter((one) => !restart.includes(one));
  return [
    ...steps,
    {kind: 'changed', backup: madeUpBackup},
    ...restart.flatMap((one): readonly RotationEvent[] => [
      {kind: 'restart-begun', restart: one},
      {kind: 'restart-waits', restart: one, what: 'its process to end'},
      {kind: 'restarted', restart: one},
    ]),
    {
      kind: 'judged',
      evidence: {
        of: 'kube-apiserver on 127.0.0.1:6443',
        claim: 'shows the new certificate',
        verdict: 'proved',
        because: 'its serial is that of the file',
      },
    },
    {
      kind: 'judged',
      evidence: {
        of: 'etcd on 127.0.0.1:2379',
        claim: 'shows the new certificate',
        verdict: 'not-asked',
        because: 'it asks for a client certificate, and none is here',
      },
    },
    {
      kind: 'finished',
      outcome: {
        state: left.length === 0 ? 'done' : 'partly',
        backup: madeUpBackup,
        left,
        remains: ['the kubelet of every other control-plane node calls this API server: look there too'],
      },
    },
  ];
}

export const madeUpBackup = '20261123T120000Z-renew';

/** What happens, one after the other: a question is asked between two events. */
export type ScriptLine = RotationEvent | RestartQuestion;

export interface FakeRotateOptions {
  readonly view?: NodeView;
  /** Told in its place: nothing is there, or no one may look. */
  readonly lookFailure?: Error;
  readonly prepareFailure?: Error;
  /** What the difference has beside leaves that are issued again. */
  readonly beside?: Partial<ShownPlan>;
  /** A look never ends. */
  readonly isSlow?: boolean;
  readonly script?: (options: RotateOptions) => readonly ScriptLine[];
  /** Thrown after what the script says. */
  readonly rotateFailure?: Error;
  /** Each line of the script waits for it. */
  readonly gate?: Gate | undefined;
  /** Answers that were given. */
  readonly heard?: string[];
  /** Wishes that were worked out. */
  readonly wishes?: RotationWish[];
}

/** Lets a script go on, line by line. */
export interface Gate {
  readonly pass: (signal: AbortSignal) => Promise<void>;
  readonly open: (lines?: number) => void;
}

export function createGate(): Gate {
  let tickets = 0;
  let waiting: PromiseWithResolvers<void> | undefined;
  return {
    pass: async (signal) => {
      if (tickets === 0 && !signal.aborted) {
        waiting = Promise.withResolvers();
        signal.addEventListener('abort', () => waiting?.resolve(), {once: true});
        await waiting.promise;
      }
      if (tickets === 0) throw new Cancelled();
      tickets -= 1;
    },
    open: (lines = 1) => {
      tickets += lines;
      waiting?.resolve();
    },
  };
}

export function fakeRotate({
  view = madeUpNode,
  lookFailure,
  prepareFailure,
  beside,
  isSlow = false,
  script = goodRotation,
  rotateFailure,
  gate,
  heard,
  wishes,
}: FakeRotateOptions = {}): RotateServices {
  let interrupted = view.interrupted;
  return {
    lookAtNode: async (root, signal) => {
      await Promise.resolve();
      if (isSlow) await aborted(signal);
      if (lookFailure !== undefined && root === '/') throw lookFailure;
      return {...view, root, isLive: view.isLive && root === '/', interrupted};
    },
    prepareRenewal: async (_, wish) => {
      wishes?.push(wish);
      await Promise.resolve();
      if (prepareFailure !== undefined) throw prepareFailure;
      const made = prepared(wish, async function* (options) {
        for (const line of script(options)) {
          await gate?.pass(options.signal);
          if ('kind' in line) yield line;
          else {
            const answer = await options.decide(line);
            heard?.push(answer);
          }
        }
        if (rotateFailure !== undefined) throw rotateFailure;
      });
      return {...made, shown: {...made.shown, ...beside}};
    },
    recover: async () => {
      await Promise.resolve();
      if (interrupted === undefined) return undefined;
      const what = interrupted;
      interrupted = undefined;
      return {what, how: 'finished', id: madeUpBackup};
    },
  };
}

async function aborted(signal: AbortSignal): Promise<never> {
  await new Promise((resolve) => signal.addEventListener('abort', resolve, {once: true}));
  throw new Cancelled();
}

function prepared(wish: RotationWish, rotate: PreparedRotation['rotate']): PreparedRotation {
  const renewed = leaves.filter(({name}) => wish.names.includes(name)).map((one) => renewalOf(one, wish));
  const needed = new Set(renewed.flatMap(({restarts}) => restarts));
  const made = {
    shown: {renewed, blocked: [], left: leaves.length - renewed.length},
    restarts: madeUpRestarts.filter(({component}) => needed.has(component)),
    rotate,
    /** As the real one has them, out of sight. */
    keys: ['-----BEGIN PRIVATE KEY-----'],
  };
  return made;
}

let apiserver: ReturnType<typeof inspectCertificate> | undefined;

function renewalOf(one: MadeUp, wish: RotationWish): ShownRenewal {
  apiserver ??= inspectCertificate(kubeadmFile(`${pki}/apiserver.crt`));
  const held = leafOf(one);
  const {add, remove} = wish.sans[one.name] ?? {add: [], remove: []};
  const names = (values: readonly string[]) => values.map((value) => ({type: 'dns' as const, value}));
  const before = {...apiserver, serial: held.serial, notAfter: held.notAfter, sans: names(one.sans ?? [])};
  const components = [...new Set((one.users ?? []).map(([component]) => component))];
  return {
    name: one.name,
    before,
    after: {
      ...before,
      serial: `f${held.serial.slice(1)}`,
      notAfter: new Date(made + 365 * day),
      sans: names([...(one.sans ?? []).filter((value) => !remove.includes(value)), ...add]),
    },
    paths: one.entry === undefined ? [one.path.replace(/\.crt$/, '.key'), one.path] : [one.path],
    keepsKey: wish.keepsKeys,
    authority: authorities[one.authority ?? 'kubernetes-ca'] ?? '',
    restarts: components,
    readers: components,
  };
}

export const nothingFound = new Failure(
  'nothing-found',
  'no component, certificate or kubeconfig of Kubernetes is on /',
  {nextSteps: ['run it on a node, with sudo: sudo certwright']},
);
