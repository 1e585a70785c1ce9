import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {beforeAll, expect, test} from 'vitest';
import {parse} from 'yaml';
import {Bundle} from '../helpers/bundle.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {presetNames, presetPlan} from '../helpers/presets.ts';
import {describeReal} from '../helpers/real.ts';

const run = promisify(execFile);

for (const preset of presetNames) {
  describeReal(`kubeconfigs of ${preset}`, (programs) => {
    const closing = closeAfterAll();
    let bundle: Bundle;

    beforeAll(async () => {
      bundle = closing(await Bundle.of(presetPlan(preset, 'keys.algorithm=ECDSA-P256', 'users=viewer read-only')));
    });

    async function config(path: string, ...words: readonly string[]): Promise<string> {
      const {stdout} = await run(programs.path('kubectl'), ['--kubeconfig', bundle.path(path), 'config', ...words]);
      return stdout;
    }

    test('kubectl reads each, and shows whose it is and no secret', {timeout: 120_000}, async () => {
      const {files, kubeconfigs} = bundle.blueprint;
      expect(kubeconfigs.length).toBeGreaterThan(3);
      for (const {name, contextName, user, server} of kubeconfigs) {
        const holds = files.find(({content}) => content.kind === 'kubeconfig' && content.kubeconfig === name);
        const path = holds?.path ?? expect.fail(`no file for ${name}`);
        const [raw, view] = await Promise.all([
          config(path, 'view', '--raw', '-o', 'json'),
          config(path, 'view', '--minify'),
        ]);
        expect(JSON.parse(raw), path).toEqual({preferences: {}, ...(parse(await bundle.read(path)) as object)});
        const shown = parse(view) as Shown;
        expect(shown['current-context']).toBe(contextName);
        expect(shown.clusters.map(({cluster}) => cluster.server)).toEqual([server]);
        expect(shown.users.map((one) => one.name)).toEqual([user]);
        const secrets = Object.values(shown.users[0]?.user ?? {});
        expect(secrets.length, path).toBeGreaterThan(0);
        for (const secret of secrets) expect(secret, path).toMatch(/^(REDACTED|DATA\+OMITTED)$/);
      }
    });
  });
}

interface Shown {
  readonly 'current-context': string;
  readonly clusters: readonly {readonly cluster: {readonly server: string}}[];
  readonly users: readonly {readonly name: string; readonly user: Readonly<Record<string, string>>}[];
}
