import type {SetUpEvent} from '../journeys/set-up-events.ts';
import type {Context} from './context.ts';

/** Characters that a terminal's line is sure to have room for. */
const width = 60;

/**
 * How far an issue is, on one line of standard error that is written over; nothing where that is no terminal, or a
 * screen reader is listening.
 */
export class Progress {
  readonly #stderr: Context['stderr'];
  readonly #isShown: boolean;
  readonly #all = {keys: 0, certificates: 0, files: 0, connections: 0};
  readonly #done = {keys: 0, certificates: 0, files: 0, connections: 0};
  #line = '';

  constructor({stderr, asks}: Pick<Context, 'stderr' | 'asks'>) {
    this.#stderr = stderr;
    this.#isShown = stderr.isTTY && asks !== 'numbered-lines';
  }

  heard(event: SetUpEvent): void {
    switch (event.kind) {
      case 'started':
        Object.assign(this.#all, {
          keys: event.keys,
          certificates: event.certificates,
          files: event.files,
          connections: event.blueprint.connections.length,
        });
        return;
      case 'key-made':
        return this.#count('keys');
      case 'certificate-issued':
        return this.#count('certificates');
      case 'file-written':
        return this.#count('files');
      case 'connection-judged':
        return this.#count('connections');
      case 'bundle-placed':
      case 'requests-written':
      case 'intrusion-judged':
      case 'finished':
        return;
      default:
        event satisfies never;
    }
  }

  end(): void {
    this.#write('');
  }

  #count(what: 'keys' | 'certificates' | 'files' | 'connections'): void {
    this.#done[what] += 1;
    const [done, all] = [this.#done[what], this.#all[what]];
    // A hundred lines are enough to see it move.
    if (done === all || done % Math.ceil(all / 100) === 0) this.#write(`${what} ${done}/${all}`);
  }

  #write(line: string): void {
    if (!this.#isShown || line === this.#line) return;
    this.#line = line;
    this.#stderr.write(`\r${line.padEnd(width)}${line === '' ? '\r' : ''}`);
  }
}
