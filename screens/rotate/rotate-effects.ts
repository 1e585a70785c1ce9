import {Cancelled, Failure} from '../../src/base/failure.ts';
import type {
  NodeView,
  PreparedRotation,
  RestartQuestion,
  RotateServices,
  RotationWish,
} from '../../src/journeys/rotate-services.ts';
import type {RotationEvent} from '../../src/journeys/rotation-events.ts';
import type {Restart} from '../../src/pki/rotation.ts';
import type {ShownRecovery} from '../../src/report/recovered-text.ts';
import type {ShownPlan} from '../../src/report/renewal-text.ts';
import type {RunFailure} from '../../src/wizard/wizard-state.ts';
import {gather} from '../gather.ts';
import {createLatest} from '../latest.ts';
import {failureOf} from '../run-failure.ts';

/** What Rotate asks of the world. */
export type RotateEffect =
  | {readonly kind: 'look'; readonly root: string}
  | {readonly kind: 'prepare'; readonly root: string; readonly wish: RotationWish}
  /** A look, or working the difference out. */
  | {readonly kind: 'stop'}
  | {readonly kind: 'recover'; readonly root: string}
  /** Does what was prepared last. */
  | {readonly kind: 'rotate'; readonly restart: readonly Restart[]}
  | {readonly kind: 'stop-rotation'}
  | {readonly kind: 'answer'; readonly answer: 'wait' | 'roll-back' | 'leave'};

/** What came of it. */
export type RotateEvent =
  | {readonly kind: 'looked'; readonly view: NodeView}
  | {readonly kind: 'not-looked'; readonly failure: RunFailure}
  | {readonly kind: 'prepared'; readonly shown: ShownPlan; readonly restarts: readonly Restart[]}
  | {readonly kind: 'not-prepared'; readonly failure: RunFailure}
  | {readonly kind: 'recovered'; readonly recovered: ShownRecovery | undefined}
  | {readonly kind: 'not-recovered'; readonly failure: RunFailure}
  /** None of them when time alone has passed. */
  | {readonly kind: 'told'; readonly events: readonly RotationEvent[]}
  | {readonly kind: 'asked'; readonly question: RestartQuestion}
  /** `failure`: why it ended before its end; undefined also when it was stopped. */
  | {readonly kind: 'ended'; readonly failure: RunFailure | undefined};

export interface RotateEffects {
  readonly perform: (effect: RotateEffect) => void;
  /** Stops what is going on, leaves what does not come back as it is, and resolves when no component is left stopped. */
  readonly stop: () => Promise<void>;
}

export interface RotateWorld {
  readonly services: RotateServices;
  readonly tell: (event: RotateEvent) => void;
  readonly crashed: (error: unknown) => void;
}

/** Holds what no state may hold: the renewal that is worked out, with its keys, and what is under way. */
export function createRotateEffects({services, tell, crashed}: RotateWorld): RotateEffects {
  const latest = createLatest(tell, crashed);
  let prepared: PreparedRotation | undefined;
  let rotating: AbortController | undefined;
  let rotationEnds: Promise<void> = Promise.resolve();
  let question: PromiseWithResolvers<'wait' | 'roll-back' | 'leave'> | undefined;
  let isOver = false;

  async function recover(root: string): Promise<void> {
    try {
      tell({kind: 'recovered', recovered: await services.recover(root)});
    } catch (error) {
      if (error instanceof Failure) tell({kind: 'not-recovered', failure: failureOf(error)});
      else crashed(error);
    }
  }

  async function rotate(what: PreparedRotation, restart: readonly Restart[]): Promise<void> {
    const controller = new AbortController();
    rotating = controller;
    const {take, flush, stop} = gather<RotationEvent>((events) => tell({kind: 'told', events}));
    let failure: RunFailure | undefined;
    try {
      const decide = (asked: RestartQuestion): Promise<'wait' | 'roll-back' | 'leave'> => {
        flush();
        if (isOver) return Promise.resolve('leave');
        question = Promise.withResolvers();
        tell({kind: 'asked', question: asked});
        return question.promise;
      };
      for await (const event of what.rotate({restart, decide, signal: controller.signal})) {
        take(event);
        // It is in place: done once more it would replace itself.
        if (event.kind === 'changed') prepared = undefined;
      }
    } catch (error) {
      if (error instanceof Failure) failure = failureOf(error);
      else if (!(error instanceof Cancelled)) {
        crashed(error);
        return;
      }
    } finally {
      stop();
      rotating = undefined;
      question = undefined;
    }
    flush();
    tell({kind: 'ended', failure});
  }

  return {
    perform: (effect) => {
      switch (effect.kind) {
        case 'look':
          void latest.ask(
            (signal) => services.lookAtNode(effect.root, signal),
            (view) => ({kind: 'looked', view}),
            (failure) => ({kind: 'not-looked', failure}),
          );
          return;
        case 'prepare':
          prepared = undefined;
          void latest.ask(
            (signal) => services.prepareRenewal(effect.root, effect.wish, signal),
            (made) => {
              prepared = made;
              return {kind: 'prepared', shown: made.shown, restarts: made.restarts};
            },
            (failure) => ({kind: 'not-prepared', failure}),
          );
          return;
        case 'stop':
          latest.stop();
          return;
        case 'recover':
          void recover(effect.root);
          return;
        case 'rotate':
          if (prepared !== undefined) rotationEnds = rotate(prepared, effect.restart);
          return;
        case 'stop-rotation':
          rotating?.abort();
          return;
        case 'answer':
          question?.resolve(effect.answer);
          return;
        default:
          effect satisfies never;
      }
    },
    stop: async () => {
      isOver = true;
      latest.stop();
      rotating?.abort();
      question?.resolve('leave');
      await rotationEnds;
    },
  };
}
