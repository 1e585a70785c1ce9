import {describe, expect, test} from 'vitest';
import {tableLines, type Column} from '../../src/report/table.ts';

interface Pet {
  readonly name: string;
  readonly kind: string;
  readonly why: string;
}

const columns: readonly Column<Pet>[] = [
  {heading: 'NAME', cell: ({name}) => name},
  {heading: 'KIND', cell: ({kind}) => kind},
  {heading: 'WHY', cell: ({why}) => why},
];
const pets: readonly Pet[] = [
  {name: 'Rex', kind: 'dog', why: 'guards'},
  {name: 'Minka', kind: '-', why: ''},
];
const table = ['NAME   KIND  WHY', 'Rex    dog   guards', 'Minka  -'];

describe('a table', () => {
  test('has its columns one under the other, and no trailing spaces', () => {
    expect(tableLines(columns, pets)).toEqual(table);
    expect(tableLines(columns, [])).toEqual([]);
  });

  test('stays one as long as every line fits', () => {
    expect(tableLines(columns, pets, 19)).toEqual(table);
  });

  test('is a list where it is too wide, with the headings in it and without what says nothing', () => {
    expect(tableLines(columns, pets, 18)).toEqual(['- Rex: kind dog; guards', '- Minka']);
  });
});
