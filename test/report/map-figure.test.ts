import {describe, expect, test} from 'vitest';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {clusterMapOf, type ClusterMap} from '../../src/pki/cluster-map.ts';
import {connectionRows} from '../../src/pki/connections.ts';
import {mapFigure, mapKey, type MapLook, mapSizeFor} from '../../src/report/map-figure.ts';
import {mapPlaces} from '../../src/report/map-places.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';

const mapOf = (name: string): ClusterMap => clusterMapOf(makeBlueprint(presetPlan(name)));
const at80: MapLook = {width: 76, height: 15, glyphs: 'unicode'};
const textOf = (map: ClusterMap, look: MapLook): readonly string[] =>
  mapFigure(map, look).map((line) => line.map(({text}) => text).join(''));

/** The bodies of 60x16, 80x24 and 120x40. */
const sizes = [
  [56, 12],
  [76, 20],
  [116, 36],
] as const;

test('a small cluster is drawn into a terminal of 80 columns', () => {
  expect(textOf(mapOf('kubeadm-single'), at80).map((line) => line.trimEnd())).toMatchInlineSnapshot(`
    [
      "    ┌───────────────────┐       ┌───────────────┐      ┌───────────────┐",
      " ┌╌╌┤ scraper           │       │ etcdctl       ├──3──▸│ etcd     2  4 ├──┐",
      " 19 ├───────────────────┤       ├───────────────┤      │ cp-1          │◂─┘",
      " ├╌▸│ controller-manager├──8───▸│ kube-apiserver├──1──▸│               │",
      " 20 ├───────────────────┤       │ cp-1          │      ├───────────────┤",
      " └╌▸│ scheduler         ├──9───▸│               ├──15─▸│ kubelet       │",
      "    ├───────────────────┤       │               │◂─10──┤ cp-1          │",
      "    │ kubectl           ├──5───▸│               │      │               │◂╌┐",
      "    │ cp-1              ├──6───▸│               │      ├───────────────┤ 16",
      "    │                   │       │               │      │ metrics-server├╌╌┘",
      "    ├───────────────────┤       │               │      ├───────────────┤",
      "    │ kube-proxy        ├╌╌13╌╌▸│               ├──17─▸│ aggregated-api│",
      "    ├───────────────────┤       │   ┌╌╌21╌╌╌┐   │      ├───────────────┤",
      "    │ pods              ├╌╌14╌╌▸│   ╎       ▾   ├╌╌18╌▸│ webhook       │",
      "    └───────────────────┘       └───┴───────────┘      └───────────────┘",
    ]
  `);
});

test('in ASCII every line keeps its width', () => {
  const map = mapOf('kubeadm-ha');
  for (const [width, height] of sizes) {
    const drawn = textOf(map, {width, height, glyphs: 'ascii'});
    expect(drawn.join('')).toMatch(/^[ -~]+$/);
    expect(drawn.map(({length}) => length)).toEqual(
      textOf(map, {width, height, glyphs: 'unicode'}).map(({length}) => length),
    );
  }
});

describe.for(presetNames)('%s', (name) => {
  const map = mapOf(name);

  test.for(sizes)('every box and every number is in the figure of %d columns and %d rows', ([width, height]) => {
    const size = mapSizeFor(width, height);
    const drawn = textOf(map, {width, height, glyphs: 'unicode'});
    expect(drawn).toHaveLength(size?.height ?? -1);
    expect(new Set(drawn.map(({length}) => length))).toEqual(new Set([size?.width]));
    const words = drawn.join('\n');
    for (const {id} of map.boxes) expect(words).toContain(id.replace(/^kube-|s$/g, '').slice(0, 9));
    for (const {number} of map.arrows) expect(words).toMatch(new RegExp(`(?<!\\d)${number}(?!\\d)`));
  });

  test('what is selected is seen without colours', () => {
    const plain = textOf(map, at80).join('\n');
    const seen = [
      ...map.boxes.map(({id}) => textOf(map, {...at80, selected: {kind: 'component', id}}).join('\n')),
      ...map.arrows.map(({id}) => textOf(map, {...at80, selected: {kind: 'connection', id}}).join('\n')),
    ];
    expect(new Set([plain, ...seen]).size).toBe(seen.length + 1);
    for (const text of seen) expect(text.split('❯')).toHaveLength(2);
  });

  test('what is lit is seen without colours', () => {
    const plain = textOf(map, at80).join('\n');
    const seen = map.boxes.map(({id}) => textOf(map, {...at80, light: {components: [id], connections: []}}).join('\n'));
    expect(new Set([plain, ...seen]).size).toBe(seen.length + 1);
  });
});

test('a verdict is a mark behind the number', () => {
  const marks = new Map([
    ['apiserver-to-etcd', 'bad'],
    ['apiserver-to-kubelet', 'good'],
    ['apiserver-to-webhook', 'open'],
  ] as const);
  const drawn = textOf(mapOf('kubeadm-single'), {...at80, marks}).join('\n');
  expect(drawn).toMatch(/─1✗─/);
  expect(drawn).toMatch(/─15✓▸/);
  expect(drawn).toMatch(/╌18○▸/);
});

test('no arrow runs through a box or through the line of another', () => {
  for (const {boxes, arrows} of mapPlaces) {
    const own = new Map<string, string>();
    for (const [id, {line}] of Object.entries(arrows)) {
      for (const [x, y] of cellsOf(line).slice(1)) {
        const inside = Object.entries(boxes).find(
          ([, {at, width, height, isBare}]) =>
            isBare !== true && x > at[0] && x < at[0] + width - 1 && y > at[1] && y < at[1] + height - 1,
        );
        // Its own loop is drawn inside the API server.
        expect([id, inside?.[0]]).toEqual([id, id === 'apiserver-to-itself' ? inside?.[0] : undefined]);
      }
      const last = line.at(-1);
      if (last === undefined) throw new Error(`${id} has no line`);
      const key = last.join(',');
      // Of two loops, and of two kinds of kubelets and proxies, each pair shares a way.
      if (!/gateway|kube-proxy-pod/.test(id)) expect([id, own.get(key)]).toEqual([id, undefined]);
      own.set(key, id);
    }
  }
});

test('the key fits below the figure, and tells of marks only where there are some', () => {
  expect(mapKey('unicode', false)).toBe('──▸ certificate  ╌╌▸ token or nothing');
  expect(mapKey('ascii', true).length).toBeLessThanOrEqual(at80.width);
});

test('every connection of the catalogue has its place in every size', () => {
  const rows = connectionRows.map(({id}) => id).toSorted();
  for (const {arrows} of mapPlaces) expect(Object.keys(arrows).toSorted()).toEqual(rows);
});

test('where no figure fits there is none', () => {
  expect(mapFigure(mapOf('kubeadm-single'), {...at80, width: 50})).toEqual([]);
});

function cellsOf(line: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return line.flatMap(([x, y], index) => {
    const [fromX, fromY] = line[index - 1] ?? [x, y];
    const steps = Math.max(Math.abs(x - fromX), Math.abs(y - fromY));
    return Array.from(
      {length: steps},
      (_, step) => [fromX + Math.sign(x - fromX) * (step + 1), fromY + Math.sign(y - fromY) * (step + 1)] as const,
    );
  });
}
