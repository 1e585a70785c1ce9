import type {PlannedConnection, PlannedFile, PresentedFrom} from '../pki/blueprint-types.ts';
import type {BlueprintIndex, OwnedFlag} from './blueprint-index.ts';

/** Connections that go through this flag: those that read its file and, for a file that verifies, name this flag. */
export function usesThrough(
  index: BlueprintIndex,
  {flag, component}: OwnedFlag,
  {path}: PlannedFile,
): readonly PlannedConnection[] {
  const isMine = ({component: id, node}: PlannedConnection['caller']): boolean =>
    id === component.component && node === component.node;
  return (index.connectionsReading.get(path) ?? []).filter((connection) => {
    const {caller, provider, presents, credential, callerTrusts, providerTrusts} = connection;
    const sides = [
      {end: caller, shows: credential, trusts: callerTrusts},
      {end: provider, shows: presents, trusts: providerTrusts},
    ];
    return sides.some(({end, shows, trusts}) => {
      if (!isMine(end)) return false;
      if ('from' in trusts && trusts.from.path === path) return trusts.by === flag.name || trusts.from.kind !== 'file';
      return 'from' in shows && readsFrom(shows.from, path);
    });
  });
}

function readsFrom(from: PresentedFrom, path: string): boolean {
  return from.kind === 'files' ? from.certificate === path || from.key === path : from.path === path;
}
