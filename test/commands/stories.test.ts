import {describe, expect, test} from 'vitest';
import {widthOf} from '../../src/base/cells.ts';
import {languages} from '../../src/base/language.ts';
import {storyIds} from '../../src/lessons/stories.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {runCommand} from '../helpers/run-command.ts';

/** By the real clock, for OpenSSL measures dates by it. */
function learn(words: readonly string[], host: Parameters<typeof fakeHost>[0] = {}) {
  return runCommand(['learn', 'stories', ...words], {...fakeHost(host), now: () => new Date()});
}

describe('learn stories', () => {
  test('lists what there is to read', async () => {
    const {code, out, err} = await learn([]);
    expect(code).toBe(0);
    for (const id of storyIds) expect(out).toMatch(new RegExp(`^${id} `, 'm'));
    expect(err).toContain('certwright learn stories STORY');
  });

  test('prints a story with the move on the map and what was made for each step', async () => {
    const {code, out} = await learn(['handshake', '--output', 'text']);
    expect(code).toBe(0);
    expect(out).toMatch(/^The mutual TLS handshake\n/);
    expect(out).toContain('1. The API server calls etcd\n');
    expect(out).toContain('On the map: kube-apiserver → etcd (1)\n');
    expect(out).toContain('╠══1══▸║');
    expect(out).toMatch(/ok {2}kube-apiserver {6}accepts the other\n/);
    expect(out).toMatch(/no {2}etcd {10}refuses: peer did not return a certificate\n/);
    expect(out).toMatch(/^ {9}kube-apiserver {6}not checked: it has no CA file for the other\n/m);
    expect(out).toMatch(/ {2}Caller shows {2}\(none\)\n/);
    expectNoSecrets(out);
  });

  test('draws the map anew only where other connections are lit', async () => {
    const {out} = await learn(['handshake', '--output', 'text']);
    expect(out.match(/metrics-server/g)).toHaveLength(2);
  });

  test.each(languages)('in %s fits 80 columns, every story', async (language) => {
    for (const id of storyIds) {
      const {code, out} = await learn([id, '--output', 'text', '--lang', language]);
      expect(code, id).toBe(0);
      for (const line of out.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(80);
      expectNoSecrets(out);
    }
  });

  test('tells a machine the same', async () => {
    const {code, out} = await learn(['service-account', '--output', 'json', '--lang', 'zh']);
    expect(code).toBe(0);
    const document: unknown = JSON.parse(out);
    expect(document).toMatchObject({
      story: 'service-account',
      title: '服务账号令牌如何签名和验证',
      steps: [{id: 'pair'}, {id: 'sign', artefact: {id: 'token'}}, {id: 'verify'}, {id: 'other-half'}, {id: 'change'}],
    });
    expect(document).toMatchObject({
      steps: [{}, {}, {map: {connections: [{id: 'pod-to-apiserver', number: 14, caller: 'pod'}]}}, {}, {}],
    });
    expectNoSecrets(out);
    expect(JSON.parse((await learn(['-o', 'json'])).out)).toHaveProperty('stories.0', {
      id: 'certificate',
      title: 'What a certificate and a CA are',
      about: expect.stringMatching(/^A certificate ties a name to a key/),
      steps: 5,
    });
  });

  test('is plain ASCII where that is wanted', async () => {
    const {out} = await runCommand(['--ascii', 'learn', 'stories', 'handshake', '-o', 'text'], {
      ...fakeHost(),
      now: () => new Date(),
    });
    expect(out).toContain('kube-apiserver -> etcd (1)');
    expect(out).toMatch(/^[\n -~]+$/);
  });

  test('is about the cluster that is asked for', async () => {
    const {out} = await learn(['one-ca-or-three', '--preset', 'one-ca', '-o', 'text']);
    expect(out.match(/^ +Subject +CN=.*\n +Signs /gm)).toHaveLength(1);
  });

  test('refuses a story that is none, with the nearest one', async () => {
    const {code, err} = await learn(['handshak']);
    expect(code).toBe(2);
    expect(err).toContain('did you mean handshake?');
  });

  test('refuses a preset that is none before anything is opened', async () => {
    const {code, err} = await learn(['--preset', 'one-caa'], {terminal: true, columns: 80});
    expect(code).toBe(2);
    expect(err).toContain('one-ca');
  });
});
