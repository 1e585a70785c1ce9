import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, mkdtemp, readdir, readlink, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {Network, type Machine} from '../helpers/network.ts';
import {describeReal} from '../helpers/real.ts';

describeReal('machines made of namespaces', () => {
  let rootfs: string;
  let network: Network;
  let [one, two]: Machine[] = [];

  beforeAll(async () => {
    rootfs = await mkdtemp(join(tmpdir(), 'certwright-rootfs-'));
    await mkdir(join(rootfs, 'etc/kubernetes/pki'), {recursive: true});
    await writeFile(join(rootfs, 'etc/kubernetes/pki/ca.key'), 'not a key', {mode: 0o600});
    network = await Network.open();
    const hosts = {one: '10.77.0.1', two: 'fd00:77::2'};
    one = await network.addMachine({name: 'one', addresses: ['10.77.0.1', 'fd00:77::1'], rootfs, hosts});
    two = await network.addMachine({name: 'two', addresses: ['10.77.0.2', 'fd00:77::2'], rootfs, hosts});
  });

  afterAll(async () => {
    await network[Symbol.asyncDispose]();
    await rm(rootfs, {recursive: true});
  });

  test('each has its files at their real paths with their modes, and the host has none of them', async () => {
    const seen = await one?.run('stat', ['-c', '%a %U', '/etc/kubernetes/pki/ca.key']);
    expect(seen?.stdout).toBe('600 root');
    await one?.run('touch', ['/var/lib/only-here']);
    expect(await readdir('/var/lib')).not.toContain('only-here');
    await expect(two?.run('stat', ['/var/lib/only-here'])).rejects.toThrow('exit code 1');
  });

  test('they reach each other by address and by name, on both families', async () => {
    two?.start(process.execPath, [
      '-e',
      `require('node:http').createServer((request, response) => response.end(request.socket.remoteAddress)).listen(8080, '::')`,
    ]);
    const ask = (host: string) =>
      one?.run(process.execPath, [
        '-e',
        `const ask = (left) => fetch('http://${host}:8080').then((answer) => answer.text()).then(console.log, (error) => { if (left === 0) throw error; setTimeout(ask, 100, left - 1); }); ask(100)`,
      ]);
    expect((await ask('10.77.0.2'))?.stdout).toBe('::ffff:10.77.0.1');
    expect((await ask('two'))?.stdout).toBe('fd00:77::1');
  });

  test('they end with the process that made them, even when it is killed', async () => {
    const helper = new URL('../helpers/network.ts', import.meta.url).href;
    const maker = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `const {Network} = await import('${helper}');
      const network = await Network.open();
      const machine = await network.addMachine({name: 'one', addresses: ['10.77.0.9'], rootfs: '${rootfs}'});
      machine.start('sleep', ['infinity']);
      const {stdout} = await machine.run('readlink', ['/proc/self/ns/net']);
      console.log(stdout);
      setInterval(() => {}, 1000);`,
    ]);
    const [line] = (await once(maker.stdout, 'data')) as [Buffer];
    const space = line.toString().trim();
    expect(space).toMatch(/^net:\[\d+\]$/);
    const inside = async () => {
      const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
      const spaces = await Promise.all(processes.map((id) => readlink(`/proc/${id}/ns/net`).catch(() => 'gone')));
      return spaces.filter((one) => one === space).length;
    };
    expect(await inside()).toBeGreaterThan(1);
    maker.kill('SIGKILL');
    await expect.poll(inside, {timeout: 20_000}).toBe(0);
  });
});
