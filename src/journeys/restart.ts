import {Failure} from '../base/failure.ts';
import {whileAside} from '../node/change/aside.ts';
import {processes, runningAs} from '../node/processes.ts';
import type {Restart} from '../pki/rotation.ts';
import {runProgram} from '../run/run-program.ts';
import {type LiveNode, NotBack, untilWell} from './component-health.ts';
import {comes, type Patience, rest} from './waiting.ts';

/** How often a kubelet looks into its folder of manifests when nobody tells it that something has changed there. */
const kubeletLooks = 22_000;

/**
 * Restarts one component and waits until it is well: what starts it stops it first. A static pod's manifest is taken out
 * of its folder and put back; cut off in between, `recover` puts it back.
 *
 * @param tell what is waited for, in words
 * @throws NotBack; Cancelled, and then the component is started again all the same
 */
export async function restartComponent(
  node: LiveNode,
  restart: Restart,
  patience: Patience,
  tell: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const began = node.now();
  switch (restart.kind) {
    case 'static-pod':
      await restartPod(node, restart, patience, tell, signal);
      break;
    case 'unit':
      tell(`systemctl restart ${restart.unit}`);
      await restartUnit(restart.unit, signal);
      break;
    case 'unknown':
      throw new NotBack(
        `nothing on this node says how ${restart.component} is started`,
        `restart ${restart.component} the way it was started`,
        {isToRestart: true},
      );
    default:
      return restart satisfies never;
  }
  await untilWell(node, restart, began, patience, tell, signal);
}

async function restartPod(
  node: LiveNode,
  {component, path}: Restart & {readonly kind: 'static-pod'},
  {stopping, starting, pause}: Patience,
  tell: (what: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const {root, keeping} = node;
  const pod = node.found.components.find(
    (found) => found.component === component && found.from.kind === 'static-pod' && found.from.path === path,
  );
  if (pod === undefined) throw new NotBack(`${path} is not there any more`, 'run it again', {isToRestart: true});
  if (!processes(root).some((found) => found.component === 'kubelet')) {
    throw new NotBack(
      `the kubelet, which starts ${component}, does not run`,
      'start it: systemctl start kubelet; its log says why it ended: journalctl -u kubelet -n 50',
      {isToRestart: true},
    );
  }
  const before = runningAs(root, pod);
  if (before.length === 0) {
    // What starts only now reads the new files: nothing has to be stopped.
    tell('the kubelet to start it: it does not run');
    if (await comes(kubeletLooks, pause, signal, () => runningAs(root, pod).length > 0)) return;
  }
  const manifest = {path: root.real(path) ?? path, what: `restart ${component}`, id: `restart-${component}`};
  const hasStopped = await whileAside(keeping, manifest, async () => {
    if (before.length === 0) {
      tell('the kubelet to see that its manifest is gone');
      await rest(kubeletLooks, signal);
      return true;
    }
    tell('its container to stop');
    return comes(stopping, pause, signal, () => !runningAs(root, pod).some((one) => before.includes(one)));
  });
  if (!hasStopped) {
    throw new NotBack(
      `the container of ${component} did not stop in ${stopping / 1000} s after its manifest was taken away; it is back in its place`,
      'see the log of the kubelet: journalctl -u kubelet -n 50',
      {isToRestart: true},
    );
  }
  tell('the kubelet to start it again');
  const runs = await comes(starting, pause, signal, () => runningAs(root, pod).some((one) => !before.includes(one)));
  if (!runs) {
    throw new NotBack(
      `the kubelet has not started ${component} in ${starting / 1000} s`,
      `see why: journalctl -u kubelet -n 50; crictl ps -a --name ${component}`,
      {isToRestart: false},
    );
  }
}

async function restartUnit(unit: string, signal: AbortSignal): Promise<void> {
  try {
    await runProgram('systemctl', ['restart', unit], {timeout: 120_000, signal});
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new NotBack(error.message, `see why: systemctl status ${unit}; journalctl -u ${unit} -n 50`, {
      // What takes long to start is on its way.
      isToRestart: error.code !== 'program-timed-out',
    });
  }
}
