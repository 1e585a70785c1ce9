import {expect, test} from 'vitest';
import {nameLines, type ShownName} from '../../src/report/names-text.ts';

const names: readonly ShownName[] = [
  {
    name: 'api.demo.test',
    has: 'api.demo.test',
    neededBy: ['/a.conf', '/b.conf'],
    planned: '*.demo.test',
    after: 'api.demo.test',
  },
  {name: 'cp-1', has: 'cp-1', neededBy: [], planned: undefined, after: undefined},
  {name: 'new', has: undefined, neededBy: [], planned: 'new', after: 'new'},
  {name: '10.0.0.1', has: undefined, neededBy: ['--flag'], planned: undefined, after: undefined},
];

test('names stand in a table with who dials each', () => {
  expect(nameLines(names)).toEqual([
    '  NAME           HAS  PLAN         NEEDED BY',
    '  api.demo.test  yes  *.demo.test  /a.conf',
    '                                   /b.conf',
    '- cp-1           yes  no           -',
    '+ new            no   yes          -',
    '! 10.0.0.1       no   no           --flag',
  ]);
});

test('where the table is too wide, who dials stands under the name', () => {
  expect(nameLines(names, 40)).toEqual([
    '  HAS  PLAN         NAME, AND WHO DIALS IT',
    '  yes  *.demo.test  api.demo.test',
    '                      /a.conf',
    '                      /b.conf',
    '- yes  no           cp-1',
    '+ no   yes          new',
    '! no   no           10.0.0.1',
    '                      --flag',
  ]);
});

test('without a plan there is no column for it', () => {
  expect(nameLines([{name: 'cp-1', has: 'cp-1', neededBy: [], after: 'cp-1'}])).toEqual([
    '  NAME  HAS  NEEDED BY',
    '  cp-1  yes  -',
  ]);
});
