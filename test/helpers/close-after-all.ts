import {afterAll} from 'vitest';

/**
 * Call it in a suite: what is given to the returned function is closed when the suite is over, the last first, whatever
 * failed in between.
 */
export function closeAfterAll(): <Opened extends AsyncDisposable>(opened: Opened) => Opened {
  const all: AsyncDisposable[] = [];
  afterAll(async () => {
    for (const opened of all.toReversed()) await opened[Symbol.asyncDispose]();
  });
  return (opened) => {
    all.push(opened);
    return opened;
  };
}
