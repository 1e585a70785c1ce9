import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {putAside, putBack, whileAside} from '../../src/node/change/aside.ts';
import {recover} from '../../src/node/change/change.ts';
import {keepingUnder, readJournal} from '../../src/node/change/journal.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const path = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const aside = {path, what: 'restart kube-scheduler', id: 'restart-kube-scheduler'};

function makeNode() {
  const root = temporaryFolder();
  const folder = join(root, 'etc/kubernetes/manifests');
  mkdirSync(folder, {recursive: true});
  mkdirSync(join(root, 'var/lib'), {recursive: true});
  writeFileSync(join(root, path), 'a pod');
  return {keeping: keepingUnder(root), folder, there: (): string => readFileSync(join(root, path), 'utf8')};
}

describe('a file that is put aside', () => {
  test('is under a dot name in its own folder, where a kubelet does not look, and comes back', () => {
    const {keeping, folder, there} = makeNode();
    putAside(keeping, aside);
    expect(readdirSync(folder)).toEqual(['.certwright-restart-kube-scheduler-kube-scheduler.yaml']);
    putBack(keeping, readJournal(keeping) ?? expect.fail('no journal'));
    expect(there()).toBe('a pod');
    expect(readdirSync(folder)).toEqual(['kube-scheduler.yaml']);
    expect(existsSync(keeping.journal)).toBe(false);
  });

  test('is put back by recover when its run was cut off', () => {
    const {keeping, there} = makeNode();
    putAside(keeping, aside);
    expect(recover(keeping)).toEqual({id: aside.id, what: aside.what, how: 'put-back'});
    expect(there()).toBe('a pod');
    expect(recover(keeping)).toBeUndefined();
  });

  test('keeps what somebody else has put there meanwhile: both files stay, and it is said', () => {
    const {keeping, folder, there} = makeNode();
    putAside(keeping, aside);
    writeFileSync(join(folder, 'kube-scheduler.yaml'), 'a newer pod');
    expect(() => recover(keeping)).toThrow(expect.objectContaining({code: 'file-came-back'}));
    expect(there()).toBe('a newer pod');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('is not put aside over a change that was cut off', () => {
    const {keeping, there} = makeNode();
    putAside(keeping, aside);
    expect(() => putAside(keeping, aside)).toThrow(expect.objectContaining({code: 'change-interrupted'}));
    recover(keeping);
    expect(there()).toBe('a pod');
  });

  test('is back whatever is thrown meanwhile', async () => {
    const {keeping, folder, there} = makeNode();
    const stopped = whileAside(keeping, aside, async () => {
      expect(readdirSync(folder)).not.toContain('kube-scheduler.yaml');
      throw new Cancelled();
    });
    await expect(stopped).rejects.toBeInstanceOf(Cancelled);
    expect(there()).toBe('a pod');
    expect(readJournal(keeping)).toBeUndefined();
  });

  test('leaves nothing to be recovered when it could not be moved', async () => {
    const {keeping} = makeNode();
    const gone = {...aside, path: '/etc/kubernetes/manifests/gone.yaml'};
    await expect(whileAside(keeping, gone, () => expect.fail('it was not there'))).rejects.toMatchObject({
      name: 'Failure',
      code: 'folder-gone',
    });
    expect(readJournal(keeping)).toBeUndefined();
  });

  test('does not touch what another run has left open', async () => {
    const {keeping} = makeNode();
    putAside(keeping, aside);
    const other = {...aside, id: 'restart-etcd'};
    await expect(whileAside(keeping, other, () => expect.fail('it is not to be begun'))).rejects.toMatchObject({
      code: 'change-interrupted',
    });
    expect(readJournal(keeping)?.id).toBe(aside.id);
  });
});
