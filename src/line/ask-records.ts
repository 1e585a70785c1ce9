import type {Problem} from '../base/problem.ts';
import type {PlanValue, RecordColumn, Step, StepKind} from '../wizard/step.ts';
import {cutText, isList, joinRecord} from '../wizard/text-form.ts';
import {answered, type Asker, type Reply} from './ask.ts';
import type {WalkThrough} from './walk-through.ts';
import {errorsOf, problemLines} from './words.ts';

type RecordsKind = Extract<StepKind, {readonly kind: 'records'}>;

/** More rows than this are listed on request. */
const mostRows = 20;

/**
 * A table, one record a line: typed or pasted lines are added, `edit 2` and `remove 2` change one, Enter alone ends it.
 * A line is taken when nothing is wrong in it; what is wrong with the table as a whole is asked for at the end.
 */
export async function askRecords(walk: WalkThrough, step: Step, kind: RecordsKind): Promise<Reply<string>> {
  const table = new Table(walk, step, kind, walk.state.typed[step.id] ?? step.show(walk.state.plan));
  const {asker} = walk;
  const question = {ask: `${step.ask}, a line or Enter when done`, help: [step.help, ...formHelp(kind)]};
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
    const {verb, which} = commandOf(reply.value);
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

interface Command {
  readonly verb: 'add' | 'edit' | 'remove' | 'list' | 'done';
  /** The line's number or name. */
  readonly which: string;
}

/** One line with a verb of ours; everything else is lines to add. */
function commandOf(typed: string): Command {
  if (typed === '') return {verb: 'done', which: ''};
  const [, which = ''] = /^\w+\s+(\S+)$/.exec(typed) ?? [];
  for (const verb of ['edit', 'remove'] as const) {
    if (typed === verb || typed === `${verb} ${which}`) return {verb, which};
  }
  return {verb: typed === 'list' || typed === 'done' ? typed : 'add', which: ''};
}

async function edit(asker: Asker, table: Table, which: string): Promise<void> {
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

function formHelp({columns, example}: RecordsKind): string[] {
  return [
    ...columns.map(({ask, help}) => `- ${ask}: ${help}`),
    `A line has ${columns.map(({ask}) => ask.toLowerCase()).join(', ')}, separated by spaces; items of a list by commas, - is nothing. For example: ${example}`,
    'Type or paste lines to add them; edit 2 or remove 2 changes line 2, list shows all lines.',
  ];
}

/** The lines as they are while they are asked for: in their normal form, and not in the plan yet. */
class Table {
  readonly #walk: WalkThrough;
  readonly #step: Step;
  readonly #kind: RecordsKind;
  readonly #before: string;
  rows: readonly string[];

  constructor(walk: WalkThrough, step: Step, kind: RecordsKind, text: string) {
    this.#walk = walk;
    this.#step = step;
    this.#kind = kind;
    this.rows = this.#rowsIn(text);
    this.#before = this.text;
  }

  get text(): string {
    return this.rows.join('\n');
  }

  get isChanged(): boolean {
    return this.text !== this.#before;
  }

  /** What keeps the table from being an answer. */
  get problems(): readonly Problem[] {
    return this.#errorsOf(this.text);
  }

  listed(most = Number.POSITIVE_INFINITY): string[] {
    if (this.rows.length === 0) return ['There is no line yet.'];
    const shown = this.rows.slice(0, most).map((row, index) => `${index + 1}) ${row}`);
    const more = this.rows.length - shown.length;
    return more > 0 ? [...shown, `... and ${more} more; list shows all`] : shown;
  }

  /** Adds the lines in which nothing is wrong; says what became of them. */
  add(typed: string): string[] {
    const first = this.rows.length;
    const isOne = this.#recordsIn(typed).length === 1;
    const refused: string[][] = [];
    // A line of a wrong form keeps the others from being judged, so they are judged again without it.
    for (let added = typed; ;) {
      const whole = [...this.rows, added].join('\n');
      const errors = this.#errorsOf(whole);
      const taken: string[] = [];
      const records = this.#recordsIn(whole).slice(first);
      for (const [index, record] of records.entries()) {
        const row = joinRecord(this.#kind.columns, record);
        const wrong = errors.filter((each) => this.#isAbout(each, first + index, record));
        if (wrong.length === 0) taken.push(row);
        else refused.push([...(isOne ? [] : [`${row}:`]), ...problemLines(wrong)]);
      }
      if (taken.length < records.length) {
        added = taken.join('\n');
        continue;
      }
      this.rows = [...this.rows, ...taken];
      const unsaid = refused.length - mostRows;
      return [
        ...refused.slice(0, mostRows).flat(),
        ...(unsaid > 0 ? [`... and ${unsaid} more lines are not taken`] : []),
        ...(taken.length === 0
          ? []
          : [`${taken.length === 1 ? 'Line' : `Lines ${first + 1} to`} ${this.rows.length} added.`]),
      ];
    }
  }

  /** What is wrong in these lines, in place of one. */
  problemsOf(typed: string, row: number): readonly Problem[] {
    const whole = this.rows.toSpliced(row, 1, typed).join('\n');
    const records = this.#recordsIn(whole);
    const last = row + records.length - this.rows.length;
    return this.#errorsOf(whole).filter((each) =>
      records.some((record, index) => index >= row && index <= last && this.#isAbout(each, index, record)),
    );
  }

  replace(row: number, typed: string): void {
    this.rows = this.#rowsIn(this.rows.toSpliced(row, 1, typed).join('\n'));
  }

  remove(which: string): string[] {
    const row = this.rowOf(which);
    if (row === undefined) return [this.noRow(which)];
    const [removed = ''] = this.rows.slice(row, row + 1);
    this.rows = this.rows.toSpliced(row, 1);
    return [`Removed: ${removed}`, ...this.listed(mostRows)];
  }

  /** By number, or by what the first column holds. */
  rowOf(which: string): number | undefined {
    const word = which.trim();
    const named = this.rows.findIndex((row) => word !== '' && row.split(' ')[0] === word);
    const row = /^\d+$/.test(word) ? Number(word) - 1 : named;
    return row >= 0 && row < this.rows.length ? row : undefined;
  }

  noRow(which: string): string {
    const word = which.trim();
    const example = this.rows.length === 0 ? 'there is no line yet' : `there are lines 1 to ${this.rows.length}`;
    return word === '' ? `Say which line, such as edit 1; ${example}.` : `No line ${word}: ${example}.`;
  }

  #rowsIn(text: string): string[] {
    return this.#recordsIn(text).map((record) => joinRecord(this.#kind.columns, record));
  }

  #recordsIn(text: string): readonly PlanValue[] {
    const value = cutText(this.#kind, text);
    return isList(value) ? value : [];
  }

  #errorsOf(text: string): readonly Problem[] {
    const parsed = this.#walk.services.accept(this.#step, text, this.#walk.state.plan);
    return parsed.ok ? [] : errorsOf(parsed.problems);
  }

  /** `nodes[1].addresses[0]` is about the second record, `trust.assign.etcd-peer` about the one of that name. */
  #isAbout({at: {path}}: Problem, row: number, record: PlanValue): boolean {
    const [naming] = this.#kind.columns;
    return [`${this.#step.id}[${row}]`, `${this.#step.id}.${nameOf(naming, record)}`].some(
      (place) => path === place || path.startsWith(`${place}.`),
    );
  }
}

function nameOf(column: RecordColumn, record: PlanValue): string {
  return joinRecord([column], record);
}
