import {formatHours} from '../base/duration.ts';
import type {ClusterPlan} from '../pki/plan.ts';

/** What kubeadm is told, word by word; nothing is loaded for it, so that a screen can show it before anything runs. */

/** With the kubeconfig always named. No secret is in the words. */
export function kubeadmCommand(kubeconfig: string, words: readonly string[]): readonly string[] {
  return ['kubeadm', ...words, `--kubeconfig=${kubeconfig}`];
}

export type TokenSettings = ClusterPlan['bootstrap']['token'];

/** The words for it, to be shown and to be run. kubeadm makes the token itself, so none is in them. */
export function createWords(settings: TokenSettings, withJoin: boolean): readonly string[] {
  const {ttl, description, groups, usages} = settings;
  return [
    'token',
    'create',
    `--ttl=${formatHours(ttl)}`,
    ...(description === '' ? [] : [`--description=${description}`]),
    `--usages=${usages.join(',')}`,
    ...(groups.length === 0 ? [] : [`--groups=${groups.join(',')}`]),
    ...(withJoin ? ['--print-join-command'] : []),
  ];
}

/** A token that somebody brings goes to kubeadm in a file: as a word, every user of the machine would see it. */
export function createFromFileWords(file: string, withJoin: boolean): readonly string[] {
  return ['token', 'create', `--config=${file}`, ...(withJoin ? ['--print-join-command'] : [])];
}

/** Until 1.22 the long form of `-o` was `--experimental-output`. */
export const listWords: readonly string[] = ['token', 'list', '-o=json'];

/** @param ids the public halves */
export function deleteWords(ids: readonly string[]): readonly string[] {
  return ['token', 'delete', ...ids];
}
