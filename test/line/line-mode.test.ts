import {describe, expect, test} from 'vitest';
import {Cancelled, InputFailure} from '../../src/base/failure.ts';
import {runLineMode} from '../../src/line/line-mode.ts';
import {emptyPlan} from '../../src/pki/plan.ts';
import {terminal} from '../helpers/line-person.ts';
import {lineWorld} from '../helpers/line-services.ts';
import {presets} from '../helpers/line-walk.ts';

describe('running', () => {
  test.each(['prompts', 'numbered-lines'] as const)(
    '%s: the end of the input ends it, and stdin is let go',
    async (asks) => {
      const at = terminal();
      const {services} = lineWorld({presets});
      const run = runLineMode({...at.context, asks}, {services, preset: 'kubeadm-single'});
      at.type(asks === 'prompts' ? 'demo\r' : 'demo\n');
      at.hangUp();
      await expect(run).rejects.toThrow(new Cancelled('the input ended before everything was answered'));
      expect(at.context.stdin.isPaused()).toBe(true);
      expect(at.shown()).toContain('Cluster name');
    },
  );

  test.each(['prompts', 'numbered-lines'] as const)('%s: a signal ends it with its own reason', async (asks) => {
    const at = terminal();
    const run = runLineMode({...at.context, asks}, {services: lineWorld({presets}).services});
    setTimeout(() => at.interrupt(new Cancelled('stopped by SIGTERM')), 5);
    await expect(run).rejects.toThrow('stopped by SIGTERM');
  });

  test('without anybody to answer, everything that is missing is named at once', async () => {
    const at = terminal();
    const plan = {...emptyPlan, network: {...emptyPlan.network, podSubnets: ['10.96.0.0/16']}};
    const {services} = lineWorld({files: {'plan.yaml': {ok: true, plan}}});
    const refused = await runLineMode({...at.context, asks: 'nobody'}, {services, plan: 'plan.yaml'}).catch(
      (error: unknown) => error,
    );
    const missing = ['nodes', 'network.podSubnets[0]'].map((path): unknown => expect.objectContaining({at: {path}}));
    expect(refused).toBeInstanceOf(InputFailure);
    expect(refused).toMatchObject({
      problems: expect.arrayContaining(missing),
      nextSteps: [expect.stringContaining('certwright issue --plan FILE --out DIR')],
    });
    expect(at.raw()).toBe('');
    await expect(runLineMode({...at.context, asks: 'nobody'}, {services})).rejects.toBeInstanceOf(InputFailure);
  });
});
