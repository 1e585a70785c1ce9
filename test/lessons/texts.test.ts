import {describe, expect, test} from 'vitest';
import {languages} from '../../src/base/language.ts';
import {readCommandLine} from '../../src/cli.ts';
import {explainErrorId} from '../../src/lessons/explain-error.ts';
import {errorRows} from '../../src/lessons/errors.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import type {Lessons} from '../../src/lessons/lessons.ts';
import {certificateRows} from '../../src/pki/certificates.ts';
import {componentRows} from '../../src/pki/components.ts';
import {connectionRows} from '../../src/pki/connections.ts';
import {diagnosisCodes} from '../helpers/diagnosis-codes.ts';
import {topologyAuthorities} from '../../src/pki/topology.ts';
import {fakeHost} from '../helpers/fake-host.ts';

describe.each(languages)('the lessons in %s', (language) => {
  const lessons: Lessons = lessonsIn(language);

  test('have one for every certificate, authority and connection of the catalogue, and for nothing else', () => {
    expect(Object.keys(lessons.certificates).toSorted()).toEqual(certificateRows.map(({id}) => id).toSorted());
    expect(Object.keys(lessons.authorities).toSorted()).toEqual(
      [...new Set(Object.values(topologyAuthorities).flat())].toSorted(),
    );
    expect(Object.keys(lessons.connections).toSorted()).toEqual(connectionRows.map(({id}) => id).toSorted());
  });

  test('have one for every flag and setting that names no file', () => {
    const silent = componentRows.flatMap(({id, flags, settings}) =>
      [...flags, ...settings].flatMap(({name}) => (lessons.setting(id, name) === undefined ? [`${id} ${name}`] : [])),
    );
    expect(silent).toEqual([]);
    expect(lessons.setting('etcd', '--no-such-flag')).toBeUndefined();
  });

  test.each(['system:masters', 'system:node:cp-1', 'system:bootstrappers:x', 'front-proxy-client', 'jane'])(
    'know what %s means where English does',
    (name) => {
      expect(lessons.identity(name) === undefined).toBe(lessonsIn('en').identity(name) === undefined);
    },
  );

  test('leave no text empty, and write their own language', () => {
    const texts = stringsIn(lessons);
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
    const sentences = texts.filter((text) => text.length > 25);
    const wide = /[\u3040-\u30ff\u4e00-\u9fff]/;
    expect(sentences.filter((text) => wide.test(text) === (language === 'en'))).toEqual([]);
  });

  test('mix up neither each other’s characters nor marks', () => {
    const texts = stringsIn(lessons).join('\n');
    const kana = /[\u3040-\u30ff]/;
    expect(kana.test(texts)).toBe(language === 'ja');
    // Characters that only simplified Chinese has.
    expect(/[证书签发节点]{2}/.test(texts) && /[这没请]/.test(texts)).toBe(language === 'zh');
  });
});

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe('what to run against an error', () => {
  const commands = errorRows.flatMap(({id}) =>
    explainErrorId(id, lessonsIn('en')).sections.flatMap(({label, lines}) => (label === 'commands' ? lines : [])),
  );
  const ours = [...new Set(commands)].filter((line) => line.includes('certwright '));

  test.each(ours)('%s is a command line of this program', (line) => {
    const host = fakeHost();
    readCommandLine(line.replace(/^(?:sudo )?certwright /, '').split(' '), host, '1.2.3');
    expect(host.err()).toBe('');
  });

  test('leaves no gap that nothing fills', () => {
    expect(commands.filter((line) => /[{}]/.test(line))).toEqual([]);
  });
});

test('an error names only codes that the diagnosis has, and certificates of the catalogue', () => {
  const codes = diagnosisCodes();
  const known = new Set<string>([...certificateRows.map(({id}) => id), ...Object.values(topologyAuthorities).flat()]);
  for (const {id, findings, certificates} of errorRows) {
    expect(
      findings.filter((code) => !codes.has(code)),
      id,
    ).toEqual([]);
    if (certificates !== 'server')
      expect(
        certificates.filter((one) => !known.has(one)),
        id,
      ).toEqual([]);
  }
});
