/** A table in plain text, kubectl's way: capitals above, two spaces between columns, nothing drawn. */

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string;
}

/** One line for the headings and one a row; no trailing spaces. A table without rows has no lines. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const cells = [columns.map(({heading}) => heading), ...rows.map((row) => columns.map(({cell}) => cell(row)))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => (line[index] ?? '').length)));
  return cells.map((line) =>
    line
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
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
