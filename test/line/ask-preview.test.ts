import {describe, expect, test} from 'vitest';
import {back, enter} from '../helpers/line-person.ts';
import {folded, walk} from '../helpers/line-walk.ts';

describe('the preview', () => {
  test('is the summary, and everything with its reasons on request', async () => {
    const {shown} = await walk({'What now': ['full', 'issue']});
    expect(folded(shown)).toContain(
      '- kubernetes-ca: subject CN=kubernetes; signed by itself; valid 10 years; signs 7',
    );
    expect(shown).toContain('3 authorities, 12 certificates');
    expect(shown).toContain('--service-cluster-ip-range=10.96.0.0/12');
  });

  test('is a table for eyes that have the room for it, and a list for all others', async () => {
    const wide = await walk({}, {name: 'prompts', columns: 200});
    expect(wide.shown).toMatch(/\nAUTHORITY +SUBJECT +SIGNED BY/);
    expect(wide.shown).toMatch(/\nVERDICT +CONNECTION/);
    const narrow = await walk({}, {name: 'prompts', columns: 80});
    expect(folded(narrow.shown)).toContain(
      '- apiserver: for cp-1; subject CN=kube-apiserver; signed by kubernetes-ca;',
    );
    const spoken = await walk({}, {columns: 200});
    expect(folded(spoken.shown)).toContain(
      '- apiserver: for cp-1; subject CN=kube-apiserver; signed by kubernetes-ca;',
    );
    expect(spoken.shown).not.toMatch(/\S {2,}\S/);
  });

  test('saves the plan, and never over a file that is there', async () => {
    const {saved, shown, asked} = await walk({
      'What now': ['save', 'save', 'issue'],
      'Save the plan as': [enter, enter, 'mine.yaml'],
      'Key algorithm': 'ECDSA-P256',
    });
    expect([...saved.keys()]).toEqual(['./demo-plan.yaml', 'mine.yaml']);
    expect(saved.get('mine.yaml')?.keys.algorithm).toBe('ECDSA-P256');
    expect(shown).toContain('./demo-plan.yaml is there already');
    expect(asked.filter((ask) => ask === 'Save the plan as')).toHaveLength(3);
  });

  test('can be left without anything being made', async () => {
    const {exitCode, issued} = await walk({'What now': 'quit'});
    expect(exitCode).toBe(0);
    expect(issued).toEqual([]);
  });

  test('has nothing to issue while the answers do not fit each other', async () => {
    const {shown, issued, exitCode} = await walk({
      'What now': ['change', 'quit'],
      'Which answer': 'etcd',
      etcd: [enter, 'external'],
      Nodes: [enter, back],
    });
    expect(shown).toMatch(/The answers do not fit each other yet\.\nNot taken: /);
    expect(shown.slice(shown.lastIndexOf('What will exist'))).not.toContain('Issue it');
    expect({issued, exitCode}).toEqual({issued: [], exitCode: 0});
  });
});
