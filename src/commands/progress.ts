import type {SetUpEvent} from '../journeys/set-up-events.ts';
import {noStages, stageOf, stagesAfter, timeLeftWords, type StageId, type Stages} from '../journeys/stages.ts';
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
  readonly #now: Context['now'];
  #stages: Stages = noStages;
  #line = '';

  constructor({stderr, asks, now}: Pick<Context, 'stderr' | 'asks' | 'now'>) {
    this.#stderr = stderr;
    this.#isShown = stderr.isTTY && asks !== 'numbered-lines';
    this.#now = now;
  }

  heard(event: SetUpEvent): void {
    this.#stages = stagesAfter(this.#stages, [event], this.#now().getTime());
    const id = stageOf(event);
    if (id !== undefined) this.#tell(id);
  }

  end(): void {
    this.#write('');
  }

  #tell(id: StageId): void {
    const {done, total, left} = this.#stages[id];
    // A hundred lines are enough to see it move.
    if (done !== total && done % Math.ceil(total / 100) !== 0) return;
    // Certificates are signed while keys are made, and the keys are what is waited for.
    const words = id === 'certificates' ? '' : timeLeftWords(left);
    this.#write(`${id} ${done}/${total}${words === '' ? '' : `, ${words}`}`);
  }

  #write(line: string): void {
    if (!this.#isShown || line === this.#line) return;
    this.#line = line;
    this.#stderr.write(`\r${line.padEnd(width)}${line === '' ? '\r' : ''}`);
  }
}
