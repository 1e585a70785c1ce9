import {pad, widthOf} from '../base/cells.ts';

/** A table in plain text, kubectl's way: capitals above, two spaces between columns, nothing drawn. */

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string;
}

/**
 * One line for the headings and one a row; no trailing spaces. A table without rows has no lines.
 *
 * @param width a table that is wider becomes a list instead, for nothing is harder to read than broken columns
 */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  if (rows.length === 0) return [];
  const cells = [columns.map(({heading}) => heading), ...rows.map((row) => columns.map(({cell}) => cell(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ''))));
  const lines = cells.map((line) =>
    line
      .map((text, index) => pad(text, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.some((line) => widthOf(line) > width) ? cells.slice(1).map((row) => listItem(columns, row)) : lines;
}

/** `- apiserver: for cp-1; signed by kubernetes-ca; valid 1 year`; cells that say nothing are left out. */
function listItem<Row>(columns: readonly Column<Row>[], [first = '', ...rest]: readonly string[]): string {
  const parts = rest.flatMap((cell, index) => {
    const heading = columns[index + 1]?.heading.toLowerCase() ?? '';
    return cell === '' || cell === '-' ? [] : [heading === 'why' ? cell : `${heading} ${cell}`];
  });
  return `- ${[first, parts.join('; ')].filter((part) => part !== '').join(': ')}`;
}

/** The same as a Markdown table; bars in cells are escaped. */
export function markdownTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [
    line(columns.map(({heading}) => heading)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map(({cell}) => cell(row)))),
  ];
}

/** `cp-1`, `cp-1, cp-2`, `worker-1 … worker-1000 (1000)`. */
export function someOf(names: readonly string[], ellipsis: string, most = 3): string {
  const [first, last] = [names[0], names.at(-1)];
  return names.length <= most ? names.join(', ') : `${first} ${ellipsis} ${last} (${names.length})`;
}
