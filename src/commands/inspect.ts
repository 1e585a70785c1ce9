import {resolve} from 'node:path';
import {Failure} from '../base/failure.ts';
import {inspect as look, type InspectSource, portIn} from '../journeys/inspect.ts';
import {inspectionJson} from '../report/inspection-json.ts';
import {inspectionLines} from '../report/inspection-text.ts';
import type {Context} from './context.ts';
import {printJson, printLines} from './print.ts';

export interface InspectOptions {
  /** A file, `HOST:PORT`, or `-`. */
  readonly what: string;
  /** The name to ask a port for (SNI). */
  readonly name?: string;
  readonly output: 'text' | 'json';
}

/** Says what a file holds or a port serves. Problems are told and do not change the exit code: `check` judges. */
export async function inspect(context: Context, {what, name, output}: InspectOptions): Promise<number> {
  const inspection = await look(await sourceOf(context, what, name), context.signal);
  if (output === 'json') printJson(context, inspectionJson(inspection, context.now()));
  else printLines(context, inspectionLines(inspection, context.now()));
  return 0;
}

async function sourceOf({stdin, cwd}: Context, what: string, name: string | undefined): Promise<InspectSource> {
  if (what === '-') return {kind: 'input', bytes: await everythingFrom(stdin)};
  const port = portIn(what);
  return port === undefined ? {kind: 'file', path: resolve(cwd, what)} : {kind: 'port', ...port, name};
}

/** As much as a file may have. */
const mostBytes = 4 << 20;

async function everythingFrom(stdin: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    chunks.push(bytes);
    size += bytes.length;
    if (size > mostBytes) {
      throw new Failure('input-too-large', 'standard input is too large to be a certificate, key or kubeconfig', {
        nextSteps: ['pipe the PEM text or the kubeconfig itself'],
      });
    }
  }
  return Buffer.concat(chunks);
}
