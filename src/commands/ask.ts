import type {Secret} from '../base/secret.ts';
import type {Asker} from '../line/ask.ts';
import type {AuthorityId} from '../pki/plan.ts';
import type {Context} from './context.ts';

/** Asks in passing, outside the wizard. The prompts are loaded only when somebody is asked. */
export async function asking<Answer>(context: Context, ask: (asker: Asker) => Promise<Answer>): Promise<Answer> {
  const {askerFor} = await import('../line/line-mode.ts');
  const asker = askerFor(context);
  try {
    return await ask(asker);
  } finally {
    asker.close();
  }
}

/** For `readBrought`: undefined = nobody is there to be asked. */
export function askPassphraseIn(context: Context): ((authority: AuthorityId) => Promise<Secret>) | undefined {
  if (context.asks === 'nobody') return undefined;
  return (authority) =>
    asking(context, (asker) =>
      asker.secret({ask: `Passphrase of ${authority}`, help: ['The key of this authority is encrypted.']}),
    );
}

export async function askYes(context: Context, ask: string, help: readonly string[]): Promise<boolean> {
  const reply = await asking(context, (asker) => asker.confirm({ask, help, initial: false}));
  return reply.kind === 'answered' && reply.value;
}
