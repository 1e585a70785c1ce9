import {describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {problem} from '../../src/base/problem.ts';
import type {Asker} from '../../src/line/ask.ts';
import {prompts} from '../../src/line/prompts.ts';
import {terminal, type Terminal} from '../helpers/line-person.ts';

const options = [
  {value: '', label: 'As the layout does', help: 'Whatever its tool does.'},
  {value: 'issued', label: 'Issued now', help: 'Made here.'},
  {value: 'bootstrap', label: 'Asked for with a token', help: 'By the kubelet.'},
];
const help = ['How each kubelet gets its certificate.'];
const [enter, down, escape, clear] = ['\r', '\u001B[B', '\u001B', '\u0015'];

async function pressing<Value>(
  keys: string,
  ask: (asker: Asker) => Promise<Value>,
  at: Terminal = terminal(),
): Promise<{value: Value; shown: string}> {
  const asker = prompts(at.context);
  const asked = ask(asker);
  at.type(keys);
  const value = await asked;
  asker.close();
  return {value, shown: at.shown()};
}

describe('a choice', () => {
  const choose = (asker: Asker) => asker.choose({ask: 'Client certificates', help, options, chosen: 'issued'});

  test.each([
    ['Enter on its default', enter, 'issued'],
    ['its number', `3${enter}`, 'bootstrap'],
    ['moving to it', `${down}${enter}`, 'bootstrap'],
    ['its first letters', `as the${enter}`, ''],
  ])('is made by %s', async (_, keys, value) => {
    expect((await pressing(keys, choose)).value).toEqual({kind: 'answered', value});
  });

  test('shows the help once, the options, and what the one under the cursor means', async () => {
    const {shown} = await pressing(enter, choose);
    expect(shown.match(/How each kubelet gets its certificate\./g)).toHaveLength(1);
    expect(shown).toMatch(/Client certificates\n {2}As the layout does\n\S Issued now\n {2}Asked for with a token\n/);
    expect(shown).toContain('Made here.');
    expect(shown).not.toContain('By the kubelet.');
  });

  test('is asked again when it is refused, with what to do', async () => {
    const at = terminal();
    let asked = 0;
    const answer = prompts(at.context).choose({
      ask: 'Which',
      help,
      options,
      judge: (value) => {
        asked += 1;
        if (value === 'bootstrap') return [];
        setImmediate(() => at.type(`3${enter}`));
        return [problem('no', '', 'not with this plan', 'take another')];
      },
    });
    at.type(`2${enter}`);
    expect(await answer).toEqual({kind: 'answered', value: 'bootstrap'});
    expect(asked).toBe(2);
    expect(at.shown()).toContain('Not taken: not with this plan\n  take another\n');
  });

  test('is left for the question before with Esc', async () => {
    expect((await pressing(escape, choose)).value).toEqual({kind: 'went-back'});
  });

  test('is drawn with ASCII alone where that is all there is', async () => {
    const at = terminal({glyphs: 'ascii'});
    const {shown} = await pressing(enter, choose, at);
    expect(shown).toContain('> Issued now');
    expect(shown).not.toMatch(/[^\u0000-\u007F]/);
  });
});

describe('a choice of several', () => {
  const choose = (asker: Asker) =>
    asker.chooseSome({
      ask: 'Ways',
      help,
      options: options.slice(1),
      chosen: ['issued'],
      judge: (values) => (values.length === 0 ? [problem('none', '', 'one is needed', 'take one')] : []),
    });

  test('switches options on and off, in the order of the options', async () => {
    expect((await pressing(`2${enter}`, choose)).value).toEqual({kind: 'answered', value: ['issued', 'bootstrap']});
    expect((await pressing(`12${enter}`, choose)).value).toEqual({kind: 'answered', value: ['bootstrap']});
  });

  test('refuses none where one is needed', async () => {
    const at = terminal();
    const asked = choose(prompts(at.context));
    at.type(`1${enter}`);
    await shows(at, 'one is needed');
    at.type(`2${enter}`);
    expect(await asked).toEqual({kind: 'answered', value: ['bootstrap']});
  });
});

describe('a text', () => {
  const text =
    (initial: string, more: {canBeEmpty?: boolean; isEdited?: boolean} = {}) =>
    (asker: Asker) =>
      asker.text({
        ask: 'Endpoint',
        help,
        initial,
        ...more,
        judge: (typed) => (typed.includes('://') ? [problem('a-url', '', 'that is a URL', 'leave out https://')] : []),
      });

  test('keeps its default on Enter, and takes what is typed', async () => {
    expect((await pressing(enter, text('api:6443'))).value).toEqual({kind: 'answered', value: 'api:6443'});
    expect((await pressing(enter, text(''))).value).toEqual({kind: 'answered', value: ''});
    expect((await pressing(`lb:6443${enter}`, text('api:6443'))).value).toEqual({kind: 'answered', value: 'lb:6443'});
  });

  test('that is rather changed stands there to be edited', async () => {
    const {value} = await pressing(`, b.test${enter}`, text('a.test', {isEdited: true}));
    expect(value).toEqual({kind: 'answered', value: 'a.test, b.test'});
  });

  test('is emptied with a dash where it may be', async () => {
    expect((await pressing(`-${enter}`, text('x', {canBeEmpty: true}))).value).toEqual({kind: 'answered', value: ''});
    expect((await pressing(`-${enter}`, text('x'))).value).toEqual({kind: 'answered', value: '-'});
  });

  test('is refused under the answer, which stays to be mended', async () => {
    const at = terminal();
    const asked = text('')(prompts(at.context));
    at.type(`https://x${enter}`);
    await shows(at, 'leave out https://');
    expect(at.shown()).toMatch(/> Not taken: that is a URL\n {2}leave out/);
    at.type(`${clear}x${enter}`);
    expect(await asked).toEqual({kind: 'answered', value: 'x'});
  });

  test('explains itself again on request', async () => {
    const at = terminal();
    const asked = text('x')(prompts(at.context));
    at.type(`?${enter}`);
    await shows(at, /How each kubelet[^]*How each kubelet/);
    at.type(enter);
    expect(await asked).toEqual({kind: 'answered', value: 'x'});
  });

  test.each([
    ['Esc', escape],
    ['<', `<${enter}`],
    ['the word', `back${enter}`],
  ])('is left for the question before with %s', async (_, keys) => {
    expect((await pressing(keys, text('x'))).value).toEqual({kind: 'went-back'});
  });

  test('shows nothing of what could move the cursor', async () => {
    const at = terminal();
    await pressing(enter, text('a\u001B[2Jb\u009B'), at);
    expect(at.raw()).not.toContain('\u001B[2J');
    expect(at.raw()).not.toContain('\u009B');
  });
});

describe('lines', () => {
  const lines = (asker: Asker) => asker.lines({ask: 'Nodes', help: ['One a line.'], isRepeated: false});

  test('come as they were pasted, and none is lost behind the end of the first', async () => {
    const {value} = await pressing(`cp-1 10.0.0.11${enter}${enter}cp-2 10.0.0.12${enter}`, lines);
    expect(value).toEqual({kind: 'answered', value: 'cp-1 10.0.0.11\n\ncp-2 10.0.0.12'});
  });

  test('can be edited while they are typed', async () => {
    expect((await pressing(`cp-2\u007F1${enter}`, lines)).value).toEqual({kind: 'answered', value: 'cp-1'});
  });

  test('are left with < and with Ctrl-C, and at the end of the input', async () => {
    expect((await pressing(`<${enter}`, lines)).value).toEqual({kind: 'went-back'});
    await expect(pressing('\u0003', lines)).rejects.toThrow(new Cancelled());
    await expect(pressing('\u0004', lines)).rejects.toThrow('the input ended');
  });

  test('and the prompts do not disturb each other', async () => {
    const at = terminal();
    const asker = prompts(at.context);
    const first = lines(asker);
    at.type(`cp-1${enter}`);
    await first;
    const second = asker.text({ask: 'Name', help: [], initial: '', judge: () => []});
    at.type(`demo${enter}`);
    expect(await second).toEqual({kind: 'answered', value: 'demo'});
    const third = lines(asker);
    at.type(`cp-2${enter}`);
    expect(await third).toEqual({kind: 'answered', value: 'cp-2'});
  });
});

test('yes or no', async () => {
  const confirm = (asker: Asker) => asker.confirm({ask: 'Issue it now?', help: [], initial: true});
  expect((await pressing(enter, confirm)).value).toEqual({kind: 'answered', value: true});
  expect((await pressing(`n${enter}`, confirm)).value).toEqual({kind: 'answered', value: false});
  expect((await pressing(escape, confirm)).value).toEqual({kind: 'went-back'});
});

test('a secret is masked, cannot be revealed, and must be something', async () => {
  const at = terminal();
  const asked = prompts(at.context).secret({ask: 'Passphrase', help: []});
  at.type(enter);
  await shows(at, 'Nothing was typed.');
  at.type(`hunter\u00142${enter}`);
  expect((await asked).reveal()).toBe('hunter2');
  expect(at.shown()).toContain('*******');
  expect(at.shown()).not.toMatch(/hunter|h\*/);
});

describe('leaving', () => {
  const asks: readonly (readonly [string, (asker: Asker) => Promise<unknown>])[] = [
    ['a choice', (asker) => asker.choose({ask: 'x', help: [], options})],
    ['a choice of several', (asker) => asker.chooseSome({ask: 'x', help: [], options, chosen: [], judge: () => []})],
    ['a text', (asker) => asker.text({ask: 'x', help: [], initial: '', judge: () => []})],
    ['lines', (asker) => asker.lines({ask: 'x', help: [], isRepeated: false})],
    ['yes or no', (asker) => asker.confirm({ask: 'x', help: [], initial: true})],
    ['a secret', (asker) => asker.secret({ask: 'x', help: []})],
  ];

  test.each(asks)('Ctrl-C ends %s', async (_, ask) => {
    await expect(pressing('\u0003', ask)).rejects.toBeInstanceOf(Cancelled);
  });

  test.each(asks)('Ctrl-D ends %s, where the library would wait for ever', async (_, ask) => {
    await expect(pressing('\u0004', ask)).rejects.toThrow('the input ended before everything was answered');
  });

  test.each(asks)('the end of the input ends %s, and the same asked after it', async (_, ask) => {
    const at = terminal();
    const asker = prompts(at.context);
    const asked = ask(asker);
    at.hangUp();
    await expect(asked).rejects.toThrow('the input ended before everything was answered');
    await expect(ask(asker)).rejects.toThrow('the input ended');
  });

  test.each(asks)('a signal ends %s with its own reason', async (_, ask) => {
    const at = terminal();
    const asker = prompts(at.context);
    const asked = ask(asker);
    setTimeout(() => at.interrupt(new Cancelled('stopped by SIGTERM')), 5);
    await expect(asked).rejects.toThrow('stopped by SIGTERM');
    await expect(ask(asker)).rejects.toThrow('stopped by SIGTERM');
  });

  test('Ctrl-D behind letters deletes one instead', async () => {
    const {value} = await pressing(`ab\u0001\u0004${enter}`, (asker) =>
      asker.text({ask: 'x', help: [], initial: '', judge: () => []}),
    );
    expect(value).toEqual({kind: 'answered', value: 'b'});
  });
});

/** Until it is shown; the test's own time limit is the only clock. */
async function shows({shown}: Terminal, text: string | RegExp): Promise<void> {
  while (!(typeof text === 'string' ? shown().includes(text) : text.test(shown()))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
