import {expect, test} from 'vitest';
import {codeOf, importsOf, sourceFiles} from './source.ts';

// The guards are as good as their reading; this file itself is what they are tried on.
// import {no} from 'a-comment';
const text = "import {no} from 'a string of one line'";

test('comments are blanked and strings are kept', () => {
  const code = codeOf('test/guards/source.test.ts');
  expect(code).not.toMatch(/^\/\/ The guards/m);
  expect(code).toContain('a string of one line');
  expect(code.split('\n').findIndex((line) => line.includes('import {expect')) + 1).toBe(1);
});

test('static and dynamic imports are found with their lines', async () => {
  await import('./source.ts');
  const found = importsOf('test/guards/source.test.ts');
  expect(found[0]).toMatchObject({package: 'vitest', line: 1, dynamic: false});
  expect(found[1]).toMatchObject({file: 'test/guards/source.ts', line: 2, dynamic: false});
  expect(found.filter(({dynamic}) => dynamic)).toMatchObject([
    {file: 'test/guards/source.ts', specifier: './source.ts'},
  ]);
  expect(found.map((one) => one.specifier)).not.toContain('a-comment');
  expect(text).toContain('import');
});

test('all files are read, in folders below too', () => {
  expect(sourceFiles('test')).toContain('test/guards/source.test.ts');
});
