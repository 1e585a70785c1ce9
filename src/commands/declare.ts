import type {Command as Parser} from 'commander';
import {declareApprove, declareJoin, declareToken, declareUser} from './declare-cluster.ts';
import {declareExplain, declareLearn} from './declare-learn.ts';
import {declareCheck, declareGoBack, declareInspect, declareRenew} from './declare-node.ts';
import {declareIssue, declarePlan, declarePresets, declareSetup, declareSign, declareVerify} from './declare-plan.ts';
import {type Choose, examples} from './parser.ts';

/**
 * Declares every command with its options and its help. A command is imported when it runs, and only then: help
 * and usage errors load none of them.
 */
export function declareCommands(program: Parser, choose: Choose): void {
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

  program.commandsGroup('Look first:');
  declarePresets(program, choose);
  declarePlan(program, choose);
  program.commandsGroup('Set up:');
  declareSetup(program, choose);
  declareIssue(program, choose);
  declareSign(program, choose);
  declareToken(program, choose);
  declareJoin(program, choose);
  declareUser(program, choose);
  declareApprove(program, choose);
  program.commandsGroup('On a node:');
  declareCheck(program, choose);
  declareInspect(program, choose);
  declareRenew(program, choose);
  declareGoBack(program, choose);
  program.commandsGroup('Prove:');
  declareVerify(program, choose);
  program.commandsGroup('Learn:');
  declareLearn(program, choose);
  declareExplain(program, choose);
}
