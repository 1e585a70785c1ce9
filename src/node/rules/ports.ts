import {urlHost} from '../../base/address.ts';
import type {Problem} from '../../base/problem.ts';
import type {ComponentId} from '../../pki/blueprint-types.ts';
import type {FoundComponent} from '../found-component.ts';
import {servingFlags} from '../shown-files.ts';
import {logCommand, starterOf, unitOf} from '../started-by.ts';
import {certificatesOf, componentsNamed, doubtful, type Examination, filesOf} from './rule.ts';

/** Files that were renewed and processes that still show the old certificate. */
export function* restarts(examined: Examination): Iterable<Problem> {
  for (const {component, host, port, fingerprint, serial} of examined.served ?? []) {
    const flags = servingFlags(examined.components, {component, port});
    const [leaf] = flags
      .flatMap((flag) => filesOf(examined, component, flag))
      .flatMap((holding) => certificatesOf(examined, holding)[0] ?? []);
    if (leaf === undefined || leaf.certificate.fingerprint === fingerprint) continue;
    yield doubtful(
      'served-differs',
      leaf.at,
      `${component} still shows another certificate on ${urlHost(host)}:${port} (serial ${serial}) than ${leaf.at.path} holds (serial ${leaf.certificate.serial})`,
      restartOf(examined, component),
    );
  }
}

/** A component that runs and whose port shows nothing: it has not come up, or something else holds the port. */
export function* closedDoors(examined: Examination): Iterable<Problem> {
  for (const {component, why} of examined.silent) {
    const running = componentsNamed(examined, component).find(({from}) => from.kind === 'process');
    if (running?.from.kind !== 'process') continue;
    yield doubtful(
      'port-silent',
      pathOf(componentsNamed(examined, component).find(({from}) => from.kind !== 'process')),
      `${component} runs (process ${running.from.pid}), and ${why}`,
      `see its log: ${logCommand(component, examined.components)}`,
    );
  }
}

/** How it is started again, by what starts it. */
function restartOf({components}: Examination, component: ComponentId): string {
  const from = starterOf(component, components);
  return from?.kind === 'static-pod'
    ? `restart it: move ${from.path} out of its folder, wait until the container is gone, and move it back`
    : `systemctl restart ${unitOf(component, components)}`;
}

function pathOf(started: FoundComponent | undefined): string {
  return started === undefined || started.from.kind === 'process' ? '' : started.from.path;
}
