import {chmodSync, readdirSync} from 'node:fs';
import {join} from 'node:path';

/** As a user who owns nothing here, where the tests run as root. */
export function asSomebody<Value>(look: () => Value): Value {
  if (process.geteuid?.() !== 0) return look();
  process.seteuid?.(65_534);
  try {
    return look();
  } finally {
    process.seteuid?.(0);
  }
}

/** The same, until a promise has come to its end. */
export async function asSomebodyUntil<Value>(look: () => Promise<Value>): Promise<Value> {
  if (process.geteuid?.() !== 0) return look();
  process.seteuid?.(65_534);
  try {
    return await look();
  } finally {
    process.seteuid?.(0);
  }
}

/** Everybody may read everything below a folder. */
export function openEverything(root: string): void {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, {withFileTypes: true, recursive: true})) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
