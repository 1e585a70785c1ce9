import {describe, expect, test} from 'vitest';
import {harmless, levels, owners, pureRooms, type Room} from '../../build/layers.ts';
import {codeOf, importsOf, sourceFiles} from './source.ts';

/** Who may touch what a program has only one of. */
const singletons: readonly {readonly what: string; readonly pattern: RegExp; readonly owners: readonly string[]}[] = [
  {what: 'process.exit', pattern: /\bprocess\.(exit|exitCode|abort|reallyExit)\b/, owners: ['src/main.ts']},
  {what: 'the environment', pattern: /\bprocess\.env\b|\benv\b[^;\n]*\} = process\b/, owners: ['src/main.ts']},
  {what: 'the clock', pattern: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, owners: ['src/main.ts']},
  {what: 'the standard streams', pattern: /\bprocess\.(stdin|stdout|stderr)\b/, owners: ['src/main.ts']},
  {what: 'chance that is not secure', pattern: /\bMath\.random\b/, owners: []},
  {what: 'the console', pattern: /\bconsole\.\w+\(/, owners: []},
];

const files = sourceFiles('src', 'screens');
const imports = files.flatMap((file) => importsOf(file));

/** The room of a file, with its level; undefined for a file in no room. */
function placeOf(file: string): {readonly room: Room; readonly level: number} | undefined {
  for (const [level, rooms] of levels.entries()) {
    const room = rooms.find((places) => isIn(file, places));
    if (room !== undefined) return {room, level};
  }
  return undefined;
}

function isIn(file: string, places: readonly string[]): boolean {
  return places.some((place) => file.startsWith(place));
}

describe('imports go down', () => {
  test('every file is in a room', () => {
    expect(files.filter((file) => placeOf(file) === undefined)).toEqual([]);
  });

  test('no file imports from a room beside its own or above it', () => {
    const wrong = imports.flatMap(({from, line, file}) => {
      if (file === undefined) return [];
      const here = placeOf(from);
      const there = placeOf(file);
      if (file === 'package.json' && from === 'src/base/version.ts') return [];
      if (here !== undefined && there !== undefined && (here.room === there.room || here.level < there.level))
        return [];
      return [`${from}:${line} imports ${file}`];
    });
    expect(wrong).toEqual([]);
  });

  test('every import names a file that is there', () => {
    const known = new Set(files);
    const lost = imports.filter(({file}) => file !== undefined && /\.tsx?$/.test(file) && !known.has(file));
    expect(lost.map(({from, line, specifier}) => `${from}:${line} ${specifier}`)).toEqual([]);
  });

  test('the command line loads commands and screens only when it needs them', () => {
    const light = [
      'src/base/',
      'src/commands/context.ts',
      'src/commands/declare.ts',
      'src/commands/declare-cluster.ts',
      'src/commands/declare-learn.ts',
      'src/commands/declare-node.ts',
      'src/commands/declare-plan.ts',
      'src/commands/ending.ts',
      'src/commands/parser.ts',
      'src/load-program.ts',
    ];
    const atOnce = imports.filter(({file, dynamic, typeOnly}) => file !== undefined && !dynamic && !typeOnly);
    const heavy = atOnce.filter(
      ({from, file}) =>
        ['src/main.ts', 'src/cli.ts', ...light].includes(from) && !light.some((place) => file?.startsWith(place)),
    );
    // What says how a run ended has to say it in words.
    expect(heavy.map(({from, file}) => `${from} ${file}`)).toEqual(['src/commands/ending.ts src/report/failures.ts']);
    const screens = atOnce.filter(({from, file}) => !from.startsWith('screens/') && file?.startsWith('screens/'));
    expect(screens.map(({from, line, specifier}) => `${from}:${line} ${specifier}`)).toEqual([]);
  });
});

describe('a library has one owner', () => {
  test('nobody else imports it', () => {
    const strangers = imports.filter(
      ({from, package: name}) => name !== undefined && !harmless.includes(name) && !isIn(from, owners[name] ?? []),
    );
    expect(strangers.map(({from, line, specifier}) => `${from}:${line} imports ${specifier}`)).toEqual([]);
  });

  test('the pure rooms import nothing of Node.js', () => {
    const impure = imports.filter(
      // Secret hides itself from console.log, which only node:util can be told.
      ({from, package: name}) => isIn(from, pureRooms) && name?.startsWith('node:') && from !== 'src/base/secret.ts',
    );
    expect(impure.map(({from, line, specifier}) => `${from}:${line} imports ${specifier}`)).toEqual([]);
  });

  test.each(singletons)('nobody else touches $what', ({pattern, owners: allowed}) => {
    const strangers = files
      .filter((file) => !isIn(file, allowed))
      .flatMap((file) =>
        codeOf(file)
          .split('\n')
          .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
      );
    expect(strangers).toEqual([]);
  });
});

describe('no rule is about nothing', () => {
  test.each(levels.flat(2))('%s has a file', (place) => {
    expect(files.some((file) => file.startsWith(place))).toBe(true);
  });

  test.each(Object.entries(owners).flatMap(([name, places]) => places.map((place) => ({name, place}))))(
    '$name is imported in $place',
    ({name, place}) => {
      expect(imports.some((found) => found.package === name && found.from.startsWith(place))).toBe(true);
    },
  );

  test.each(singletons.filter(({owners: places}) => places.length > 0))(
    '$what is touched where it may be',
    ({pattern, owners: places}) => {
      expect(files.filter((file) => isIn(file, places)).some((file) => pattern.test(codeOf(file)))).toBe(true);
    },
  );
});
