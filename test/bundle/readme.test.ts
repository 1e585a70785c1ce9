import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {code, shellWord, table} from '../../src/bundle/markdown.ts';
import {copyCommand, makeReadme} from '../../src/bundle/readme.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {externalEtcdNodes, haNodes, planWith, type PlanChanges} from '../helpers/plans.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make, variety} from './bundles.ts';

function readme(changes: PlanChanges = {}): string {
  return makeReadme(makeBlueprint(planWith(changes)));
}

function headings(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('#'));
}

describe('the README of a bundle', () => {
  test.each(variety)('of %s names every file of every kind of node, with what it is for', (_, changes) => {
    const blueprint = makeBlueprint(planWith(changes));
    const text = makeReadme(blueprint);
    for (const {node, path, target, why} of blueprint.files) {
      if (node === undefined) continue;
      const shown = target ?? path.slice(`nodes/${node}/`.length);
      expect(text).toContain(`| \`${shown}\` | 0`);
      expect(text).toContain(why.replaceAll('|', '\\|'));
    }
    for (const {id} of blueprint.authorities) expect(text).toContain(`| \`${id}\` |`);
    for (const {message} of blueprint.advice) expect(text).toContain(message);
    expect(text).not.toContain('undefined');
    expect(text.endsWith('\n')).toBe(true);
  });

  test('takes the nodes in the order in which they start, those alike together', () => {
    expect(
      headings(readme({nodes: externalEtcdNodes, etcd: 'external'})).filter((line) => line.startsWith('###')),
    ).toEqual([
      '### 1. `etcd-1`, `etcd-2`, `etcd-3` (etcd)',
      '### 2. `cp-1` (control-plane)',
      '### 3. `cp-2` (control-plane)',
      '### 4. `worker-1` (worker)',
    ]);
    expect(headings(readme({nodes: haNodes})).filter((line) => line.startsWith('###'))).toEqual([
      '### 1. `cp-1` (control-plane)',
      '### 2. `cp-2`, `cp-3` (control-plane)',
      '### 3. `worker-1`, `worker-2` (worker)',
    ]);
  });

  test('says how each node starts', () => {
    const text = readme({nodes: haNodes});
    expect(text.match(/kubeadm init --config/g)).toHaveLength(1);
    expect(text.match(/kubeadm join --config/g)).toHaveLength(2);
    const byHand = readme({nodes: haNodes, layout: 'the-hard-way', trust: {topology: 'single-ca'}});
    expect(byHand).not.toContain('kubeadm init');
    expect(byHand).toContain('`etcd`, then `kube-apiserver`, then `kube-controller-manager`, then `kube-scheduler`');
  });

  test('says where an authority’s key is', () => {
    const text = readme({nodes: haNodes, trust: {topology: 'intermediates'}});
    expect(text).toMatch(/\| `root-ca` \|[^\n]*\| nowhere else: it must never leave `authorities\/` \|/);
    expect(text).toMatch(/\| `kubernetes-ca` \|[^\n]*\| also on the control-plane nodes \|/);
    const external = readme({trust: {authorities: {'kubernetes-ca': {certificate: '/ca.crt'}}}});
    expect(external).toMatch(/\| `kubernetes-ca` \|[^\n]*\| not here: only its owner signs with it \|/);
  });

  test('stays short for a thousand nodes', () => {
    const workers = Array.from({length: 1000}, (_, index) => ({
      name: `worker-${index}`,
      addresses: [`10.0.${index >> 8}.${index & 255}`],
      roles: ['worker' as const],
      sans: [],
    }));
    const text = readme({nodes: [...haNodes.slice(0, 1), ...workers]});
    expect(text.split('\n').length).toBeLessThan(300);
    expect(text).toContain('`worker-4` and 995 more (worker)');
    expect(text).toContain('worker-999');
  });

  test('its command lays the files over a node, and touches nothing that was there', async () => {
    const made = await make();
    const folder = temporaryFolder();
    await writeBundle({...made, directory: join(folder, 'bundle')});
    // A node's `/`, with folders whose modes are its own.
    const root = join(folder, 'node');
    mkdirSync(join(root, 'etc/kubernetes'), {recursive: true, mode: 0o711});
    writeFileSync(join(root, 'etc/hostname'), 'cp-1\n');
    // `ssh NODE tar … -C / -x`, with the node in a folder.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'ssh'),
      `#!/bin/sh\n[ "$1" = cp-1 ] || exit 9\nshift\nexec $(echo "$*" | sed 's# / # ${root} #')\n`,
      {mode: 0o755},
    );
    const command = copyCommand('cp-1');
    expect(command).toBe('tar --owner=0 --group=0 -C nodes/cp-1/rootfs -c . | ssh cp-1 tar --no-overwrite-dir -C / -x');
    expect(readFileSync(join(folder, 'bundle/README.md'), 'utf8')).toContain(command);
    const options = {cwd: join(folder, 'bundle'), env: {...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`}};
    execFileSync('sh', ['-ec', command], options);
    const mode = (path: string): string => (statSync(join(root, path)).mode & 0o7777).toString(8);
    expect([mode('etc'), mode('etc/kubernetes')]).toEqual(['711', '711']);
    expect([mode('etc/kubernetes/pki'), mode('etc/kubernetes/pki/ca.key'), mode('etc/kubernetes/pki/ca.crt')]).toEqual([
      '755',
      '600',
      '644',
    ]);
    expect(readFileSync(join(root, 'etc/hostname'), 'utf8')).toBe('cp-1\n');
  });
});

describe('Markdown', () => {
  test('code holds any text', () => {
    expect(['a', 'a`b', '`a`', 'a``b'].map(code)).toEqual(['`a`', '``a`b``', '`` `a` ``', '```a``b```']);
  });

  test('a cell stays one cell', () => {
    expect(table(['a'], [['x | y\nz']])).toEqual(['| a |', '| --- |', '| x \\| y z |']);
  });

  test('a shell reads a word as one word', () => {
    for (const word of ['cp-1', "it's", '$(id)', 'a b', '`id`', '', '*', '"', 'a\\b']) {
      expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], {encoding: 'utf8'})).toBe(word);
    }
  });
});
