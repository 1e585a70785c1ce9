import {maskedToken} from '../base/bootstrap-token.ts';
import {Failure} from '../base/failure.ts';
import type {MadeToken, TokenEvent} from '../journeys/token.ts';
import {shellWord} from '../report/same-command.ts';
import {checkLines} from '../report/token-text.ts';
import type {Context} from './context.ts';
import {tell} from './print.ts';

/** Tells on standard error what is done, each command before it runs, and gives what came of it. */
export async function followToken(context: Context, events: AsyncIterable<TokenEvent>): Promise<MadeToken> {
  for await (const event of events) {
    switch (event.kind) {
      case 'command-started':
        showCommand(context, event.words);
        break;
      case 'token-created':
        tell(context, `the token ${maskedToken(event.id)} is made`);
        break;
      case 'checked':
        tell(context, ...checkLines(event.check));
        break;
      case 'finished':
        return event.made;
      default:
        event satisfies never;
    }
  }
  throw new TypeError('a token was asked for, and nothing came of it');
}

/** A line with which nothing could join is not handed out; the token is there all the same. */
export function refuseBadLine({id, checks, joinCommand}: MadeToken): void {
  if (joinCommand !== undefined) return;
  const bad = checks.filter(({isGood}) => !isGood);
  const [first = '', ...others] = bad.flatMap(({fix}) => fix ?? []);
  throw new Failure(
    'join-line-refused',
    `the join line is not handed out, because no node could join with it: ${bad.map(({says}) => says).join('; ')}`,
    {nextSteps: [first, ...others, `the token stays; to remove it: certwright token delete ${id}`]},
  );
}

export function showCommand(context: Context, words: readonly string[]): void {
  tell(context, `$ ${words.map(shellWord).join(' ')}`);
}
