import type {ActionId, Hint} from '../keys.ts';
import type {Layout} from '../layout.ts';
import type {Painted} from '../parts/page.tsx';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';

/** What stands around a room when it decides or paints. */
export interface Around {
  readonly layout: Layout;
  readonly tools: Tools;
}

/**
 * A room of Learn: pure, with a view of its own. It sees nothing of the other rooms and of the rest of the wizard.
 * Windows over lists are placed when they are painted, so that a change of size needs no event.
 */
export interface Room<View, Ask, Tell> {
  /** It is come into; `given`: what the command line named in it. */
  readonly enter: (view: View, given: string | undefined, around: Around) => RoomTurn<View, Ask>;
  /** Below `certwright › Learn › title`. */
  readonly crumbs: (view: View) => readonly string[];
  /** `step 3/6`; empty where there are no steps. */
  readonly progress: (view: View) => string;
  readonly hints: (view: View, around: Around) => readonly Hint[];
  /** Whether a map is shown, whose signs the help explains; left out = never. */
  readonly hasMap?: (view: View, around: Around) => boolean;
  readonly isTyping: (view: View) => boolean;
  /** @param key which of the action's keys it was */
  readonly act: (view: View, action: ActionId, around: Around, key: string) => RoomTurn<View, Ask>;
  readonly type?: (view: View, text: string, around: Around) => RoomTurn<View, Ask>;
  /** Left out = what is pasted is typed, as one line. */
  readonly paste?: (view: View, text: string, around: Around) => RoomTurn<View, Ask>;
  /** What came of an ask; what comes too late is let go. */
  readonly take: (view: View, tell: Tell, around: Around) => RoomTurn<View, Ask>;
  readonly paint: (view: View, around: Around & {readonly glyphs: Glyphs}) => Painted;
}

export interface RoomTurn<View, Ask> {
  readonly view: View;
  readonly asks?: readonly Ask[];
  /** Back to where the rooms are chosen. */
  readonly isLeft?: true;
  /** For the status line, until the next key. */
  readonly says?: string;
}

/** What does a room's asks, outside of every state. */
export interface Worker<Ask> {
  readonly perform: (ask: Ask) => void;
  /** Ends what is going on; resolves when nothing of it is left. */
  readonly stop: () => Promise<void>;
}

export interface World<Tell> {
  readonly tell: (tell: Tell) => void;
  /** Something is not kept that a person would want to be, a sentence; Learn goes on. */
  readonly warn: (sentence: string) => void;
  readonly crashed: (error: unknown) => void;
}

export function stay<View, Ask>(view: View, ...asks: readonly Ask[]): RoomTurn<View, Ask> {
  return {view, asks};
}
