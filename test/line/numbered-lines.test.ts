import {describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import {problem} from '../../src/base/problem.ts';
import {numberedLines} from '../../src/line/numbered-lines.ts';
import {terminal, type Terminal} from '../helpers/line-person.ts';

const layouts = [
  {value: '', label: 'As the layout does', help: 'Whatever its tool does.'},
  {value: 'issued', label: 'Issued now', help: 'Made here.'},
  {value: 'bootstrap', label: 'Asked for with a token', help: ''},
];
const help = ['How each kubelet gets its certificate.'];

/** Types the lines, then says what `ask` gave and what was shown. */
async function typing<Value>(
  lines: readonly string[],
  ask: (asker: ReturnType<typeof numberedLines>) => Promise<Value>,
  at: Terminal = terminal(),
): Promise<{value: Value; shown: string}> {
  const asker = numberedLines(at.context);
  const asked = ask(asker);
  for (const line of lines) at.type(`${line}\n`);
  const value = await asked;
  asker.close();
  expect(at.raw(), 'an escape code').not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u009B]/);
  return {value, shown: at.raw()};
}

describe('a choice', () => {
  const choose = (chosen?: string) => (asker: ReturnType<typeof numberedLines>) =>
    asker.choose({ask: 'Client certificates', help, options: layouts, chosen});

  test('is shown with numbers, and with its default in brackets', async () => {
    const {shown} = await typing([''], choose('issued'));
    expect(shown).toBe(
      [
        '',
        'How each kubelet gets its certificate.',
        '1) As the layout does: Whatever its tool does.',
        '2) Issued now: Made here.',
        '3) Asked for with a token',
        'Client certificates [2, Issued now]: ',
      ].join('\n'),
    );
  });

  test.each([
    ['a number', '3', 'bootstrap'],
    ['its value', 'bootstrap', 'bootstrap'],
    ['its label in any case', 'ISSUED NOW', 'issued'],
    ['the beginning of one', 'b', 'bootstrap'],
    ['Enter alone', '', 'issued'],
  ])('is made by %s', async (_, typed, value) => {
    expect((await typing([typed], choose('issued'))).value).toEqual({kind: 'answered', value});
  });

  test('has the first option as its default when none is chosen, the empty value too', async () => {
    expect((await typing([''], choose())).value).toEqual({kind: 'answered', value: ''});
    expect((await typing([''], choose(''))).value).toEqual({kind: 'answered', value: ''});
  });

  test('is asked again after what is none of them, with the nearest one named', async () => {
    const {value, shown} = await typing(['isued', '9', 'as', '2'], choose('issued'));
    expect(value).toEqual({kind: 'answered', value: 'issued'});
    expect(shown).toContain('Not taken: "isued" is none of the choices\n  did you mean issued?');
    expect(shown).toContain('Not taken: "9" is none of the choices\n  type a number from 1 to 3');
    // `as` begins two of them.
    expect(shown).toContain('Not taken: "as" is none of the choices');
    expect(shown.match(/Client certificates \[2, Issued now]: /g)).toHaveLength(4);
  });

  test('is asked again when it is refused, with what to do', async () => {
    const judge = (value: string) =>
      value === 'issued' ? [problem('no', '', 'not with this plan', 'take another')] : [];
    const {value, shown} = await typing(['2', '3'], (asker) =>
      asker.choose({ask: 'Which', help, options: layouts, judge}),
    );
    expect(value).toEqual({kind: 'answered', value: 'bootstrap'});
    expect(shown).toContain('Not taken: not with this plan\n  take another\nWhich [1, As the layout does]: ');
  });

  test('explains itself again on request, and lets one go back', async () => {
    const {value, shown} = await typing(['?', '<'], choose());
    expect(value).toEqual({kind: 'went-back'});
    expect(shown.match(/How each kubelet/g)).toHaveLength(2);
    expect((await typing(['back'], choose())).value).toEqual({kind: 'went-back'});
  });

  test('among many shows the first twenty, and takes every one of them', async () => {
    const options = Array.from({length: 200}, (_, index) => ({value: `n${index}`, label: `node-${index}`, help: ''}));
    const {value, shown} = await typing(['173'], (asker) => asker.choose({ask: 'Which', help: [], options}));
    expect(value).toEqual({kind: 'answered', value: 'n172'});
    expect(shown).toContain('20) node-19\n... up to 200) node-199\n');
    expect(shown).not.toContain('21) ');
  });
});

