import type {Step, StepKind} from '../wizard/step.ts';
import type {ChooseQuestion, Judge, Reply} from './ask.ts';
import {askRecords} from './ask-records.ts';
import {comparison, helpBefore, sayComparison, sayMeaning} from './meanings.ts';
import type {WalkThrough} from './walk-through.ts';
import {errorsOf, problemLines, warningsOf} from './words.ts';

/** Asks one step until its answer is accepted, or one goes back. */
export async function askStep(walk: WalkThrough, step: Step): Promise<'answered' | 'went-back'> {
  // That nobody has answered yet is no news.
  const isAnswered = (walk.state.sources[step.id] ?? 'default') !== 'default';
  if (isAnswered) walk.asker.say(...problemLines(walk.wrongIn(step)));
  const before = walk.state.plan;
  const reply = await replyTo(walk, step);
  if (reply.kind === 'went-back') return reply.kind;
  walk.take({kind: 'answered', step: step.id, raw: reply.value});
  sayWarnings(walk, step);
  await sayMeaning(walk, step, before);
  return reply.kind;
}

/** What the answer costs, for an answer that was just taken or shown. */
export function sayWarnings(walk: WalkThrough, step: Step): void {
  walk.asker.say(...problemLines(warningsOf(step.check(walk.state.plan))));
}

async function replyTo(walk: WalkThrough, step: Step): Promise<Reply<string>> {
  const {asker, services, state} = walk;
  const {kind} = step;
  const question = {ask: step.ask, help: [step.help, ...formHelp(kind), ...helpBefore(walk, step)]};
  const shown = step.show(state.plan);
  const judge: Judge<string> = (raw) => {
    const parsed = services.accept(step, raw, state.plan);
    return parsed.ok ? [] : errorsOf(parsed.problems);
  };
  switch (kind.kind) {
    case 'text':
    case 'list':
      return asker.text({
        ...question,
        initial: shown,
        canBeEmpty: shown !== '' && judge('').length === 0,
        isEdited: kind.kind === 'list',
        judge,
      });
    case 'choice':
      return choose(walk, step, {...question, options: [...kind.options, comparison], chosen: shown, judge});
    case 'choices': {
      const reply = await asker.chooseSome({
        ...question,
        options: kind.options,
        chosen: shown.split(/[\s,]+/),
        judge: (values) => judge(values.join(', ')),
      });
      return reply.kind === 'answered' ? {...reply, value: reply.value.join(', ')} : reply;
    }
    case 'records':
      asker.say(...helpBefore(walk, step));
      return askRecords(walk, step, kind);
    default:
      return kind satisfies never;
  }
}

/** Until it is an option: the options may be compared first, as often as one likes. */
async function choose(walk: WalkThrough, step: Step, question: ChooseQuestion): Promise<Reply<string>> {
  const {judge} = question;
  for (let {help} = question; ; help = []) {
    const reply = await walk.asker.choose({
      ...question,
      help,
      judge: (raw) => (raw === comparison.value ? [] : (judge?.(raw) ?? [])),
    });
    if (reply.kind === 'went-back' || reply.value !== comparison.value) return reply;
    await sayComparison(walk, step);
  }
}

function formHelp({kind}: StepKind): readonly string[] {
  return kind === 'list' ? ['Several are separated by commas.'] : [];
}
