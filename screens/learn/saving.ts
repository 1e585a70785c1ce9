/** Saves one thing after the other, while keys are taken. */
export interface Saving<Thing> {
  readonly save: (thing: Thing) => void;
  /** Waits for what is being saved, but not for ever. */
  readonly settle: () => Promise<void>;
}

export interface SavingWorld {
  /** A sentence: what cannot be kept, and why. */
  readonly warn: (sentence: string) => void;
  readonly crashed: (error: unknown) => void;
}

/** Whoever leaves waits no longer for a disk, or a network behind it, that does not answer. */
const patienceMilliseconds = 2000;

/** @param save resolves to why it could not be kept; undefined = it is kept */
export function createSaving<Thing>(
  save: (thing: Thing) => Promise<string | undefined>,
  {warn, crashed}: SavingWorld,
): Saving<Thing> {
  let last: Promise<void> = Promise.resolve();
  const saveAfter = async (before: Promise<void>, thing: Thing): Promise<void> => {
    await before;
    try {
      const trouble = await save(thing);
      if (trouble !== undefined) warn(trouble);
    } catch (error) {
      crashed(error);
    }
  };
  return {
    save: (thing) => {
      last = saveAfter(last, thing);
    },
    settle: async () => {
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(() => {
        warn('The disk did not answer in time: what was learnt last may not be kept.');
        patience.resolve();
      }, patienceMilliseconds);
      await Promise.race([last, patience.promise]);
      clearTimeout(timer);
    },
  };
}
