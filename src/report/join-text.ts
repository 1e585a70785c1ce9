import {maskedToken} from '../base/bootstrap-token.ts';
import type {PlannedNode} from '../pki/blueprint-types.ts';
import {count} from './words.ts';

/** One thing to do on the way of a node into its cluster, with the commands for it. */
export interface JoinStep {
  readonly what: string;
  readonly commands: readonly string[];
  /** undefined = in any case. */
  readonly way: 'with kubeadm' | 'without kubeadm' | undefined;
}

/** What is told of a node that joins. */
export interface Joining {
  readonly node: PlannedNode;
  readonly files: readonly {readonly target: string | undefined; readonly mode: number; readonly why: string}[];
  readonly steps: readonly JoinStep[];
  readonly token: {readonly id: string; readonly ends: Date | undefined} | undefined;
}

/** @param written the folder that it was written to; undefined = it is used where it lies */
export function joinLines(
  joining: Joining,
  written: {readonly out: string | undefined; readonly tar: boolean},
): string[] {
  const {node, files} = joining;
  const {out, tar} = written;
  return [
    `${node.name} (${node.roles.join(', ')}) joins with ${count(files.length, 'file')}${
      out === undefined ? '' : `, which lie in ${out}${tar ? `, and in ${out}.tar` : ''}`
    }.`,
    ...tokenLines(joining),
    '',
    ...stepLines(joining.steps),
  ];
}

/** `README.md` beside the files. There is no secret in it. */
export function joinReadme(joining: Joining): string {
  const {node, files, steps} = joining;
  const lines = [
    `# What ${node.name} joins its cluster with`,
    '',
    'There is a private key or a token in here: whoever can read this folder can join in its place. The commands run in it.',
    '',
    ...tokenLines(joining),
    '',
    ...steps.flatMap(({what, commands, way}, index) => [
      `${index + 1}. ${way === undefined ? '' : `${way}: `}${what}`,
      '',
      ...['```sh', ...commands, '```'].map((line) => `   ${line}`),
      '',
    ]),
    ...files.flatMap(({target, mode, why}) =>
      target === undefined ? [] : [`- \`${target}\` (0${mode.toString(8)}): ${why}`],
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function tokenLines({token}: Joining): string[] {
  if (token === undefined) return ['It has a certificate already, and needs no bootstrap token.'];
  const end =
    token.ends === undefined ? 'never ends' : `is good until ${token.ends.toISOString().replace('.000Z', 'Z')}`;
  return [`The bootstrap token in its files, ${maskedToken(token.id)}, ${end}.`];
}

function stepLines(steps: readonly JoinStep[]): string[] {
  return steps.flatMap(({what, commands, way}, index) => [
    `${index + 1}. ${way === undefined ? '' : `${way}: `}${what}`,
    ...commands.map((command) => `     ${command}`),
  ]);
}
