import {version} from '../base/version.ts';
import {markOfThisProcess, readMark, stateOf} from '../run/process-mark.ts';
import type {SetUpServices} from '../journeys/set-up-services.ts';
import {openDrafts, type LiveMarks} from '../state/drafts.ts';
import {stateFolder} from '../state/state-folder.ts';
import type {Context} from './context.ts';

/** The same services, with what is not done kept in the state folder; where nobody has one, nothing is kept. */
export function withDrafts(services: SetUpServices, context: Context): SetUpServices {
  const {environment, cwd, now} = context;
  const folder = stateFolder({option: context.stateDirectory, environment, cwd});
  if (folder === undefined) return services;
  const drafts = openDrafts({folder, cwd, now, marks: marksAt(now()), program: version});
  return {
    ...services,
    drafts,
    savePlan: async (plan, path) => {
      await services.savePlan(plan, path);
      drafts.planSaved(plan);
    },
  };
}

function marksAt(started: Date): LiveMarks {
  return {
    own: JSON.stringify({started: started.toISOString(), ...markOfThisProcess()}),
    stateOf: (text) => {
      const mark = readMark(text);
      return mark === undefined ? 'unknown' : stateOf(mark);
    },
  };
}
