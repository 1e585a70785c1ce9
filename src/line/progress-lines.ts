import type {SetUpEvent} from '../journeys/set-up-events.ts';
import {count} from '../report/words.ts';

/** At most about so many lines for each kind of thing, however many things there are: each is read aloud to somebody. */
const mostLines = 5;

type Stage = 'keys' | 'certificates' | 'files' | 'connections' | 'doors';

const stageWords: Readonly<Record<Stage, string>> = {
  keys: 'Keys made',
  certificates: 'Certificates issued',
  files: 'Files written',
  connections: 'Connections judged',
  doors: 'Doors tried',
};

interface Progress {
  done: number;
  readonly all: number;
}

/** Events of an issue as lines to add: one every so many, and always the last. */
export class ProgressLines {
  #stages: ReadonlyMap<Stage, Progress> = new Map();

  linesOf(event: SetUpEvent): string[] {
    switch (event.kind) {
      case 'started': {
        const {keys, certificates, files, blueprint} = event;
        const all = {
          keys,
          certificates,
          files,
          connections: blueprint.connections.length,
          doors: blueprint.intrusions.length,
        };
        this.#stages = new Map(stages.map((stage) => [stage, {done: 0, all: all[stage]}]));
        const parts = [count(keys, 'key'), count(certificates, 'certificate'), count(files, 'file')];
        return [`Making ${parts.join(', ')}.`];
      }
      case 'key-made':
        return this.#count('keys', event.name);
      case 'certificate-issued':
        return this.#count('certificates', event.name);
      case 'file-written':
        return this.#count('files', event.path);
      case 'bundle-placed':
        return [`The bundle is in ${event.directory}`];
      case 'requests-written':
        return [`${count(event.requests.length, 'request')} written to ${event.directory}`];
      case 'connection-judged':
        return this.#count('connections', event.judged.connection.id);
      case 'intrusion-judged':
        return this.#count('doors', event.judged.intrusion.id);
      case 'finished':
        return [];
      default:
        return event satisfies never;
    }
  }

  #count(stage: Stage, name: string): string[] {
    const progress = this.#stages.get(stage);
    if (progress === undefined) return [];
    progress.done += 1;
    const {done, all} = progress;
    const isTold = done === all || done % Math.max(1, Math.ceil(all / mostLines)) === 0;
    return isTold ? [`${stageWords[stage]}: ${done} of ${all} (${name})`] : [];
  }
}

const stages = ['keys', 'certificates', 'files', 'connections', 'doors'] as const satisfies readonly Stage[];
