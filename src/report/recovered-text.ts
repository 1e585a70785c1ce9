/** What an interrupted change came to. */
export interface ShownRecovery {
  /** Of the change, and of its backup. */
  readonly id: string;
  readonly what: string;
  readonly how: 'finished' | 'undone' | 'put-back';
}

/** `Finished: renew apiserver. What was there is backup 20261124-011000.` */
export function recoveredText({id, what, how}: ShownRecovery): string {
  switch (how) {
    case 'finished':
      return `Finished: ${what}. What was there is backup ${id}.`;
    case 'undone':
      return `Undone: ${what}. Nothing had been changed yet.`;
    case 'put-back':
      return `Put back: what "${what}" had taken out of the way.`;
    default:
      return how satisfies never;
  }
}
