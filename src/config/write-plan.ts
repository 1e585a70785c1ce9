import {relative, resolve, sep} from 'node:path';
import {
  Document,
  isMap,
  LineCounter,
  Pair,
  parseDocument,
  Scalar,
  YAMLMap,
  type Node,
  type ToStringOptions,
} from 'yaml';
import {emptyPlan, type BroughtAuthority, type ClusterPlan} from '../pki/plan.ts';
import type {Step} from '../wizard/step.ts';
import {steps} from '../wizard/steps.ts';
import {editDocument} from './edit-document.ts';
import {keepLines} from './keep-lines.ts';
import {parseOptions} from './located-value.ts';
import {planVersion} from './plan-text.ts';
import {isPath, readPlan} from './resolve-plan.ts';
import {sameValue, toValueNode} from './yaml-nodes.ts';

export interface WritePlanOptions {
  /** Where the text will lie, absolute: paths below it are written relative to it. Left out, paths stay absolute. */
  readonly folder?: string | undefined;
  /** The plan file as it is now: its comments and its order are kept, and only what differs is touched. */
  readonly existing?: string | undefined;
  /** What editors check the file with: path or URL of `plan.schema.json`. Left out, a new file has no such line. */
  readonly schema?: string | undefined;
}

/**
 * A plan as YAML that reads back as the same plan. Written anew it has every key that has a value, each under a
 * comment that explains it.
 */
export function writePlan(plan: ClusterPlan, {folder, existing, schema}: WritePlanOptions = {}): string {
  const written = folder === undefined ? plan : withRelativePaths(plan, folder);
  if (existing !== undefined) {
    const edited = editPlan(plan, written, existing, folder ?? '/');
    if (edited === existing) {
      return existing;
    }
    // A line may mean another thing than it says (in a block of text); a document with anchors may not allow the change
    // where it stands. Then first the old letters and at last the comments are given up, but not the plan.
    const attempts = edited === undefined ? [] : [keepLines(existing, edited), edited];
    const good = attempts.find((text) => readsBack(text, plan, folder ?? '/'));
    if (good !== undefined) {
      return good;
    }
  }
  return writeAnew(written, schema);
}

