import type {Hint} from './keys.ts';
import type {AppState, Turn} from './screen.ts';
import {turn} from './screen.ts';

/**
 * Secrets are drawn as stars. A screen that shows one lists `revealHint(state)` among its keys and draws with
 * `secretText` (or `secretField`) and `state.isRevealed`; everything else happens here: the key reveals it for ten
 * seconds, pressed again it hides it, and whatever leads away from the screen hides it too.
 */
export function revealHint({isRevealed}: AppState): Hint {
  return {action: 'reveal', label: isRevealed ? 'hide it' : 'show it'};
}

export function toggleReveal(state: AppState): Turn {
  return state.isRevealed ? turn(masked(state)) : turn({...state, isRevealed: true}, {kind: 'mask-later'});
}

/** Also for a screen with several fields, when the one with the secret is left. */
export function masked(state: AppState): AppState {
  return state.isRevealed ? {...state, isRevealed: false} : state;
}

/** What is revealed stays so only where it was revealed. */
export function maskedElsewhere(before: AppState, {state, effects}: Turn): Turn {
  const isThere = state.overlay.kind === before.overlay.kind && state.wizard.place.at === before.wizard.place.at;
  return isThere ? {state, effects} : {state: masked(state), effects};
}
