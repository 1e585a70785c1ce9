import type {Command as Parser} from 'commander';
import {declareApprove, declareJoin, declareToken, declareUser} from './declare-cluster.ts';
import {declareExplain, declareLearn} from './declare-learn.ts';
import {declareCheck, declareGoBack, declareInspect, declareRenew} from './declare-node.ts';
import {declareIssue, declarePlan, declarePresets, declareSetup, declareSign, declareVerify} from './declare-plan.ts';
import {type Choose, examples} from './parser.ts';

/** Declares one command, or a few that belong together. */
type Declare = (program: Parser, choose: Choose) => void;

/** By heading of the list of commands: which names a function declares. */
const groups: readonly (readonly [
  heading: string,
  commands: readonly (readonly [names: readonly string[], Declare])[],
])[] = [
  [
    'Look first:',
    [
      [['presets'], declarePresets],
      [['plan'], declarePlan],
    ],
  ],
  [
    'Set up:',
    [
      [['setup'], declareSetup],
      [['issue'], declareIssue],
      [['sign'], declareSign],
      [['token'], declareToken],
      [['join'], declareJoin],
      [['user'], declareUser],
      [['approve'], declareApprove],
    ],
  ],
  [
    'On a node:',
    [
      [['check'], declareCheck],
      [['inspect'], declareInspect],
      [['renew'], declareRenew],
      [['backups', 'restore', 'recover'], declareGoBack],
    ],
  ],
  ['Prove:', [[['verify'], declareVerify]]],
  [
    'Learn:',
    [
      [['learn'], declareLearn],
      [['explain'], declareExplain],
    ],
  ],
];

/**
 * Declares every command with its options and its help. A command is imported when it runs, and only then: help
 * and usage errors load none of them.
 *
 * @param first the first word; where it is a command, only that one is declared: nobody asks for the others then
 */
export function declareCommands(program: Parser, choose: Choose, first: string | undefined): void {
  for (const [, commands] of groups) {
    const asked = commands.find(([names]) => first !== undefined && names.includes(first));
    if (asked !== undefined) return asked[1](program, choose);
  }
  program
    .addHelpText(
      'after',
      examples([
        ['the wizard', 'certwright'],
        ['every certificate, file and flag, each with its reason', 'certwright plan --preset kubeadm-ha'],
        ['make all of it, and prove that it works', 'certwright issue --preset kubeadm-ha --out demo'],
        ['prove it again', 'certwright verify demo'],
      ]),
    )
    .action(() => choose(async (context) => (await import('./wizard.ts')).wizard(context)));
  for (const [heading, commands] of groups) {
    program.commandsGroup(heading);
    for (const [, declare] of commands) declare(program, choose);
  }
}
