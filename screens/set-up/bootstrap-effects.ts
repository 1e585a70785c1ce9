import {Cancelled, Failure} from '../../src/base/failure.ts';
import {failureOf} from '../run-failure.ts';
import type {Services} from '../services.ts';
import type {BootstrapEvent} from './bootstrap-state.ts';

/** Has kubeadm make a token, and tells how it goes; what it throws is a bug. */
export async function performBootstrap(
  directory: string,
  services: Pick<Services, 'createToken'>,
  signal: AbortSignal,
  tell: (event: BootstrapEvent) => void,
): Promise<void> {
  try {
    for await (const event of services.createToken(directory, signal)) tell({kind: 'told', event});
  } catch (error) {
    if (error instanceof Cancelled) tell({kind: 'stopped'});
    else if (error instanceof Failure) tell({kind: 'failed', failure: failureOf(error)});
    else throw error;
  }
}
