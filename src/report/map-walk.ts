import type {EndId} from '../pki/blueprint-types.ts';
import type {ClusterMap, MapSpot} from '../pki/cluster-map.ts';
import type {Side} from './map-canvas.ts';

/** Something on the figure, and how far down it stands. */
interface Stop {
  readonly spot: MapSpot;
  readonly row: number;
}

function boxes(...stops: readonly (readonly [row: number, id: EndId])[]): readonly Stop[] {
  return stops.map(([row, id]) => ({spot: {kind: 'component', id}, row}));
}

function arrows(...stops: readonly (readonly [row: number, id: string])[]): readonly Stop[] {
  return stops.map(([row, id]) => ({spot: {kind: 'connection', id}, row}));
}

/** Columns of boxes, and between them columns of arrows, from left to right and from top to bottom as the figure has them. */
const columns: readonly (readonly Stop[])[] = [
  arrows([2, 'scraper-to-controller-manager'], [4, 'scraper-to-scheduler']),
  boxes(
    [1, 'scraper'],
    [3, 'kube-controller-manager'],
    [5, 'kube-scheduler'],
    [8, 'kubectl'],
    [11, 'kube-proxy'],
    [13, 'pod'],
  ),
  arrows(
    [3, 'controller-manager-to-apiserver'],
    [5, 'scheduler-to-apiserver'],
    [7, 'admin-to-apiserver'],
    [8, 'super-admin-to-apiserver'],
    [9, 'user-to-apiserver'],
    [11, 'kube-proxy-to-apiserver'],
    [11, 'kube-proxy-pod-to-apiserver'],
    [13, 'pod-to-apiserver'],
  ),
  [...boxes([1, 'etcdctl'], [3, 'kube-apiserver']), ...arrows([12, 'apiserver-to-itself'])],
  arrows(
    [1, 'etcdctl-to-etcd'],
    [3, 'apiserver-to-etcd'],
    [5, 'apiserver-to-kubelet'],
    [6, 'kubelet-to-apiserver'],
    [7, 'joining-kubelet-to-apiserver'],
    [11, 'apiserver-to-aggregated-api'],
    [13, 'apiserver-to-webhook'],
  ),
  boxes([2, 'etcd'], [6, 'kubelet'], [9, 'metrics-server'], [11, 'aggregated-api'], [13, 'webhook']),
  arrows([1, 'etcd-to-etcd'], [2, 'etcd-gateway-to-itself'], [8, 'metrics-server-to-kubelet']),
];

/**
 * Where an arrow key leads: up and down within a column; left and right from a box to a connection of it on that side,
 * and from a connection to the box there.
 *
 * @returns the same spot where nothing is on that side
 */
export function walkMap(map: ClusterMap, from: MapSpot, side: Side): MapSpot {
  const there = columns.map((stops) => stops.filter(({spot}) => isThere(map, spot)));
  const at = there.findIndex((stops) => stops.some(({spot}) => isSame(spot, from)));
  const column = there[at] ?? [];
  const index = column.findIndex(({spot}) => isSame(spot, from));
  const here = column[index];
  if (here === undefined) return from;
  switch (side) {
    case 'up':
      return column[index - 1]?.spot ?? from;
    case 'down':
      return column[index + 1]?.spot ?? from;
    case 'left':
    case 'right': {
      const further = side === 'right' ? there.slice(at + 1) : there.slice(0, at).toReversed();
      return alongConnection(map, here, further[0] ?? []) ?? nextBox(further, here) ?? from;
    }
    default:
      return side satisfies never;
  }
}

/** Every spot of the map by the column and then the row it stands in: for lists, and for who counts them. */
export function spotsOf(map: ClusterMap): readonly MapSpot[] {
  return columns.flat().flatMap(({spot}) => (isThere(map, spot) ? [spot] : []));
}

function isThere(map: ClusterMap, {kind, id}: MapSpot): boolean {
  return kind === 'component' ? map.boxes.some((box) => box.id === id) : map.arrows.some((arrow) => arrow.id === id);
}

function isSame(one: MapSpot, other: MapSpot): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** In the next column: of a box its nearest connection, of a connection its box; of two boxes the one that is called. */
function alongConnection(map: ClusterMap, {spot: from, row}: Stop, next: readonly Stop[]): MapSpot | undefined {
  const joined = next.filter(({spot}) => endsOf(map, from).includes(spot.id) || endsOf(map, spot).includes(from.id));
  const [, provider] = endsOf(map, from);
  return joined.find(({spot}) => spot.id === provider)?.spot ?? nearest(joined, row);
}

/** Where no connection leads that way: the next box. */
function nextBox(further: readonly (readonly Stop[])[], {row}: Stop): MapSpot | undefined {
  const column = further
    .map((stops) => stops.filter(({spot}) => spot.kind === 'component'))
    .find(({length}) => length > 0);
  return nearest(column ?? [], row);
}

function nearest(stops: readonly Stop[], row: number): MapSpot | undefined {
  return stops.toSorted((one, other) => Math.abs(one.row - row) - Math.abs(other.row - row))[0]?.spot;
}

/** Caller and provider of a connection; of a component none. */
function endsOf({arrows: all}: ClusterMap, {kind, id}: MapSpot): readonly string[] {
  return all.flatMap((arrow) => (kind === 'connection' && arrow.id === id ? [arrow.caller, arrow.provider] : []));
}
