import type {Problem} from '../base/problem.ts';
import {duplicateRow, moveRow, reservedAddresses} from '../wizard/change-records.ts';
import type {PlanValue, RecordColumn, Step, StepKind} from '../wizard/step.ts';
import {cutText, isList, joinRecord} from '../wizard/text-form.ts';
import type {WalkThrough} from './walk-through.ts';
import {errorsOf, problemLines} from './words.ts';

export type RecordsKind = Extract<StepKind, {readonly kind: 'records'}>;

/** More rows than this are listed on request. */
export const mostRows = 20;

/** The lines as they are while they are asked for: in their normal form, and not in the plan yet. */
export class RecordsTable {
  readonly #walk: WalkThrough;
  readonly #step: Step;
  readonly #kind: RecordsKind;
  readonly #before: string;
  #rows: readonly string[];
  /** What the lines were before each change, the last one at the end. */
  readonly #history: {readonly rows: readonly string[]; readonly what: string}[] = [];

  constructor(walk: WalkThrough, step: Step, kind: RecordsKind, text: string) {
    this.#walk = walk;
    this.#step = step;
    this.#kind = kind;
    this.#rows = this.#rowsIn(text);
    this.#before = this.text;
  }

  get rows(): readonly string[] {
    return this.#rows;
  }

  get records(): readonly PlanValue[] {
    return this.#recordsIn(this.text);
  }

  /** @param what what is done, to name it when it is taken back: `the removal of cp-2` */
  change(rows: readonly string[], what: string): void {
    this.#history.push({rows: this.#rows, what});
    this.#rows = rows;
  }

  undo(): string[] {
    const last = this.#history.pop();
    if (last === undefined) return ['There is nothing to take back.'];
    this.#rows = last.rows;
    return [`Taken back: ${last.what}.`, ...this.listed(mostRows)];
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
      if (taken.length > 0) this.change([...this.rows, ...taken], 'the lines added last');
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
    this.change(this.#rowsIn(this.rows.toSpliced(row, 1, typed).join('\n')), `the change of ${this.nameAt(row)}`);
  }

  remove(which: string): string[] {
    const row = this.rowOf(which);
    if (row === undefined) return [this.noRow(which)];
    const [removed = ''] = this.rows.slice(row, row + 1);
    this.change(this.rows.toSpliced(row, 1), `the removal of ${this.nameAt(row)}`);
    return [`Removed: ${removed}`, ...this.listed(mostRows)];
  }

  /** A line like this one below it, under the next free name and address. */
  copy(which: string): string[] {
    const row = this.rowOf(which);
    if (row === undefined) return [this.noRow(which)];
    const made = duplicateRow(this.#kind.columns, this.records, row, reservedAddresses(this.#walk.state.plan));
    const line = joinRecord(this.#kind.columns, made.row);
    if (made.without.length > 0) {
      return [`No free address is near ${made.without.join(', ')}: type the line yourself, such as ${line}`];
    }
    this.change(this.rows.toSpliced(row + 1, 0, line), `the new line ${made.name}`);
    return [`Line ${row + 2} added: ${line}`];
  }

  move(which: string, to: string): string[] {
    const [from, place] = [this.rowOf(which), this.rowOf(to)];
    if (from === undefined || place === undefined) return [this.noRow(from === undefined ? which : to)];
    this.change(moveRow(this.rows, from, place), `the move of ${this.nameAt(from)}`);
    return this.listed(mostRows);
  }

  nameAt(row: number): string {
    return this.rows[row]?.split(' ')[0] ?? '';
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