function writeAnew(plan: ClusterPlan, schema: string | undefined): string {
  const root = new NewMap();
  root.add('planVersion', new Scalar(Number(planVersion)));
  for (const step of steps) {
    const value = step.write(plan);
    const isUnused = !step.when(plan) && step.show(plan) === step.show(emptyPlan);
    if (value !== null && !isUnused) {
      const path = step.id.split('.');
      const group = path.slice(0, -1).reduce((map, name) => map.group(name), root);
      group.add(path.at(-1) ?? '', toValueNode(value), commentOf(step));
    }
  }
  // An older YAML takes yes, on and 0x10 for something else: such texts get quotes.
  const document = new Document(undefined, {compat: 'yaml-1.1'});
  document.contents = root.node;
  const head = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`;
  return head + document.toString({lineWidth: 0, flowCollectionPadding: false});
}

/** A map that is being written, with its groups below it. */
class NewMap {
  readonly node = new YAMLMap<Scalar, Node>();
  readonly #groups = new Map<string, NewMap>();

  add(name: string, value: Node, comment?: string): void {
    const key = new Scalar(name);
    key.spaceBefore = this.node.items.length > 0;
    if (comment !== undefined) {
      key.commentBefore = comment;
    }
    this.node.items.push(new Pair(key, value));
  }

  group(name: string): NewMap {
    const found = this.#groups.get(name) ?? new NewMap();
    if (!this.#groups.has(name)) {
      this.#groups.set(name, found);
      this.add(name, found.node);
    }
    return found;
  }
}

const commentWidth = 96;

function commentOf({ask, help, kind}: Step): string {
  const words = kind.kind === 'choice' || kind.kind === 'choices' ? kind.options.map(({value}) => value) : [];
  const named = words.filter((word) => word !== '');
  const choice = named.length === 0 ? '' : ` ${kind.kind === 'choice' ? 'One' : 'Some'} of ${named.join(', ')}.`;
  return wrap(`${ask}: ${help}${choice}`, commentWidth)
    .map((line) => ` ${line}`)
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The existing text with what differs changed; undefined when it is no plan that can be edited. */
function editPlan(plan: ClusterPlan, written: ClusterPlan, existing: string, folder: string): string | undefined {
  const before = readPlan({text: existing, source: '', folder});
  if (before.problems.some(({code}) => unreadable.has(code))) {
    return undefined;
  }
  const isVersioned = !before.problems.some(({code}) => code === 'plan-version-missing');
  if (isVersioned && steps.every((step) => sameValue(step.write(before.plan), step.write(plan)))) {
    return existing;
  }
  try {
    const document: Document = parseDocument(existing, {...parseOptions, lineCounter: new LineCounter()});
    if (document.errors.length > 0 || !isMap(document.contents)) {
      return undefined;
    }
    if (!isVersioned) {
      document.contents.items.unshift(new Pair(new Scalar('planVersion'), new Scalar(Number(planVersion))));
    }
    const relativeBefore = withRelativePaths(before.plan, folder);
    for (const step of steps) {
      if (!sameValue(step.write(before.plan), step.write(plan))) {
        const old = before.sources.has(step.id) ? step.write(relativeBefore) : null;
        editDocument(document, step.id.split('.'), old, step.write(written));
      }
    }
    return document.toString(styleOf(existing));
  } catch (error) {
    // The library refuses to write an alias whose anchor went away with its value.
    if (error instanceof ReferenceError || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/** With these the text has no values to compare with, or is of a form that is not known here. */
const unreadable: ReadonlySet<string> = new Set([
  'not-yaml',
  'tab-in-yaml',
  'several-documents',
  'tag-in-yaml',
  'file-too-deep',
  'file-too-large',
  'empty-plan',
  'plan-version-unknown',
]);

/** The style that the library does not keep by itself. */
function styleOf(text: string): ToStringOptions {
  const indent = /^( {2,8})\S/m.exec(text)?.[1]?.length ?? 2;
  return {
    lineWidth: 0,
    indent,
    indentSeq: !/:[ \t]*(?:#.*)?\r?\n(?:- )/.test(text),
    flowCollectionPadding: /[{[] +[^ ]/.test(text),
  };
}

function readsBack(text: string, plan: ClusterPlan, folder: string): boolean {
  const back = readPlan({text, source: '', folder});
  return steps.every((step) => sameValue(step.write(back.plan), step.write(plan)));
}

function withRelativePaths(plan: ClusterPlan, folder: string): ClusterPlan {
  const entries = Object.entries(plan.trust.authorities).map(([id, each]) => [id, relativeTo(each, folder)] as const);
  return {...plan, trust: {...plan.trust, authorities: Object.fromEntries(entries)}};
}

function relativeTo(brought: BroughtAuthority, folder: string): BroughtAuthority {
  const {certificate, key, passphrase} = brought;
  return {
    certificate: relativePath(certificate, folder),
    ...(key === undefined ? {} : {key: relativePath(key, folder)}),
    ...(passphrase === undefined
      ? {}
      : {passphrase: 'file' in passphrase ? {file: relativePath(passphrase.file, folder)} : passphrase}),
  };
}

/** Below the folder: relative. Elsewhere the absolute path is the one that survives a move of the plan. */
function relativePath(path: string, folder: string): string {
  const below = relative(folder, path);
  const isBelow = below !== '' && below !== '..' && !below.startsWith(`..${sep}`);
  // Only what reading makes the same path of: it trims texts, and resolves no pasted key.
  return isBelow && isPath(below) && below === below.trim() && resolve(folder, below) === path ? below : path;
}
