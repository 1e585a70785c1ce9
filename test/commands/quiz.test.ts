import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {widthOf} from '../../src/base/cells.ts';
import {quizTopics} from '../../src/lessons/quiz/question.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {presetNames} from '../helpers/presets.ts';
import {runCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

describe('learn quiz without a terminal', () => {
  test('prints the questions, then the answers with their reasons', async () => {
    const {code, out} = await runCommand(['learn', 'quiz', 'flags', '--questions', '2', '--seed', '7']);
    expect(code).toBe(0);
    const [questions = '', answers = ''] = out.split('\nAnswers\n');
    expect(questions).toBe(`Quiz
2 questions about a cluster as the preset kubeadm-single makes it. --seed 7
gives the same ones again.

1. Which file goes in --service-account-signing-key-file of kube-apiserver?
   1) /etc/kubernetes/pki/front-proxy-client.key
   2) /etc/kubernetes/pki/apiserver-etcd-client.key
   3) /etc/kubernetes/pki/sa.key
   4) /etc/kubernetes/pki/apiserver.key

2. Which flag of kube-apiserver names /etc/kubernetes/pki/sa.pub?
   1) --service-account-key-file
   2) --etcd-certfile
   3) --kubelet-client-key
   4) --requestheader-client-ca-file
`);
    expect(answers).toContain('1. 3) /etc/kubernetes/pki/sa.key\nWhy\n  A key pair');
    expect(answers).toContain('$ certwright explain --service-account-key-file\n');
  });

  test('keeps nothing, and knows nothing of what was answered', async () => {
    const folder = temporaryFolder();
    await runCommand(['--state-dir', folder, 'learn', 'quiz', '--seed', '1']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['ja', 'zh'])('speaks %s, no wider than the page', async (language) => {
    const {out} = await runCommand(['learn', 'quiz', '--questions', '60', '--seed', '2', '--lang', language]);
    const tooWide = out.split('\n').filter((line) => widthOf(line) > 80 && !line.includes('$ certwright'));
    expect(tooWide).toEqual([]);
    expect(out).not.toContain('undefined');
  });

  test.each(presetNames)('as JSON has the right answer of every question about %s', async (preset) => {
    const {out} = await runCommand([
      'learn',
      'quiz',
      '--preset',
      preset,
      '--questions',
      '12',
      '--seed',
      '5',
      '-o',
      'json',
    ]);
    const sheet: unknown = JSON.parse(out);
    expect(sheet).toMatchObject({quizVersion: 1, language: 'en', preset, seed: 5});
    expect(sheet).toHaveProperty('questions.11.explain');
    expect(sheet).not.toHaveProperty('questions.12');
  });

  test.each([
    [['flag'], 'did you mean flags?'],
    [['--questions', '0'], 'give a whole number from 1'],
    [['--seed', '1e3'], 'give a whole number from 0'],
    [['--preset', 'one-cas'], 'did you mean one-ca?'],
  ])('refuses %j and says what to do', async (words, help) => {
    const {code, err} = await runCommand(['learn', 'quiz', ...words]);
    expect(code).toBe(2);
    expect(err).toContain(help);
  });
});

describe('learn quiz', () => {
  test('names every topic in its help', async () => {
    const {out} = await runCommand(['learn', 'quiz', '--help']);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`Topics: ${quizTopics.join(', ')}.`);
  });

  test('is asked line by line where there is no full screen, and what was answered is kept until it is forgotten', async () => {
    const folder = temporaryFolder();
    const host = fakeHost({terminal: true, environment: {TERM: 'dumb'}});
    const words = ['--state-dir', folder, 'learn', 'quiz'];
    host.stdin.push('1\n2\n3\n4\n<\n<\n<\n');
    await runCommand([...words, 'flags', '--questions', '3', '--seed', '7'], host);
    expect(host.out()).toContain('Question 1 of 3');
    expect(readdirSync(folder)).toEqual(['quiz.json']);
    const {code} = await runCommand([...words, '--forget']);
    expect(code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});
