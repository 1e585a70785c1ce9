import type {SetUpEvent} from '../journeys/set-up-events.ts';
import {noStages, stageOf, stagesAfter, timeLeftWords, type StageId, type Stages} from '../journeys/stages.ts';
import {connectionDetails} from '../report/proof-details.ts';
import {count} from '../report/words.ts';

/** At most about so many lines for each kind of thing, however many things there are: each is read aloud to somebody. */
const mostLines = 5;
/** Failing connections that are told as they come; the proof names them all. */
const mostFailures = 5;

const stageWords: Readonly<Record<StageId, string>> = {
  keys: 'Keys made',
  certificates: 'Certificates issued',
  files: 'Files written',
  connections: 'Connections judged',
  doors: 'Doors tried',
};

/** Events of an issue as lines to add: one every so many, and always the last. */
export class ProgressLines {
  readonly #now: () => Date;
  readonly #directory: string;
  #stages: Stages = noStages;
  #failures = 0;

  /** @param directory of the bundle, as it was typed */
  constructor(now: () => Date, directory: string) {
    this.#now = now;
    this.#directory = directory;
  }

  linesOf(event: SetUpEvent): string[] {
    this.#stages = stagesAfter(this.#stages, [event], this.#now().getTime());
    switch (event.kind) {
      case 'started': {
        const {keys, certificates, files} = event;
        const parts = [count(keys, 'key'), count(certificates, 'certificate'), count(files, 'file')];
        return [`Making ${parts.join(', ')}.`];
      }
      case 'key-made':
      case 'certificate-issued':
        return this.#count(event, event.name);
      case 'file-written':
        return this.#count(event, event.path);
      case 'bundle-placed':
        return [`The bundle is in ${event.directory}`];
      case 'requests-written':
        return [`${count(event.requests.length, 'request')} written to ${event.directory}`];
      case 'connection-judged':
        return [...this.#failure(event.judged), ...this.#count(event, event.judged.connection.id)];
      case 'intrusion-judged':
        return this.#count(event, event.judged.intrusion.id);
      case 'finished':
        return [];
      default:
        return event satisfies never;
    }
  }

  #count(event: SetUpEvent, name: string): string[] {
    const id = stageOf(event);
    if (id === undefined) return [];
    const {done, total, left} = this.#stages[id];
    const isTold = done === total || done % Math.max(1, Math.ceil(total / mostLines)) === 0;
    // Certificates wait for their keys, so only those say when.
    const words = id === 'certificates' ? '' : timeLeftWords(left);
    return isTold ? [`${stageWords[id]}: ${done} of ${total} (${name})${words === '' ? '' : `, ${words}`}`] : [];
  }

  #failure({connection, verdict}: Extract<SetUpEvent, {kind: 'connection-judged'}>['judged']): string[] {
    if (verdict.kind !== 'failed') return [];
    this.#failures += 1;
    if (this.#failures > mostFailures) return [];
    const {title} = connectionDetails(connection, verdict, [this.#directory]);
    return [`FAILED: ${title}: ${verdict.why}`];
  }
}
