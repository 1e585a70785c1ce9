import {defineConfig, type OxlintOverride} from 'oxlint';
import {levels, owners, type Room} from './build/layers.ts';

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'promise', 'node', 'react', 'vitest'],
  categories: {correctness: 'error', suspicious: 'error', perf: 'error'},
  ignorePatterns: ['dist', 'docs'],
  rules: {
    eqeqeq: 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'react/exhaustive-deps': 'error',
    'react/immutability': 'error',
    'react/no-deriving-state-in-effects': 'error',
    'react/purity': 'error',
    'react/refs': 'error',
    'react/rules-of-hooks': 'error',
    'react/set-state-in-effect': 'error',
    'react/set-state-in-render': 'error',
    'react/static-components': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
    'typescript/use-unknown-in-catch-callback-variable': 'error',
    'unicorn/prefer-node-protocol': 'error',

    // The order of what happens is often the point; where it is not, Promise.all stands there.
    'no-await-in-loop': 'off',
    // Terminals speak in control characters.
    'no-control-regex': 'off',
    // A short word may mean two things in two scopes.
    'no-shadow': 'off',
    // Whoever declares one wants it to be disposed of.
    'no-unused-vars': ['error', {varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreUsingDeclarations: true}],
    'import/no-named-as-default-member': 'off',
    'react/react-in-jsx-scope': 'off',
    // Lists are sorted where they are made.
    'unicorn/no-array-sort': 'off',
    // A function near its only use reads better than one at the top of the file.
    'unicorn/consistent-function-scoping': 'off',
    'oxc/no-map-spread': 'off',
    'typescript/no-misused-spread': 'off',
    'vitest/expect-expect': ['error', {assertFunctionNames: ['expect', 'expect*', 'fc.assert']}],
    // Lists of three words are read once.
    'unicorn/prefer-set-has': 'off',
    'vitest/valid-expect': ['error', {maxArgs: 2}],
    // expect.fail() tells the type checker that something is there.
    'vitest/no-conditional-expect': 'off',
  },
  overrides: [
    ...levels.flatMap((rooms, level) => rooms.flatMap((room) => room.map((place) => roomRules(place, room, level)))),
    {
      files: ['test/**', 'build/**'],
      rules: {
        // expect.stringContaining() and JSON.parse() are `any`; a test that takes them for something else fails.
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-type-assertion': 'off',
        // Suites are also declared by helpers, which are given their names.
        'vitest/valid-title': 'off',
      },
    },
    {
      files: [
        '*.config.ts',
        'build/no-devtools.ts',
        'build/no-process.ts',
        'build/no-programs.ts',
        'test/helpers/skipped-reporter.ts',
        'test/helpers/tested-reporter.ts',
      ],
      rules: {'import/no-default-export': 'off'},
    },
  ],
});

/** What the files of one place may not import. Dynamic imports and files are for the layers test. */
function roomRules(place: string, room: Room, level: number): OxlintOverride {
  const closed = levels
    .slice(0, level + 1)
    .flat(2)
    .filter((other) => !room.includes(other));
  const foreign = Object.entries(owners).filter(([, owned]) => !owned.some((owner) => owner.startsWith(place)));
  return {
    files: [place.endsWith('/') ? `${place}**` : place],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...closed.map((other) => ({
              group: [
                other.endsWith('/') ? `**/${other.replace(/^src\//, '')}**` : `**/${other.replace(/^src\//, '')}`,
              ],
              message: `Imports go down: ${other} is not below ${place}.`,
            })),
            ...foreign.map(([name, owned]) => ({
              group: [name, `${name}/**`],
              message: `${name} belongs to ${owned.join(' and ')}.`,
            })),
          ],
        },
      ],
    },
  };
}
