/** Events are gathered for this long, so that many of them are one frame. */
const gatherMilliseconds = 40;
/** Without an event for this long, the time that has passed is told. */
const silentMilliseconds = 1000;

export interface Gatherer<Event> {
  readonly take: (event: Event) => void;
  /** Tells what is there at once: something else is about to be told. */
  readonly flush: () => void;
  /** Tells nothing by itself any more. */
  readonly stop: () => void;
}

/**
 * Events of a run, a few times a second together.
 *
 * @param tell given none of them when time alone has passed: what is left of it depends on how long nothing has come
 */
export function gather<Event>(tell: (events: readonly Event[]) => void): Gatherer<Event> {
  let gathered: Event[] = [];
  let silent = 0;
  const flush = (): void => {
    const events = gathered;
    gathered = [];
    silent = 0;
    if (events.length > 0) tell(events);
  };
  const timer = setInterval(() => {
    silent = gathered.length === 0 ? silent + gatherMilliseconds : 0;
    if (silent < silentMilliseconds) return flush();
    silent = 0;
    tell([]);
  }, gatherMilliseconds);
  return {
    take: (event) => void gathered.push(event),
    flush,
    stop: () => clearInterval(timer),
  };
}