describe('a choice of several', () => {
  const choose = (asker: ReturnType<typeof numberedLines>) =>
    asker.chooseSome({
      ask: 'Ways',
      help,
      options: layouts.slice(1),
      chosen: ['issued'],
      judge: (values) => (values.length === 0 ? [problem('none', '', 'one is needed', 'take one')] : []),
    });

  test.each([
    ['numbers', '2, 1', ['issued', 'bootstrap']],
    ['words', 'bootstrap', ['bootstrap']],
    ['Enter alone', '', ['issued']],
  ])('is made by %s', async (_, typed, value) => {
    expect((await typing([typed], choose)).value).toEqual({kind: 'answered', value});
  });

  test('refuses each word that is none of them, and none where one is needed', async () => {
    const {value, shown} = await typing(['1 x y', '-', '1'], choose);
    expect(value).toEqual({kind: 'answered', value: ['issued']});
    expect(shown).toContain('"x" is none of the choices');
    expect(shown).toContain('"y" is none of the choices');
    expect(shown).toContain('Not taken: one is needed');
  });
});

describe('a text', () => {
  const text =
    (initial: string, canBeEmpty = false) =>
    (asker: ReturnType<typeof numberedLines>) =>
      asker.text({
        ask: 'Endpoint',
        help,
        initial,
        canBeEmpty,
        judge: (typed) => (typed.includes('://') ? [problem('a-url', '', 'that is a URL', 'leave out https://')] : []),
      });

  test('keeps what stands in brackets on Enter', async () => {
    const {value, shown} = await typing([''], text('api.demo.test:6443'));
    expect(value).toEqual({kind: 'answered', value: 'api.demo.test:6443'});
    expect(shown).toContain('Endpoint [api.demo.test:6443]: ');
  });

  test('is refused with its remedy, and asked again', async () => {
    const {value, shown} = await typing(['https://x', 'x'], text(''));
    expect(value).toEqual({kind: 'answered', value: 'x'});
    expect(shown).toContain('Endpoint: Not taken: that is a URL\n  leave out https://\nEndpoint: ');
  });

  test('is emptied with a dash where it may be', async () => {
    expect((await typing(['-'], text('x', true))).value).toEqual({kind: 'answered', value: ''});
    expect((await typing(['-'], text('x', true))).shown).toContain('- leaves it empty');
    expect((await typing(['-'], text('x'))).value).toEqual({kind: 'answered', value: '-'});
  });

  test('shows nothing of what could move the cursor', async () => {
    const at = terminal({glyphs: 'ascii'});
    const {shown} = await typing([''], text('a\u001B[2Jb\u009B…'), at);
    expect(shown).toContain('Endpoint [a?[2Jb?...]: ');
  });
});

describe('lines', () => {
  const lines = (asker: ReturnType<typeof numberedLines>) =>
    asker.lines({ask: 'Nodes', help: ['One a line.'], isRepeated: false});

  test('come as they were pasted, empty ones between them too', async () => {
    const {value} = await typing(['cp-1 10.0.0.11', '', 'cp-2 10.0.0.12'], lines);
    expect(value).toEqual({kind: 'answered', value: 'cp-1 10.0.0.11\n\ncp-2 10.0.0.12'});
  });

  test('are nothing after Enter alone', async () => {
    expect((await typing([''], lines)).value).toEqual({kind: 'answered', value: ''});
  });

  test('that come later belong to the next question', async () => {
    const at = terminal();
    const asker = numberedLines(at.context);
    const first = asker.lines({ask: 'Nodes', help: [], isRepeated: false});
    at.type('cp-1\n');
    expect(await first).toEqual({kind: 'answered', value: 'cp-1'});
    at.type('cp-2\n');
    expect(await asker.lines({ask: 'Nodes', help: ['Not again.'], isRepeated: true})).toEqual({
      kind: 'answered',
      value: 'cp-2',
    });
    expect(at.raw()).not.toContain('Not again.');
    asker.close();
  });
});

