import {Failure} from '../base/failure.ts';

/** A file to be written, before anything is. */
export interface TreeFile {
  /** In the bundle, `/`-separated. */
  readonly path: string;
  readonly mode: 0o600 | 0o644;
  /** Called once, when its turn comes: a thousand nodes' keys need not lie in memory as files too. */
  readonly text: () => string;
}

/** A symbolic link in place of a file: what it names is a path of the node that it is for. */
export interface TreeLink {
  readonly path: string;
  readonly link: string;
}

/**
 * Folders on the way to a file, outermost first: `a/b/c` → `a`, `a/b`.
 */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at));
  return folders;
}

/**
 * What stands under `nodes/`, or in a `rootfs` elsewhere, is laid over a node's own folders, so its folders are 0755 as
 * kubeadm makes them. All others, and the bundle's own (`''`), are closed: 0700.
 */
export function folderMode(path: string): 0o700 | 0o755 {
  return /^nodes(\/|$)|\/rootfs(\/|$)/.test(path) ? 0o755 : 0o700;
}

/**
 * Refuses every path that could leave the bundle, or that two files want. The plan's own check of names comes long
 * before; this one holds for whoever calls.
 */
export function checkPaths(paths: readonly string[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const segments = path.split('/');
    if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      throw unsafe(path, 'would lie outside the bundle');
    }
    // Control characters can hide a path from whoever reads a listing of it.
    if (/[\p{Cc}\p{Cf}\p{Cs}\\]/u.test(path)) throw unsafe(path, 'has a character that no path of a bundle has');
    if (files.has(path)) throw unsafe(path, 'is wanted twice');
    files.add(path);
    for (const folder of foldersOf(path)) folders.add(folder);
  }
  for (const path of files) if (folders.has(path)) throw unsafe(path, 'is both a file and a folder');
}

/** A file of a node lies under that node, at its own target, and nothing else does. */
export function checkNode(file: {
  readonly path: string;
  readonly node: string | undefined;
  readonly target: string | undefined;
}): void {
  const {path, node, target} = file;
  if (node === undefined) {
    if (path === 'nodes' || path.startsWith('nodes/')) throw unsafe(path, 'lies under a node and belongs to none');
    if (target !== undefined) throw unsafe(path, 'has a place on a node and belongs to none');
    return;
  }
  if (node.includes('/') || !path.startsWith(`nodes/${node}/`))
    throw unsafe(path, `does not lie under its node ${quote(node)}`);
  const inRootfs = path.startsWith(`nodes/${node}/rootfs/`);
  if (inRootfs !== (target !== undefined) || (target !== undefined && path !== `nodes/${node}/rootfs${target}`)) {
    throw unsafe(path, 'does not lie where its place on the node says');
  }
}

function unsafe(path: string, why: string): Failure {
  return new Failure('unsafe-path', `the path ${quote(path)} ${why}`, {
    nextSteps: ['use only letters, digits, dots and dashes in the names of nodes and users'],
  });
}

/** Shown as JSON, so that no character of it acts on a terminal. */
function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text).replaceAll(
    /[\u007F-\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
