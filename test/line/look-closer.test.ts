import {describe, expect, test} from 'vitest';
import {back, enter} from '../helpers/line-person.ts';
import {folded, walk} from '../helpers/line-walk.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';

describe('looking closer', () => {
  test('finds rows by words, says all about one, and goes on to what belongs to it', async () => {
    const {shown, asked} = await walk({
      'What now': ['look', 'issue'],
      'Look at': 'flags',
      'Words to look for': 'apiserver tls',
      'Which one': '0',
      'Go on to': ['link 1', back, 'static-pod', 'enough'],
    });
    expect(shown).toContain('2 of ');
    expect(folded(shown)).toContain('--tls-cert-file: the API server shows it to everyone who calls it');
    expect(folded(shown)).toContain('1) Enough: Back to what now.');
    // The link, and the way back to the flag.
    expect(shown).toContain('/etc/kubernetes/pki/apiserver.crt: ');
    expect(shown.match(/--tls-cert-file: the API server/g)).toHaveLength(3);
    expect(shown).toContain('    - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt\n');
    expect(asked.filter((ask) => ask === 'Go on to')).toHaveLength(4);
    expectNoSecrets(shown);
  });

  test('says that nothing is found, and asks again', async () => {
    const {shown, asked} = await walk({
      'What now': ['look', 'issue'],
      'Look at': ['files', back],
      'Words to look for': ['no-such', back],
    });
    expect(shown).toContain('No row of Files has no-such in it.');
    expect(asked.filter((ask) => ask === 'Words to look for')).toHaveLength(2);
  });

  test('reads the same with prompts', async () => {
    const {shown} = await walk(
      {
        'What now': ['look', 'issue'],
        'Look at': 'connections',
        'Words to look for': 'verified by nothing',
        'Which one': enter,
        'Go on to': 'enough',
      },
      {name: 'prompts'},
    );
    expect(folded(shown)).toContain('verified: by nothing, because');
  });
});

describe('exporting in lines', () => {
  test('writes the preview, and over a file only after a yes', async () => {
    const {exported, shown, asked} = await walk({
      'What now': ['export', 'export', 'export', 'issue'],
      'Export as': ['markdown', 'markdown', 'json'],
      'Write it to': [enter, enter, 'other.md', 'all.json'],
    });
    expect([...exported]).toEqual([
      ['./demo.md', 'markdown'],
      ['other.md', 'markdown'],
      ['all.json', 'json'],
    ]);
    expect(shown).toContain('Written to ./demo.md.');
    expect(asked).toContain('./demo.md is there already. Replace it?');
  });
});
