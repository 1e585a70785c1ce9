import type {Language} from '../base/language.ts';
import type {ThisNode} from '../lessons/explanation.ts';
import {type Explained, explain as explainText} from '../lessons/explain.ts';
import {lessonsIn} from '../lessons/languages.ts';
import {diagnose} from '../node/diagnose.ts';
import {homesOf} from '../node/homes.ts';
import {lookAtNode} from '../node/inventory.ts';
import {openRoot} from '../node/root.ts';

export interface ExplainOptions {
  readonly text: string;
  readonly language: Language;
  /** The node's `/` as it lies here; undefined = this machine, if it is a node. */
  readonly root: string | undefined;
  readonly now: Date;
  /** Who called sudo: that home's kubeconfig counts beside root's. */
  readonly sudoUser: string | undefined;
}

/** What is known of a text, and what the files of the node have to do with it. Reads only, and asks no network. */
export function explain({text, language, ...options}: ExplainOptions): Explained {
  return explainText(text, lessonsIn(language), nodeAt(options));
}

/** undefined = nobody named a node, and this machine is none. */
function nodeAt({root, now, sudoUser}: Pick<ExplainOptions, 'root' | 'now' | 'sudoUser'>): ThisNode | undefined {
  const place = root ?? '/';
  const opened = openRoot(place);
  const found = lookAtNode(opened, {isLive: place === '/', homes: homesOf(opened, sudoUser)});
  if (root === undefined && found.components.length === 0 && found.holdings.length === 0) return undefined;
  const {inventory, findings} = diagnose(found, {now, warnWithin: soon, served: undefined});
  return {root: place, inventory, findings, now};
}

/** Hours before its end from which a certificate counts as ending, as `check` has it: thirty days. */
const soon = 720;
