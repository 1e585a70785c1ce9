import {afterEach, describe, expect, test} from 'vitest';
import {fakeWorld} from '../helpers/fake-services.ts';
import type {ShownApp} from '../helpers/shown-app.tsx';
import {shapeFaults, showApp, sizes, small} from '../helpers/shown-app.tsx';

let app: ShownApp;
afterEach(() => app.close());

describe.each(sizes)('home at %s', (_, size) => {
  test('names the three journeys', async () => {
    app = await showApp({services: fakeWorld().services, size});
    const frame = app.frame();
    expect(shapeFaults(frame, size)).toEqual([]);
    expect(frame).toContain('❯ Set up');
    expect(frame).toContain('Rotate ');
    expect(frame).toContain('Learn ');
    expect(frame).toContain('? help');
  });

  test('the help lists the keys of this screen and closes again', async () => {
    app = await showApp({services: fakeWorld().services, size});
    await app.press('?');
    expect(app.frame()).toContain('Keys that work here');
    expect(app.frame()).toMatch(/↓ {2}j {2}ctrl-n +one down/);
    await app.press('esc');
    expect(app.frame()).toContain('❯ Set up');
  });
});

describe('keys', () => {
  test('three fast ones in one chunk count three times', async () => {
    app = await showApp({services: fakeWorld().services});
    await app.type('jjk');
    expect(app.frame()).toContain('❯ Rotate');
  });

  test('q leaves with 0, Ctrl-C with 130', async () => {
    app = await showApp({services: fakeWorld().services});
    await app.press('q');
    expect(await app.engine.ending).toEqual({kind: 'left', exitCode: 0});
    app.close();
    app = await showApp({services: fakeWorld().services});
    await app.press('ctrl-c');
    expect(await app.engine.ending).toEqual({kind: 'left', exitCode: 130});
  });
});

describe('the size of the terminal', () => {
  test('below 60x16 one message is shown, and the state waits', async () => {
    app = await showApp({services: fakeWorld().services});
    await app.press('down');
    await app.resize({columns: 59, rows: 24});
    expect(app.frame().trim().split('\n')).toEqual([
      'This terminal is too small.',
      'It has 59x24; 60x16 is enough.',
      'Nothing is lost: make it larger.',
    ]);
    await app.resize({columns: 60, rows: 16});
    expect(app.frame()).toContain('❯ Rotate');
    expect(shapeFaults(app.frame(), {columns: 60, rows: 16})).toEqual([]);
  });

  test('a storm of sizes tears no frame', async () => {
    app = await showApp({services: fakeWorld().services});
    for (let step = 0; step < 30; step += 1) {
      const size = {columns: 60 + ((step * 37) % 90), rows: 16 + ((step * 11) % 40)};
      const before = app.frames().length;
      await app.resize(size);
      const painted = app.frames().slice(before);
      expect(painted).not.toEqual([]);
      expect(painted.flatMap((frame) => shapeFaults(frame, size))).toEqual([]);
    }
  });
});

describe('without Unicode', () => {
  test('every glyph of every screen has a twin', async () => {
    const {services} = fakeWorld();
    app = await showApp({services, ascii: true});
    const ways = [
      'enter',
      'enter',
      'tab',
      'tab',
      'pagedown',
      'a',
      'esc',
      'p',
      'tab',
      'pagedown',
      'pagedown',
      'pagedown',
    ];
    for (const key of [
      ...ways,
      'pagedown',
      '2',
      '3',
      '4',
      '5',
      '1',
      'down',
      'enter',
      'esc',
      '?',
      'esc',
      'n',
      'enter',
    ]) {
      await app.press(key);
      // oxlint-disable-next-line no-control-regex -- the point is that there is nothing else
      expect(app.frame()).toMatch(/^[\u0000-\u007f]*$/);
      expect(shapeFaults(app.frame(), small)).toEqual([]);
    }
    const end = await app.waitFor('Proved');
    // oxlint-disable-next-line no-control-regex -- as above
    expect(end).toMatch(/^[\u0000-\u007f]*$/);
  });
});
