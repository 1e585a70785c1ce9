import {beforeAll, describe, expect, test} from 'vitest';
import {languages} from '../../../src/base/language.ts';
import {quizQuestions} from '../../../src/journeys/quiz.ts';
import {errorRows} from '../../../src/lessons/errors.ts';
import {thingsNamed} from '../../../src/lessons/find-things.ts';
import {askedWith} from '../../../src/lessons/quiz/asked-question.ts';
import {type Question, quizTopics} from '../../../src/lessons/quiz/question.ts';
import {readError} from '../../../src/lessons/read-error.ts';
import {makeBlueprint} from '../../../src/pki/blueprint.ts';
import type {Blueprint, PlannedConnection} from '../../../src/pki/blueprint-types.ts';
import {certificateRows} from '../../../src/pki/certificates.ts';
import {connectionRows} from '../../../src/pki/connections.ts';
import {presetNames, presetPlan} from '../../helpers/presets.ts';

describe.each(presetNames)('every question about %s', (preset) => {
  let blueprint: Blueprint;
  let questions: readonly Question[];
  beforeAll(() => {
    blueprint = makeBlueprint(presetPlan(preset));
    questions = quizQuestions(presetPlan(preset), 'en');
  });

  /** Questions whose id begins so, each with what follows in the id. */
  function asked(form: string): readonly {readonly rest: string; readonly question: Question}[] {
    const found = questions.filter(({id}) => id.startsWith(`${form}/`));
    expect(found.length, form).toBeGreaterThan(0);
    return found.map((question) => ({rest: question.id.slice(form.length + 1), question}));
  }

  test('has an id of its own, a reason, and something to read on', () => {
    expect(questions.length).toBe(new Set(questions.map(({id}) => id)).size);
    for (const {id, why, about, ask, topic} of questions) {
      expect(why.length, id).toBeGreaterThan(0);
      expect(thingsNamed(about).length, `${id}: ${about}`).toBeGreaterThan(0);
      expect(ask, id).toMatch(/\?$/);
      expect(id.split('/')[0]).toBe(topic);
    }
    expect([...new Set(questions.map(({topic}) => topic))]).toEqual(quizTopics);
  });

  test('of a group gives more than the answer again: the certificates that are in it', () => {
    for (const {rest: group, question} of asked('identities/means')) {
      const members = question.why.find(({label}) => label === 'subject')?.lines ?? [];
      expect(members.length, group).toBeGreaterThan(0);
      for (const member of members) expect(member).toContain(`O=${group}`);
    }
  });

  test('is the same in every language but for its words', () => {
    const shapeOf = ({id, right, wrong}: Question) => [id, right.key, wrong.map((tier) => tier.map(({key}) => key))];
    for (const language of languages) {
      expect(quizQuestions(presetPlan(preset), language).map(shapeOf), language).toEqual(questions.map(shapeOf));
    }
  });

  test('offers three or four different choices, of which one is right, whatever the seed', () => {
    for (const seed of ['1', '2', '3 2', '77']) {
      for (const question of questions) {
        const {choices, right} = askedWith(question, seed);
        const texts = choices.map(({text}) => text);
        expect(new Set(texts).size, question.id).toBe(choices.length);
        expect([3, 4], question.id).toContain(choices.length);
        expect(choices[right], question.id).toEqual(question.right);
        expect(
          choices.filter(({key}) => key === question.right.key),
          question.id,
        ).toHaveLength(1);
        const most = Math.min(3, question.wrong.flat().length);
        expect(choices.length - 1, question.id).toBe(most);
      }
    }
  });

  test('about a flag has the file that the flag names, and no wrong answer is named by it anywhere', () => {
    for (const {rest, question} of asked('flags/file')) {
      const values = valuesOf(rest);
      expect(values, question.id).toContain(question.right.key);
      for (const {key} of question.wrong.flat()) expect(values, question.id).not.toContain(key);
    }
    for (const {rest, question} of asked('flags/names')) {
      const [component = ''] = rest.split('/');
      const [path] = valuesOf(rest);
      const named = (flag: string): readonly string[] => valuesOf(`${component}/${flag}`);
      expect(named(question.right.key), question.id).toContain(path);
      for (const {key} of question.wrong.flat()) expect(named(key), question.id).not.toContain(path);
    }
  });

  /** What any node gives to `component/flag`. */
  function valuesOf(componentAndFlag: string): readonly string[] {
    const [component, ...flag] = componentAndFlag.split('/');
    return blueprint.components
      .filter((one) => one.component === component)
      .flatMap(({flags, settings}) => [...flags, ...settings])
      .flatMap(({name, value}) => (name === flag.join('/') ? [value] : []));
  }

  test('about what an end shows agrees with every connection of that row', () => {
    for (const of of ['caller', 'provider'] as const) {
      for (const {rest, question} of asked(`connections/${of}`)) {
        for (const one of blueprint.connections.filter(({id}) => id === rest)) {
          expect(shownBy(one, of), question.id).toBe(question.right.key);
        }
        expect(question.wrong.flat().map(({key}) => key)).not.toContain(question.right.key);
      }
    }
  });

  function shownBy({credential, presents}: PlannedConnection, of: 'caller' | 'provider'): string {
    const shown = of === 'caller' ? credential : presents;
    if ('certificate' in shown) return idOf(shown.certificate);
    return 'token' in shown ? 'token' : 'nothing';
  }

  function idOf(certificate: string): string {
    return blueprint.certificates.find(({name}) => name === certificate)?.id ?? 'unknown';
  }

  test('about who shows a certificate to whom has no pair for wrong that the catalogue connects with it', () => {
    for (const {rest, question} of asked('connections/pair')) {
      const pairs = connectionRows.flatMap(({caller, provider, credential, shows}) => [
        ...('certificate' in credential && credential.certificate === rest ? [`${caller} ${provider}`] : []),
        ...(shows === rest || (typeof shows === 'function' && rest === 'kubelet-serving')
          ? [`${provider} ${caller}`]
          : []),
      ]);
      expect(pairs, question.id).toContain(question.right.key);
      for (const {key} of question.wrong.flat()) {
        expect(pairs, question.id).not.toContain(key);
      }
    }
  });

  test('about who signs has the signer, and nobody who stands above it for wrong', () => {
    for (const {rest, question} of asked('authorities/signs')) {
      const signer =
        blueprint.certificates.find(({id}) => id === rest)?.authority ??
        blueprint.authorities.find(({id}) => id === rest)?.signedBy ??
        '';
      expect(question.right.key, question.id).toBe(signer);
      for (const {key} of question.wrong.flat()) expect(above(signer), question.id).not.toContain(key);
    }
  });

  function above(authority: string): readonly string[] {
    const {signedBy} = blueprint.authorities.find(({id}) => id === authority) ?? {signedBy: undefined};
    return signedBy === undefined ? [authority] : [authority, ...above(signedBy)];
  }

  test('about what is verified with has a file that ends the chain of what is shown, and none for wrong that does', () => {
    for (const of of ['caller', 'provider'] as const) {
      for (const {rest, question} of asked(`authorities/${of}`)) {
        const one = blueprint.connections.find(({id}) => id === rest);
        const shown = of === 'caller' ? one?.presents : one?.credential;
        const certificate = shown !== undefined && 'certificate' in shown ? shown.certificate : '';
        const signer = blueprint.certificates.find(({name}) => name === certificate)?.authority ?? '';
        const ends = (path: string): boolean => authoritiesAt(path).some((id) => above(signer).includes(id));
        expect(ends(question.right.key), question.id).toBe(true);
        for (const {key} of question.wrong.flat()) expect(ends(key), `${question.id}: ${key}`).toBe(false);
      }
    }
  });

  /** Of a file of certificates or a kubeconfig at this place of any node. */
  function authoritiesAt(path: string): readonly string[] {
    return blueprint.files.flatMap(({target, content}) => {
      if (target !== path) return [];
      if (content.kind === 'authorities') return content.authorities;
      return content.kind === 'kubeconfig'
        ? (blueprint.kubeconfigs.find(({name}) => name === content.kubeconfig)?.trusts ?? [])
        : [];
    });
  }

  test('about who verifies a certificate takes nobody for wrong who does', () => {
    for (const {rest, question} of asked('authorities/verifier')) {
      const verifiers = blueprint.connections.flatMap((one) =>
        (['caller', 'provider'] as const).flatMap((of) => {
          const trust = of === 'caller' ? one.callerTrusts : one.providerTrusts;
          const isShown = shownBy(one, of === 'caller' ? 'provider' : 'caller') === rest;
          if (!isShown || !('by' in trust)) return [];
          return [`${one[of].component} ${trust.by.replace(/ of (.*)$/, ' ($1)')}`];
        }),
      );
      expect(verifiers, question.id).toContain(question.right.key);
      for (const {key} of question.wrong.flat()) expect(verifiers, question.id).not.toContain(key);
    }
  });

  test('about a user or group has what stands in the subject', () => {
    for (const {rest, question} of asked('identities/user')) {
      const names = blueprint.certificates.flatMap(({id, subject}) => (id === rest ? [subject.commonName] : []));
      expect(names, question.id).toContain(question.right.key);
    }
    for (const {rest, question} of asked('identities/groups')) {
      const groups = blueprint.certificates.flatMap(({id, subject}) =>
        id === rest ? [subject.organizations.join(', ') || 'none'] : [],
      );
      expect(groups, question.id).toContain(question.right.key);
      for (const {key} of question.wrong.flat()) expect(groups, question.id).not.toContain(key);
    }
    for (const {rest, question} of asked('identities/means')) expect(question.right.key).toBe(rest);
  });

  // Measured on real components, see the domain's table of what is read again.
  const readOnce = [
    /^etcd --(?:peer-)?trusted-ca-file$/,
    /^kube-apiserver --etcd-cafile$/,
    /^kube-apiserver --service-account-/,
    /^kube-controller-manager --(?:root-ca-file|service-account-private-key-file)$/,
    /^kube-(?:controller-manager|scheduler) --(?:authentication-|authorization-)?kubeconfig$/,
    /^kubelet --(?:bootstrap-)?kubeconfig$/,
    /^kube-proxy clientConnection\.kubeconfig$/,
  ];
  const isReadOnce = (flag: string): boolean => readOnce.some((pattern) => pattern.test(flag));

  test('about a restart agrees with what was measured', () => {
    for (const {rest, question} of asked('restarts/file')) {
      const [path] = valuesOf(rest);
      const [component] = rest.split('/');
      const node = blueprint.components.find(
        (one) => one.component === component && [...one.flags, ...one.settings].some(({value}) => value === path),
      )?.node;
      const needed = blueprint.components
        .filter((one) => one.node === node)
        .filter((one) =>
          [...one.flags, ...one.settings].some(
            ({name, value}) => value === path && isReadOnce(`${one.component} ${name}`),
          ),
        )
        .map((one) => one.component);
      expect(question.right.key.split(', ').toSorted(), question.id).toEqual(
        needed.length === 0 ? ['nothing'] : needed.toSorted(),
      );
    }
    for (const {rest, question} of asked('restarts/once')) {
      const [component = ''] = rest.split('/');
      expect(isReadOnce(`${component} ${question.right.key}`), question.id).toBe(true);
      for (const {key} of question.wrong.flat()) expect(isReadOnce(`${component} ${key}`), question.id).toBe(false);
    }
  });

  test('about an error has the cause that the explainer finds, and none for wrong whose pattern is in the text', () => {
    for (const {question} of asked('errors/cause')) {
      const read = readError(question.quotes.join('\n'));
      expect(read?.row.id, question.id).toBe(question.right.key);
      for (const {key} of question.wrong.flat()) {
        const says = errorRows.find(({id}) => id === key)?.says ?? [];
        const isSaid = says.some((one) =>
          (one instanceof RegExp ? [one] : one).every((part) => part.test(read?.clause ?? '')),
        );
        expect(isSaid, `${question.id}: ${key}`).toBe(false);
      }
    }
    for (const {question} of asked('errors/side')) {
      expect(readError(question.quotes.join('\n'))?.side, question.id).toBe(question.right.key);
    }
  });

  test('asks who says an error only where its text decides it, and offers no side that may say the same', () => {
    const rest = asked('errors/side').map((one) => one.rest);
    for (const open of [
      'unknown-authority',
      'wrong-usage',
      'certificate-expired',
      'not-yet-valid',
      'authority-namesake',
    ]) {
      expect(rest).not.toContain(open);
    }
    for (const {question} of asked('errors/side')) {
      const keys = [question.right, ...question.wrong.flat()].map(({key}) => key);
      expect(
        keys.filter((key) => ['either', 'provider', 'kubelet'].includes(key)),
        question.id,
      ).toEqual([]);
    }
  });

  test('about a file that several read says who they are, and offers nobody else', () => {
    for (const {question} of asked('restarts/file')) {
      const readers = question.why.flatMap(({lines}) => lines).map((line) => line.split(' ')[0] ?? '');
      if (new Set(readers).size < 2) continue;
      for (const reader of readers) expect(question.ask, question.id).toContain(reader);
      const offered = question.wrong.flat().flatMap(({key}) => (key === 'nothing' ? [] : key.split(', ')));
      expect(
        offered.filter((one) => !readers.includes(one)),
        question.id,
      ).toEqual([]);
    }
  });

  test('about kube-proxy’s and metrics-server’s token says that they run in a pod', () => {
    for (const {rest, question} of asked('connections/caller')) {
      const isToken = question.right.key === 'token';
      if (!isToken || rest === 'pod-to-apiserver') continue;
      expect(question.ask, question.id).toMatch(/which runs in a pod|with bootstrap-kubelet/);
    }
  });

  test('calls no reason "What it is"', () => {
    for (const {id, why} of questions)
      expect(
        why.map(({label}) => label),
        id,
      ).not.toContain('what');
  });

  test('speaks of the authorities of this cluster when it says why', () => {
    const known = new Set(blueprint.authorities.map(({id}) => id));
    const others = ['etcd-ca', 'front-proxy-ca', 'kubernetes-ca', 'root-ca'].filter((id) => !known.has(id));
    for (const {id, why, topic} of questions) {
      if (topic === 'errors') continue;
      const lines = why.flatMap((section) => section.lines).join('\n');
      for (const other of others) expect(lines, id).not.toMatch(new RegExp(`(?:holds|by|CA) ${other}\\b`));
    }
  });
});

test('a preset with people asks nothing about the certificate of a person, whose name is the plan’s', () => {
  const {users} = presetPlan('kubeadm-ha', 'users=viewer readers');
  expect(users).toHaveLength(1);
  const ids = quizQuestions(presetPlan('kubeadm-ha', 'users=viewer readers'), 'en').map(({id}) => id);
  expect(ids.filter((id) => id.endsWith('/user'))).toEqual(['authorities/signs/user']);
  expect(certificateRows.map(({id}) => id)).toContain('user');
});

test('what must be restarted for the files of a kubelet depends on the version', () => {
  const rightFor = (version: string, setting: string): string | undefined =>
    quizQuestions(
      presetPlan('the-hard-way', `cluster.kubernetesVersion=${version}`, 'kubelets.serving=signed'),
      'en',
    ).find(({id}) => id === `restarts/file/kubelet/${setting}`)?.right.key;
  const [authorities, pair] = ['authentication.x509.clientCAFile', 'tlsCertFile'];
  expect(rightFor('1.36', authorities)).toBe('nothing');
  expect(rightFor('1.35', authorities)).toBe('kubelet');
  expect(rightFor('1.35', pair)).toBe('nothing');
  expect(rightFor('1.30', pair)).toBe('kubelet');
});
