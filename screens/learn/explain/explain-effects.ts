import type {LearnServices} from '../../../src/journeys/learn-services.ts';
import {createLatest} from '../../latest.ts';
import type {Worker, World} from '../room.ts';
import type {ExplainAsk, ExplainTell} from './explain-state.ts';

export function createExplainWorker(
  {explain}: Pick<LearnServices, 'explain'>,
  {tell, crashed}: World<ExplainTell>,
): Worker<ExplainAsk> {
  const latest = createLatest<ExplainTell>(tell, crashed);
  return {
    perform: (ask) => {
      if (ask.kind === 'stop') {
        latest.stop();
        return;
      }
      void latest.ask(
        () => explain(ask.text),
        (explained) => ({kind: 'explained', explained}),
        (failure) => ({kind: 'failed', failure}),
      );
    },
    stop: async () => latest.stop(),
  };
}
