/** A name of a certificate by where it comes from. */
export interface ShownName {
  readonly name: string;
  /** The name of the certificate that covers it today: itself, or a wildcard; undefined = it lacks it. */
  readonly has: string | undefined;
  /** Who dials it. */
  readonly neededBy: readonly string[];
  /** The same as `has`, of a plan; left out where there is none. */
  readonly planned?: string | undefined;
  /** The same, of the certificate to come. */
  readonly after: string | undefined;
}

/**
 * A table of the names, who dials each below one another; `+` comes, `-` goes, `!` is dialled and lacking.
 *
 *       NAME          HAS  PLAN  NEEDED BY
 *     + lb.demo.test  no   yes   /etc/kubernetes/admin.conf
 *                                /etc/kubernetes/scheduler.conf
 *
 * @param width where the table is wider, who dials stands under the name
 */
export function nameLines(names: readonly ShownName[], width = Number.POSITIVE_INFINITY): readonly string[] {
  const isPlanned = names.some((row) => 'planned' in row);
  const rows = names.map((row): Row => ({
    mark: markOf(row),
    name: row.name,
    covers: [coverText(row.has, row.name), ...(isPlanned ? [coverText(row.planned, row.name)] : [])],
    neededBy: row.neededBy,
  }));
  const heads = ['HAS', ...(isPlanned ? ['PLAN'] : [])];
  const table = asTable(rows, heads);
  return table.some((line) => line.length > width) ? stacked(rows, heads) : table;
}

interface Row {
  readonly mark: string;
  readonly name: string;
  readonly covers: readonly string[];
  readonly neededBy: readonly string[];
}

function asTable(rows: readonly Row[], heads: readonly string[]): readonly string[] {
  const lines = rows.map(({name, covers}) => [name, ...covers]);
  const pad = padding([['NAME', ...heads], ...lines]);
  return [
    `  ${pad(['NAME', ...heads])}  NEEDED BY`,
    ...rows.flatMap(({mark, name, covers, neededBy: [first = '-', ...others]}) => [
      `${mark} ${pad([name, ...covers])}  ${first}`,
      ...others.map((by) => `  ${pad([])}  ${by}`),
    ]),
  ];
}

/**
 *       HAS  PLAN  NAME, AND WHO DIALS IT
 *     + no   yes   lb.demo.test
 *                    /etc/kubernetes/admin.conf
 */
function stacked(rows: readonly Row[], heads: readonly string[]): readonly string[] {
  const pad = padding([heads, ...rows.map(({covers}) => covers)]);
  return [
    `  ${pad(heads)}  NAME, AND WHO DIALS IT`,
    ...rows.flatMap(({mark, name, covers, neededBy}) => [
      `${mark} ${pad(covers)}  ${name}`,
      ...neededBy.map((by) => `  ${pad([])}    ${by}`),
    ]),
  ];
}

/** Pads cells to the widest of their column, two spaces between. */
function padding(lines: readonly (readonly string[])[]): (cells: readonly string[]) => string {
  const widths = (lines[0] ?? []).map((_, index) => Math.max(...lines.map((cells) => cells[index]?.length ?? 0)));
  return (cells) => widths.map((width, index) => (cells[index] ?? '').padEnd(width)).join('  ');
}

function markOf({has, neededBy, after}: ShownName): string {
  if (after === undefined && has === undefined) return neededBy.length > 0 ? '!' : ' ';
  return after === undefined ? '-' : has === undefined ? '+' : ' ';
}

function coverText(cover: string | undefined, name: string): string {
  return cover === undefined ? 'no' : cover === name ? 'yes' : cover;
}