describe('yes or no', () => {
  const confirm = (initial: boolean) => (asker: ReturnType<typeof numberedLines>) =>
    asker.confirm({ask: 'Issue it now?', help: [], initial});

  test.each([
    ['y', true],
    ['YES', true],
    ['n', false],
    ['', true],
  ])('is said by %j', async (typed, value) => {
    expect((await typing([typed], confirm(true))).value).toEqual({kind: 'answered', value});
  });

  test('is never taken from anything else', async () => {
    const {value, shown} = await typing(['maybe', '1', 'no'], confirm(true));
    expect(value).toEqual({kind: 'answered', value: false});
    expect(shown.match(/that is not yes or no/g)).toHaveLength(2);
  });
});

describe('a secret', () => {
  const secret = (asker: ReturnType<typeof numberedLines>) => asker.secret({ask: 'Passphrase', help: []});

  test('is read from a terminal without its echo', async () => {
    const at = terminal({isTTY: true});
    const modes: boolean[] = [];
    Object.assign(at.context.stdin, {setRawMode: (isRaw: boolean) => modes.push(isRaw)});
    const asker = numberedLines(at.context);
    const asked = secret(asker);
    at.type('wrong\u0015\u001B[Ahunt\u007F\u007Fnter2 ');
    at.type('é\r');
    expect((await asked).reveal()).toBe('hunter2 é');
    expect(modes).toEqual([true, false]);
    expect(at.raw()).toBe('\nPassphrase, not shown while you type: \n');
    // The lines after it are lines again.
    const next = asker.text({ask: 'Next', help: [], initial: '', judge: () => []});
    at.type('x\n');
    expect(await next).toEqual({kind: 'answered', value: 'x'});
    asker.close();
  });

  test('is asked again when nothing was typed', async () => {
    const at = terminal({isTTY: true});
    const asker = numberedLines(at.context);
    const asked = secret(asker);
    at.type('\r');
    await new Promise((resolve) => setImmediate(resolve));
    at.type('x\r');
    expect((await asked).reveal()).toBe('x');
    expect(at.raw()).toContain('Not taken: nothing was typed');
    asker.close();
  });

  test('is refused where it would be seen, with another way', async () => {
    const asker = numberedLines(terminal().context);
    const refused = await secret(asker).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Failure);
    expect(refused).toMatchObject({code: 'no-hidden-input', nextSteps: [expect.stringContaining('{file: PATH}')]});
    asker.close();
  });

  test.each([
    ['Ctrl-C', '\u0003', 'cancelled'],
    ['Ctrl-D', '\u0004', 'the input ended before everything was answered'],
  ])('is left with %s, and the terminal is as it was', async (_, key, message) => {
    const at = terminal({isTTY: true});
    const modes: boolean[] = [];
    Object.assign(at.context.stdin, {setRawMode: (isRaw: boolean) => modes.push(isRaw)});
    const asker = numberedLines(at.context);
    const asked = secret(asker);
    at.type(key);
    await expect(asked).rejects.toThrow(new Cancelled(message));
    expect(modes).toEqual([true, false]);
    asker.close();
  });
});

describe('leaving', () => {
  const text = (asker: ReturnType<typeof numberedLines>) =>
    asker.text({ask: 'Name', help: [], initial: '', judge: () => [problem('no', '', 'never', 'never')]});

  test('the end of the input ends every question, and the next one at once', async () => {
    const at = terminal();
    const asker = numberedLines(at.context);
    const asked = text(asker);
    at.type('a\nb');
    at.hangUp();
    await expect(asked).rejects.toBeInstanceOf(Cancelled);
    expect(at.raw().match(/Not taken/g), 'the last line counts without its end').toHaveLength(2);
    await expect(text(asker)).rejects.toThrow('the input ended');
    await expect(asker.lines({ask: 'Nodes', help: [], isRepeated: false})).rejects.toThrow('the input ended');
    await expect(numberedLines(at.context).choose({ask: 'x', help: [], options: layouts})).rejects.toThrow('ended');
  });

  test('a signal ends a question with its own reason, and the next one too', async () => {
    const at = terminal();
    const asker = numberedLines(at.context);
    const asked = text(asker);
    at.interrupt(new Cancelled('stopped by SIGINT'));
    await expect(asked).rejects.toThrow(new Cancelled('stopped by SIGINT'));
    await expect(text(asker)).rejects.toThrow('stopped by SIGINT');
    asker.close();
  });
});
