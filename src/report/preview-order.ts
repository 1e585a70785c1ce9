import type {PlannedFile} from '../pki/blueprint-types.ts';
import type {PreviewRow, PreviewViewId} from './preview-rows.ts';
import type {Thing} from './thing.ts';
import {howWord} from './thing-words.ts';

/** An order of a view's rows; groups stay before what lies beside them, and rows that are alike keep their places. */
export interface PreviewOrder {
  /** Told on screen: `in issuing order`. */
  readonly label: string;
  /** undefined = as they come. */
  readonly by?: (row: PreviewRow) => string;
  /** Groups are ordered too, not only what is in them. */
  readonly ordersGroups?: true;
}

const byName: PreviewOrder = {label: 'by name', by: ({cells}) => cells[0] ?? ''};

/** The orders of each view, the first one first. */
export const previewOrders: Readonly<Record<PreviewViewId, readonly [PreviewOrder, ...PreviewOrder[]]>> = {
  certificates: [
    {label: 'in issuing order'},
    {label: 'by common name', by: ({cells}) => cells[1] ?? ''},
    {label: 'by usage', by: ({cells}) => cells[2] ?? ''},
  ],
  connections: [
    {label: 'from etcd outwards'},
    {...byName, ordersGroups: true},
    {label: 'unverified first', by: ({cells, thing}) => verifiedRank(cells, thing), ordersGroups: true},
  ],
  flags: [
    byName,
    {label: 'certificates first', by: ({thing}) => (thing.kind === 'flag' && thing.flag.row !== undefined ? '0' : '1')},
    {label: 'by value', by: ({cells}) => cells[1] ?? ''},
  ],
  files: [
    {label: 'by purpose'},
    {label: 'by path', by: ({cells}) => cells[0] ?? ''},
    {label: 'secrets first', by: ({thing}) => (thing.kind === 'file' ? secretRank(thing.file) : '')},
  ],
  advice: [
    {label: 'as found'},
    {label: 'by plan key', by: ({thing}) => (thing.kind === 'advice' ? thing.advice.path : '')},
  ],
};

/** The same rows in another order, at every depth. */
export function inOrder(rows: readonly PreviewRow[], {by, ordersGroups}: PreviewOrder): readonly PreviewRow[] {
  if (by === undefined) return rows;
  const sorted = (list: readonly PreviewRow[]): readonly PreviewRow[] => {
    const isFixed = ({children}: PreviewRow): boolean => children !== undefined && ordersGroups !== true;
    const free = list.filter((row) => !isFixed(row)).map((row) => ({row, key: natural(by(row))}));
    const ordered = free.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({row}) => row);
    return [...list.filter(isFixed), ...ordered].map((row) =>
      row.children === undefined ? row : {...row, children: sorted(row.children)},
    );
  };
  return sorted(rows);
}

function verifiedRank(cells: readonly string[], thing: Thing): string {
  const how = thing.kind === 'connection' ? howWord(thing.connection) : (cells[2] ?? '');
  const ranks = ['server unverified', 'server only', 'server + token', 'mutual'];
  return String(ranks.indexOf(how));
}

/** Keys of authorities, then other secrets, then what everybody may read. */
function secretRank({mode, content}: PlannedFile): string {
  if (content.kind === 'authority-key') return '0';
  return mode === 0o600 ? '1' : '2';
}

/** Compared by characters, `worker-2` comes before `worker-10`; ten times as fast as a collator, which counts here. */
function natural(text: string): string {
  return text.replaceAll(/\d+/g, (digits) => digits.padStart(6, '0'));
}
