import type {SetUpEvent} from '../src/journeys/set-up-events.ts';
import {targetOf} from '../src/wizard/wizard-state.ts';
import {listStart, placeInList} from './parts/list-state.ts';
import {textField} from './parts/text-field-state.ts';
import type {AppState} from './screen.ts';
import {layoutAt, withView, withWizard} from './screen.ts';
import type {Tools} from './services.ts';
import {bootstrapStart} from './set-up/bootstrap-state.ts';
import {refocus} from './set-up/form-state.ts';
import {openPreview, refitPreview} from './set-up/preview-state.ts';
import {proofListHeight} from './set-up/proof-lines.ts';
import type {Run} from './set-up/run-state.ts';
import {firstFault, progress, proofStart} from './set-up/run-state.ts';

/** What changes on screen by itself: a place is entered, the terminal has another size, a run goes on. */

/** Gives the place its cursors: those it had, as far as they still fit. */
export function entered(state: AppState, tools: Tools): AppState {
  const {place, prepared} = state.wizard;
  switch (place.at) {
    case 'page':
      return refocus(state, tools);
    case 'preview': {
      const blueprint = prepared?.blueprint;
      return refit(
        withView(state, 'preview', blueprint === undefined ? undefined : openPreview(blueprint, state.views.preview)),
      );
    }
    case 'target':
      return withView(state, 'target', textField(targetOf(state.wizard)));
    case 'issuing':
      return withView(withView(state, 'proof', proofStart), 'bootstrap', bootstrapStart);
    case 'done':
      return withView(state, 'done', 0);
    case 'home':
    case 'rotate':
    case 'learn':
    case 'start':
    case 'proof':
    case 'bootstrap':
      return state;
    default:
      return place satisfies never;
  }
}

/** Windows over lists have the height of the screen. */
export function refit(state: AppState): AppState {
  const {preview} = state.views;
  const layout = layoutAt(state);
  return preview === undefined ? state : withView(state, 'preview', refitPreview(preview, layout));
}

export function advance(state: AppState, events: readonly SetUpEvent[], tools: Tools): AppState {
  if (state.run === undefined) return state;
  const run = progress(state.run, events, tools.now().getTime());
  const placed = run.isPlaced && !state.run.isPlaced && run.requests === undefined;
  const moved = placed ? withWizard({...state, run}, {kind: 'bundle-placed'}, tools) : {...state, run};
  return followProof(moved, run);
}

/** The cursor goes along with the verdicts until somebody moves it; it ends on the first fault, and without one on the first row. */
function followProof(state: AppState, run: Run): AppState {
  const {proof} = state.views;
  if (!proof.isFollowing || proof.shown !== 'connections' || run.lastJudged < 0) return state;
  const height = proofListHeight(layoutAt(state));
  const count = run.blueprint?.connections.length ?? 0;
  const fault = run.proof === undefined ? undefined : firstFault(run);
  if (fault === undefined || fault.shown === 'connections') {
    const row = run.proof === undefined ? run.lastJudged : (fault?.row ?? 0);
    const list = placeInList(proof.list, row, count, height);
    return withView(state, 'proof', {...proof, list});
  }
  const rows = fault.shown === 'doors' ? run.intrusions.length : (run.proof?.findings.length ?? 0);
  return withView(state, 'proof', {
    ...proof,
    shown: fault.shown,
    list: placeInList(listStart, fault.row, rows, height),
  });
}
