import type {TokenEvent, MadeToken} from '../../src/journeys/token.ts';
import type {JoinCheck} from '../../src/kubeadm/judge-join.ts';
import type {RunFailure} from '../../src/wizard/wizard-state.ts';
import {listStart, type ListState} from '../parts/list-state.ts';

/** The page after the proof: how nodes are let in, and what each of them needs. */
export interface BootstrapView {
  readonly list: ListState;
  /** First visible line of what is said about the row under the cursor. */
  readonly top: number;
  readonly token: TokenRun;
}

/** What has become of making a token now. */
export type TokenRun =
  | {readonly kind: 'not-yet'}
  | {
      readonly kind: 'running';
      readonly command: readonly string[];
      readonly checks: readonly JoinCheck[];
      readonly stopping: boolean;
    }
  /** The page stays, and says why. */
  | {readonly kind: 'failed'; readonly failure: RunFailure; readonly checks: readonly JoinCheck[]}
  | {readonly kind: 'made'; readonly made: MadeToken};

export const bootstrapStart: BootstrapView = {list: listStart, top: 0, token: {kind: 'not-yet'}};

export type BootstrapEvent =
  | {readonly kind: 'told'; readonly event: TokenEvent}
  | {readonly kind: 'failed'; readonly failure: RunFailure}
  | {readonly kind: 'stopped'};

/** What a run of kubeadm tells. */
export function afterBootstrap(view: BootstrapView, event: BootstrapEvent): BootstrapView {
  const {token} = view;
  const checks = token.kind === 'running' ? token.checks : [];
  switch (event.kind) {
    case 'stopped':
      return {...view, token: {kind: 'not-yet'}};
    case 'failed':
      return {...view, top: 0, token: {kind: 'failed', failure: event.failure, checks}};
    case 'told':
      return {...view, token: afterTold(token, event.event)};
    default:
      return event satisfies never;
  }
}

function afterTold(token: TokenRun, event: TokenEvent): TokenRun {
  if (token.kind !== 'running') return token;
  switch (event.kind) {
    case 'command-started':
      return {...token, command: event.words};
    case 'token-created':
      return token;
    case 'checked':
      return {...token, checks: [...token.checks, event.check]};
    case 'finished':
      return {kind: 'made', made: event.made};
    default:
      return event satisfies never;
  }
}
