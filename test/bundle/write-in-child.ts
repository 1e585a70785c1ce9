import {readFileSync} from 'node:fs';
import {Failure} from '../../src/base/failure.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {thawed} from './frozen.ts';

/** Run as a program of its own, so that a test can kill it, change its umask or take its privileges. */
export interface ChildOrders {
  /** A file with what is to be written, so that the child need not issue anything. */
  readonly frozen: string;
  readonly directory: string;
  readonly umask?: number;
  /** Ends itself with SIGKILL when this file is written (in order, from 0), or when the bundle is in its place. */
  readonly killAt?: number | 'placed';
  readonly tar?: boolean;
}

const orders = JSON.parse(process.argv[2] ?? '{}') as ChildOrders;
const made = thawed(readFileSync(orders.frozen, 'utf8'));
if (orders.umask !== undefined) process.umask(orders.umask);
let written = 0;
const kill = (): void => void process.kill(process.pid, 'SIGKILL');
// Whoever wants to kill it from outside begins to count here.
process.stdout.write('ready\n');
try {
  await writeBundle({
    ...made,
    directory: orders.directory,
    tar: orders.tar,
    on: ({kind}) => {
      if (kind === 'file-written' && written === orders.killAt) kill();
      if (kind === 'bundle-placed' && orders.killAt === 'placed') kill();
      written += 1;
    },
  });
  process.stdout.write(`${JSON.stringify({written: written - 1})}\n`);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stdout.write(`${JSON.stringify({code: error.code, message: error.message, nextSteps: error.nextSteps})}\n`);
}
