import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {Secret} from '../../src/base/secret.ts';
import {wizardStart} from '../../src/wizard/wizard-state.ts';
import {createEngine} from '../../screens/engine.ts';
import {secretField, secretText} from '../../screens/parts/secret-text.ts';
import {textField} from '../../screens/parts/text-field-state.ts';
import type {Services} from '../../screens/services.ts';
import type {SetUpEvent} from '../../src/journeys/set-up-events.ts';
import {startedFrom} from '../../src/wizard/wizard.ts';
import {fakeWorld, singlePlan} from '../helpers/fake-services.ts';

describe('a secret on screen', () => {
  test('is stars that do not say how long it is', () => {
    expect(secretText(new Secret('abcdef.0123456789abcdef'), false)).toBe(secretText(new Secret('x'), false));
    expect(secretText(new Secret('abcdef.0123456789abcdef'), true)).toBe('abcdef.0123456789abcdef');
  });

  test('that is typed is a star a character, with the caret where it was', () => {
    const field = {...textField('pässwort'), caret: 3};
    expect(secretField(field, false)).toEqual({text: '********', caret: 3});
    expect(secretField(field, true)).toBe(field);
  });
});

describe('a revealed secret', () => {
  beforeEach(() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']}));
  afterEach(() => void vi.useRealTimers());

  const named = (name: string) => ({name, text: ''});

  async function askingForPassphrase() {
    const {services: fake} = fakeWorld();
    async function* setUp(_: unknown, request: Parameters<Services['setUp']>[1]): AsyncGenerator<SetUpEvent> {
      await request.askPassphrase?.('kubernetes-ca');
      yield* [];
    }
    const services = {...fake, setUp};
    const begun = startedFrom({kind: 'preset', name: 'kubeadm-single'}, singlePlan, services);
    const engine = createEngine(services, begun, {columns: 80, rows: 24});
    for (let page = 0; page < 5; page += 1) engine.press([named('pagedown')]);
    engine.press([{name: 'n', text: 'n'}, named('enter')]);
    await vi.waitFor(() => expect(engine.state().overlay.kind).toBe('passphrase'));
    return engine;
  }

  test('is hidden after ten seconds, counted from the last time that it was revealed', async () => {
    const engine = await askingForPassphrase();
    engine.press([named('ctrl-r')]);
    vi.advanceTimersByTime(6000);
    engine.press([named('ctrl-r'), named('ctrl-r')]);
    vi.advanceTimersByTime(9900);
    expect(engine.state().isRevealed).toBe(true);
    vi.advanceTimersByTime(200);
    expect(engine.state().isRevealed).toBe(false);
    await engine.stop();
  });

  test.each(['esc', 'ctrl-z', 'ctrl-c', 'enter'])('is hidden at once by %s', async (key) => {
    const engine = await askingForPassphrase();
    engine.press([named('ctrl-r')]);
    expect(engine.state().isRevealed).toBe(true);
    engine.press([named(key)]);
    expect(engine.state().isRevealed).toBe(false);
    await engine.stop();
  });

  test('cannot be asked for where there is none', () => {
    const engine = createEngine(fakeWorld().services, wizardStart, {columns: 80, rows: 24});
    engine.press([{name: 'r', text: 'r'}]);
    expect(engine.state().isRevealed).toBe(false);
  });
});
