import {join} from 'node:path';
import {Failure} from '../../base/failure.ts';
import {type Access, accessOf, bytesAt, linkAt, stateOfLink, sumOf, sync, writeLink, writeNew} from './disk.ts';
import type {JournalStep, Keeping} from './journal.ts';
import {syncFolders} from './swap.ts';

/** A file of a node as it is to be. */
export interface FileWrite {
  /** The file itself, links followed; absolute on the node. Its folder is there. */
  readonly path: string;
  /** undefined = it is taken away, or is a link. */
  readonly bytes: Uint8Array | undefined;
  /** Instead of a file a symbolic link, and where it leads; `path` is then the link's own. */
  readonly link?: string | undefined;
  /** Of a file that is not there yet; one that is keeps its own. */
  readonly access: Access;
  /** SHA-256 of the file that the new one was worked out from: another one is not replaced. undefined = any is. */
  readonly replaces?: string | undefined;
}

export interface Change {
  /** For people and for the backup: `renew apiserver, etcd-peer`. */
  readonly what: string;
  /** In the order of the swap: a key before its certificate. */
  readonly writes: readonly FileWrite[];
  /** Looks at every staged file before anything is swapped; throws when something does not fit. */
  readonly validate?: (staged: ReadonlyMap<string, Buffer>) => void;
  /** Told of each file while the change goes on; it must not throw. */
  readonly observe?: (step: ChangeStep, path: string) => void;
}

/** `backed-up`, `staged` and `validated` change nothing that anybody reads; `swapped` does. */
export type ChangeStep = 'backed-up' | 'staged' | 'validated' | 'swapped';

/** Puts every new file beside the one that it is to take the place of, under its dot name. */
export function stage({root, keepContext}: Keeping, {writes, observe}: Change, steps: readonly JournalStep[]): void {
  for (const [index, {path, bytes, link, access}] of writes.entries()) {
    const staged = steps[index]?.staged;
    if (staged === undefined) continue;
    const before = accessOf(join(root, path));
    if (before !== undefined && !before.isFile && !before.isLink) {
      throw new Failure('not-a-file', `${path} is not a file`, {nextSteps: ['see what lies there, then run it again']});
    }
    if (link !== undefined) {
      writeLink(join(root, staged), link);
    } else if (bytes !== undefined) {
      writeNew(join(root, staged), bytes, accessAfter(before, access));
      if (before?.isFile === true && keepContext !== undefined) {
        keepContext(join(root, path), join(root, staged));
        sync(join(root, staged));
      }
    }
    observe?.('staged', path);
  }
  // Before the journal says that they are there, they have to be there after a power cut too.
  syncFolders(root, steps);
}

/** A file keeps its own; that of a link says nothing about the file in its place. */
function accessAfter(before: ReturnType<typeof accessOf>, given: Access): Access {
  return before?.isFile === true ? before : given;
}

/**
 * What is on the disk now, read back: the bytes that will be swapped, and no others, with the access they will have. Links
 * are compared, and left out.
 */
export function stagedFiles(
  {root}: Keeping,
  writes: readonly FileWrite[],
  steps: readonly JournalStep[],
): ReadonlyMap<string, Buffer> {
  return new Map(
    steps.flatMap(({path, staged, after}, index) => {
      if (staged === undefined) return [];
      const link = linkAt(join(root, staged));
      if (link !== undefined && stateOfLink(link) === after) return [];
      const bytes = link === undefined ? bytesAt(join(root, staged)) : undefined;
      const write = writes[index];
      const wanted = write === undefined ? undefined : accessAfter(accessOf(join(root, path)), write.access);
      const isRight = isSameAccess(accessOf(join(root, staged)), wanted);
      if (bytes !== undefined && sumOf(bytes) === after && isRight) return [[path, bytes]];
      throw new Failure('staged-file-differs', `${staged} is not what was written to it`, {
        nextSteps: ['the disk may be failing: see dmesg; nothing was changed'],
      });
    }),
  );
}

function isSameAccess(one: Access | undefined, other: Access | undefined): boolean {
  return one?.mode === other?.mode && one?.owner === other?.owner && one?.group === other?.group;
}
