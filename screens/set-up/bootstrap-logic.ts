import {bootstrapTopics, type BootstrapTopic} from '../../src/journeys/bootstrap-topics.ts';
import type {ActionId, Hint} from '../keys.ts';
import {isListMove, moveInList} from '../parts/list-state.ts';
import {scrollText} from '../parts/scroll.ts';
import {masked, revealHint} from '../reveal.ts';
import type {AppState, Screen, Turn} from '../screen.ts';
import {layoutAt, turn, withView, withWizard} from '../screen.ts';
import type {Tools} from '../services.ts';
import type {TokenRun} from './bootstrap-state.ts';
import {bootstrapDetails, bootstrapDetailHeight, bootstrapListHeight} from './bootstrap-lines.ts';

/** Now, later or not: Enter makes a token now, whoever goes on leaves it for later; then what each node needs. */
export const bootstrapScreen: Screen = {
  hints: (state) => {
    const topic = topicUnderCursor(state);
    const {token} = state.views.bootstrap;
    if (token.kind === 'running') {
      return [...(token.stopping ? [] : [{action: 'back', label: 'stop kubeadm'} as const]), ...moving];
    }
    const again = token.kind === 'not-yet' ? 'run it' : 'try again';
    const now: readonly Hint[] =
      topic?.kind !== 'now' ? [] : isHandedOut(token) ? [revealHint(state)] : [{action: 'accept', label: again}];
    return [...now, {action: 'continue', label: 'go on'}, ...moving, {action: 'back', label: 'back to the proof'}];
  },
  isTyping: () => false,
  act: (state, action, tools) => act(state, action, tools),
};

const moving: readonly Hint[] = [
  {action: 'up', with: 'down', label: 'row'},
  {action: 'page-up', with: 'page-down', label: 'scroll', quiet: true},
  {action: 'first', with: 'last', quiet: true},
];

export function topicsOf({run}: AppState): readonly BootstrapTopic[] {
  return run?.blueprint === undefined ? [] : bootstrapTopics(run.blueprint, run.directory);
}

function topicUnderCursor(state: AppState): BootstrapTopic | undefined {
  return topicsOf(state)[state.views.bootstrap.list.cursor];
}

function act(state: AppState, action: ActionId, tools: Tools): Turn {
  const {bootstrap} = state.views;
  const {token} = bootstrap;
  const topics = topicsOf(state);
  if (action === 'page-up' || action === 'page-down') {
    const layout = layoutAt(state);
    const lines = bootstrapDetails(state, topics, layout.width);
    const top = scrollText(bootstrap.top, action, lines.length, bootstrapDetailHeight(layout, topics.length));
    return turn(withView(state, 'bootstrap', {...bootstrap, top}));
  }
  if (isListMove(action)) {
    const list = moveInList(bootstrap.list, action, topics.length, bootstrapListHeight(layoutAt(state), topics.length));
    // What was revealed stays so only while one stands on it.
    return turn(list === bootstrap.list ? state : withView(masked(state), 'bootstrap', {...bootstrap, list, top: 0}));
  }
  if (token.kind === 'running') {
    if (action !== 'back' || token.stopping) return turn(state);
    return turn(withView(state, 'bootstrap', {...bootstrap, token: {...token, stopping: true}}), {kind: 'stop-token'});
  }
  switch (action) {
    case 'continue':
      return turn(withWizard(state, {kind: 'went-next'}, tools));
    case 'back':
      return turn(withWizard(state, {kind: 'went-back'}, tools));
    case 'accept':
      return run(state);
    default:
      return turn(state);
  }
}

/** Made, checked, and there to be read. */
function isHandedOut(token: TokenRun): boolean {
  return token.kind === 'made' && token.made.joinCommand !== undefined;
}

function run(state: AppState): Turn {
  const topic = topicUnderCursor(state);
  const {bootstrap} = state.views;
  if (topic?.kind !== 'now' || isHandedOut(bootstrap.token) || state.run === undefined) return turn(state);
  const token = {kind: 'running', command: topic.command, checks: [], stopping: false} as const;
  return turn(withView(state, 'bootstrap', {...bootstrap, top: 0, token}), {
    kind: 'create-token',
    directory: state.run.directory,
  });
}
