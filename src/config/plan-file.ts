import {readFileSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {Failure} from '../base/failure.ts';
import type {PlanSource} from './resolve-plan.ts';

/**
 * A plan file's text.
 * @param path absolute
 * @param name what to call it in problems: the path as it was typed
 * @throws Failure when it cannot be read
 */
export function readPlanFile(path: string, name: string = path): PlanSource {
  try {
    return {text: readFileSync(path, 'utf8'), source: name, folder: dirname(path)};
  } catch (cause) {
    throw new Failure('plan-unreadable', `the plan file ${name} cannot be read: ${reasonOf(cause)}`, {
      nextSteps: ['check its path and who may read it', 'or begin from a preset: certwright presets'],
      cause,
    });
  }
}

/**
 * The text of a kubeadm configuration.
 * @throws Failure when it cannot be read
 */
export function readKubeadmFile(path: string, name: string = path): PlanSource {
  try {
    return {text: readFileSync(path, 'utf8'), source: name, folder: dirname(path)};
  } catch (cause) {
    throw new Failure(
      'kubeadm-config-unreadable',
      `the kubeadm configuration ${name} cannot be read: ${reasonOf(cause)}`,
      {
        nextSteps: [
          'check its path and who may read it',
          'or let kubeadm print one: kubeadm config print init-defaults',
        ],
        cause,
      },
    );
  }
}

/**
 * The text of a file that nodes are taken from.
 * @throws Failure when it cannot be read
 */
export function readNodesFile(path: string, name: string = path): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure('nodes-unreadable', `${name} cannot be read: ${reasonOf(cause)}`, {
      nextSteps: ['check its path and who may read it'],
      cause,
    });
  }
}

/**
 * Writes a plan to a new file, never over an existing one.
 * @param path absolute
 * @param name what to call it in a failure: the path as it was typed
 * @throws Failure when something is there already, or it cannot be written
 */
export function writePlanFile(path: string, text: string, name: string = path): void {
  try {
    // A plan holds no secret.
    writeFileSync(path, text, {flag: 'wx', mode: 0o644});
  } catch (cause) {
    throw new Failure('plan-unwritable', `the plan cannot be saved as ${name}: ${reasonOf(cause)}`, {
      nextSteps: ['choose another name or folder'],
      cause,
    });
  }
}

/** Why a file could not be read or written, as a part of a sentence. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EEXIST':
      return 'it is there already';
    case 'EACCES':
    case 'EPERM':
      return 'you may not';
    case 'EROFS':
      return 'the disk is read-only';
    case 'ENOSPC':
      return 'the disk is full';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'a part of its path is no folder';
    default:
      return typeof code === 'string' ? code : 'it failed';
  }
}
