import {hasOrder} from '../wizard/change-records.ts';
import type {Step} from '../wizard/step.ts';
import {answered, type Asker, type Reply} from './ask.ts';
import {askImport} from './ask-import.ts';
import {mostRows, RecordsTable, type RecordsKind} from './records-table.ts';
import type {WalkThrough} from './walk-through.ts';
import {problemLines} from './words.ts';

/**
 * A table, one record a line: typed or pasted lines are added, `edit 2` and `remove 2` change one, Enter alone ends it.
 * A line is taken when nothing is wrong in it; what is wrong with the table as a whole is asked for at the end.
 */
export async function askRecords(walk: WalkThrough, step: Step, kind: RecordsKind): Promise<Reply<string>> {
  const table = new RecordsTable(walk, step, kind, walk.state.typed[step.id] ?? step.show(walk.state.plan));
  const {asker} = walk;
  const question = {ask: `${step.ask}, a line or Enter when done`, help: [step.help, ...formHelp(step, kind)]};
  for (let isRepeated = false; ; isRepeated = true) {
    const help = [...question.help, ...table.listed(mostRows)];
    const reply = await asker.lines({...question, help, isRepeated});
    if (reply.kind === 'went-back') {
      if (table.isChanged) {
        walk.take({kind: 'typed', step: step.id, text: table.text});
        asker.say(`${step.ask}: what you have changed is not in the plan yet, and is there when this is asked again.`);
      }
      return reply;
    }
    const {verb, which, to} = commandOf(reply.value, verbsOf(step));
    switch (verb) {
      case 'add':
        asker.say(...table.add(reply.value));
        break;
      case 'edit':
        await edit(asker, table, which);
        break;
      case 'remove':
        asker.say(...table.remove(which));
        break;
      case 'copy':
        asker.say(...table.copy(which));
        break;
      case 'move':
        asker.say(...table.move(which, to));
        break;
      case 'undo':
        asker.say(...table.undo());
        break;
      case 'import':
        await askImport(walk, step, kind, table);
        break;
      case 'list':
        asker.say(...table.listed());
        break;
      case 'done':
        if (table.problems.length === 0) return answered(table.text);
        asker.say(...problemLines(table.problems));
        break;
      default:
        verb satisfies never;
    }
  }
}

const verbs = ['edit', 'remove', 'copy', 'move', 'undo', 'import', 'list', 'done'] as const;
type Verb = (typeof verbs)[number];

/** Rows of a map have no order and are never alike; nodes can be taken from elsewhere. */
function verbsOf(step: Step): readonly Verb[] {
  return verbs.filter((verb) => {
    if (verb === 'copy' || verb === 'move') return hasOrder(step);
    return verb !== 'import' || step.id === 'nodes';
  });
}

interface Command {
  readonly verb: Verb | 'add';
  /** The line's number or name. */
  readonly which: string;
  /** Where it is moved to. */
  readonly to: string;
}

/** How many words each takes. */
const most: Readonly<Record<Verb, number>> = {
  edit: 1,
  remove: 1,
  copy: 1,
  move: 2,
  undo: 0,
  import: 0,
  list: 0,
  done: 0,
};

/** One line with a verb of ours; everything else is lines to add. */
function commandOf(typed: string, known: readonly Verb[]): Command {
  if (typed === '') return {verb: 'done', which: '', to: ''};
  const [word, which = '', to = '', ...more] = typed.split(/[^\S\n]+/);
  const verb = known.find((each) => each === word);
  const given = [which, to].filter((each) => each !== '').length + more.length;
  return verb === undefined || given > most[verb] ? {verb: 'add', which: '', to: ''} : {verb, which, to};
}

async function edit(asker: Asker, table: RecordsTable, which: string): Promise<void> {
  const row = table.rowOf(which);
  if (row === undefined) return asker.say(table.noRow(which));
  const reply = await asker.text({
    ask: `Line ${row + 1}`,
    help: [],
    initial: table.rows[row] ?? '',
    isEdited: true,
    judge: (typed) => table.problemsOf(typed, row),
  });
  if (reply.kind === 'answered') table.replace(row, reply.value);
}

function formHelp(step: Step, {columns, example}: RecordsKind): string[] {
  const known = verbsOf(step);
  const changes = ['edit 2 or remove 2 changes line 2'];
  if (known.includes('copy')) changes.push('copy 2 adds one like it, move 4 2 puts line 4 in its place');
  if (known.includes('import')) changes.push('import takes nodes from a hosts file or kubectl');
  return [
    ...columns.map(({ask, help}) => `- ${ask}: ${help}`),
    `A line has ${columns.map(({ask}) => ask.toLowerCase()).join(', ')}, separated by spaces; items of a list by commas, - is nothing. For example: ${example}`,
    `Type or paste lines to add them; ${changes.join('; ')}; undo takes the last change back, list shows all lines.`,
  ];
}
