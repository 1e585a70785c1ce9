import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parse, parseAllDocuments} from 'yaml';
import type {YamlMap, YamlValue} from '../../src/pki/blueprint-types.ts';
import {writeYaml} from '../../src/kubeconfig/write-yaml.ts';

/** Text that one version of YAML or the other would not take for a string. */
const treacherous = [
  '', ' ', 'y', 'N', 'yes', 'No', 'ON', 'off', 'true', 'False', 'null', '~', '0', '1.36', '010', '0o17', '0x1f', '0b1',
  '1_000', '1e3', '.5', '.inf', '-.INF', '.nan', '12:30:45', '1:20', '2026-11-23', '2026-11-23T21:07:46Z', '=', '<<',
  '- x', '-', '? x', 'a: b', 'a:', ':a', 'a #b', '#a', '*a', '&a', '!a', '%a', '@a', '`a', '{', '[', ']', ',a', '|', '>',
  '"', "'", '\\', '\t', 'a\tb', '\n', 'a\n', 'a\n\n', '\na', ' a\nb', 'a \nb', 'a\n b', 'a\n\nb', 'a\r\nb', '\u0085', '\u2028',
  '\uFEFF', '\u007F', '😀', 'ü', '---', '...', '--- a', 'a\n---\nb', 'a\n...\n', '10.0.0.1', '10.0.0.0/8', 'fd00::1', '24h0m0s',
  '*,bootstrapsigner', 'system:node:cp-1', 'https://[::1]:6443', 'LS0t+/==', 'a  b', 'a ', '__proto__', 'constructor',
]; // prettier-ignore

const text = fc.oneof(fc.constantFrom(...treacherous), fc.string(), fc.string({unit: 'binary'}));
const {value} = fc.letrec<{value: YamlValue; map: YamlMap}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small'},
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), {maxLength: 4}),
    tie('map'),
  ),
  map: fc.dictionary(
    text.filter((key) => key !== '__proto__' && key.length < 500),
    tie('value'),
    {maxKeys: 4, noNullPrototype: true},
  ),
}));
const map = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  value,
  {maxKeys: 4, noNullPrototype: true},
);

describe('writeYaml', () => {
  test('prints maps, lists and text in kubeadm’s block style', () => {
    const written = writeYaml([
      {
        apiVersion: 'v1',
        clusters: [{cluster: {server: 'https://10.0.0.11:6443'}, name: 'demo'}],
        empty: {map: {}, list: [], text: '', nothing: null},
        lists: [['a', 'b'], [], {}],
        note: 'two\nlines\n',
        port: 6443,
        version: '1.36',
      },
      {kind: 'Second'},
    ]);
    expect(written).toBe(
      [
        'apiVersion: v1',
        'clusters:',
        '- cluster:',
        '    server: https://10.0.0.11:6443',
        '  name: demo',
        'empty:',
        '  map: {}',
        '  list: []',
        '  text: ""',
        '  nothing: null',
        'lists:',
        '- - a',
        '  - b',
        '- []',
        '- {}',
        'note: |',
        '  two',
        '  lines',
        'port: 6443',
        'version: "1.36"',
        '---',
        'kind: Second',
        '',
      ].join('\n'),
    );
  });

  test.each(['1.1', '1.2'] as const)('is read back unchanged by a YAML %s reader, whatever the text', (version) => {
    fc.assert(
      fc.property(map, (document) => {
        expect(parse(writeYaml([document]), {version, logLevel: 'silent'})).toEqual(document);
      }),
      {numRuns: 400, examples: [[Object.fromEntries(treacherous.map((each, at) => [`k${at}`, each]))]]},
    );
  });

  test.each(['1.1', '1.2'] as const)('keeps keys that a YAML %s reader would take for something else', (version) => {
    const document = Object.fromEntries(treacherous.filter((key) => key !== '__proto__').map((key, at) => [key, at]));
    expect(parse(writeYaml([document]), {version, logLevel: 'silent'})).toEqual(document);
  });

  test('keeps documents apart', () => {
    const documents: YamlMap[] = [{a: 'x\n---\ny\n'}, {}, {b: ['---']}];
    expect(parseAllDocuments(writeYaml(documents)).map((each) => each.toJS() as unknown)).toEqual(documents);
  });

  test('takes a bundle of a megabyte without a stack overflow', () => {
    const long = 'QUJD'.repeat(300_000);
    expect(parse(writeYaml([{long, spaced: long.replaceAll('D', ' x')}]))).toEqual({
      long,
      spaced: long.replaceAll('D', ' x'),
    });
  });
});
