import type {CertificateFacts} from '../pki/issued.ts';
import {timeText} from './times.ts';

/** What changes for a node's kubelet beside leaves that are issued again, as a person compares it. */
export interface ShownKubeletChange {
  readonly name: string;
  /** undefined = there is none. */
  readonly before: CertificateFacts | undefined;
  /** undefined = the kubelet makes it itself when it starts. */
  readonly after: (CertificateFacts & {readonly key: {readonly name: string}}) | undefined;
  readonly authority: string | undefined;
  /** Whose it is, and what says so. */
  readonly node: {readonly name: string; readonly by: string} | undefined;
  readonly writes: readonly string[];
  readonly removes: readonly string[];
}

export function kubeletChangeLines(changes: readonly ShownKubeletChange[]): string[] {
  return changes.flatMap((change) => [
    change.name,
    ...kubeletDifferenceOf(change).map(([what, says]) => `  ${what.padEnd(7)}  ${says}`),
    '',
  ]);
}

export function kubeletDifferenceOf({
  before,
  after,
  authority,
  node,
  writes,
  removes,
}: ShownKubeletChange): readonly (readonly [string, string])[] {
  const old = before === undefined ? 'there is none' : timeText(before.notAfter);
  return [
    ...(node === undefined
      ? []
      : [
          ['node', `${node.name}, by ${node.by}`] as const,
          ['', 'it has to be what kubectl get nodes shows; else: --node NAME'] as const,
        ]),
    [
      'ends',
      `${old} -> ${after === undefined ? 'a year after the kubelet has made another' : timeText(after.notAfter)}`,
    ],
    ...(after === undefined
      ? []
      : [
          ['key', `a new ${after.key.name}`] as const,
          ['serial', `${before?.serial ?? 'none'} -> ${after.serial}`] as const,
        ]),
    ...(authority === undefined ? [] : [['signer', authority] as const]),
    ...writes.map((path) => ['writes', path] as const),
    ...removes.map((path) => ['removes', path] as const),
    ['then', 'kubelet must be restarted: it is read at the start only'],
  ];
}

/** A kubelet of another node, with what was made for it. */
export interface ShownKubelet {
  readonly node: string;
  readonly notAfter: Date;
}

export interface ShownKubelets {
  readonly kubelets: readonly ShownKubelet[];
  /** As it is to be typed. */
  readonly directory: string;
  readonly server: string;
  readonly authority: string;
  readonly steps: readonly KubeletStep[];
}

/** One thing to do, with the commands for it. */
export interface KubeletStep {
  readonly what: string;
  readonly commands: readonly string[];
}

/** What was made, and what to do with it on each node. */
export function kubeletsLines({kubelets, directory, server, authority, steps}: ShownKubelets): string[] {
  return [
    `Prepared in ${directory}, signed by ${authority}:`,
    ...kubelets.map(({node, notAfter}) => `  ${node}  until ${timeText(notAfter)}`),
    `Each calls ${server}.`,
    '',
    ...steps.flatMap(({what, commands}, index) => [
      `${index + 1}. ${what}`,
      ...commands.map((command) => `     ${command}`),
    ]),
    '',
    'Or, so that no key travels, once the API server answers: a token of',
    'certwright token create in a bootstrap-kubelet.conf on the node. With that, and',
    'without its kubelet.conf and kubelet-client-current.pem, its kubelet asks for a',
    'certificate itself when it is restarted.',
  ];
}
