/** Everything that can be broken in the lab, in the order to learn it; `src/lab/faults.ts` says what each breaks. */
export const faultIds = [
  'etcd-server-expired',
  'etcd-client-expired',
  'admin-expired',
  'apiserver-not-yet-valid',
  'scheduler-not-yet-valid',
  'old-kubeconfig',
  'old-client-ca',
  'unknown-etcd-ca',
  'unknown-client',
  'etcd-without-name',
  'apiserver-without-name',
  'apiserver-without-san',
  'server-for-clients-only',
  'client-for-servers-only',
  'user-for-servers-only',
  'etcd-for-servers-only',
  'etcd-swapped-key',
  'apiserver-swapped-key',
  'client-swapped-key',
  'intermediate-missing',
  'one-ca-for-all',
  'front-proxy-name',
  'front-proxy-any-name',
  'another-sa-pub',
  'bundle-in-signing-file',
] as const;
export type FaultId = (typeof faultIds)[number];

/** What a fault is called and how it is explained. Nothing in it is computed. */
export interface FaultLesson {
  /** For the list: what is wrong, in a few words. */
  readonly title: string;
  /** What has been done to the cluster. */
  readonly broken: string;
  /** Who refuses, and by which rule. */
  readonly why: string;
  readonly remedy: string;
}
