import {availableParallelism, hostname, networkInterfaces} from 'node:os';
import {parseAddress} from '../base/address.ts';

/** Interfaces that container runtimes, network plugins and virtual machines make: their addresses mean nothing outside. */
const virtual = /^(docker|br-|veth|cni|flannel|cali|cilium|lxc|virbr|tun|tap|kube-|dummy)/;

/** This machine: IPv4 before IPv6, real interfaces before those that software made. */
export function readMachine(): {readonly name: string; readonly addresses: readonly string[]} {
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).flatMap(({address}) => {
      const parsed = parseAddress(address);
      if (parsed?.scope !== 'global') return [];
      return [{text: parsed.text, rank: (virtual.test(name) ? 2 : 0) + (parsed.family === 'IPv6' ? 1 : 0)}];
    }),
  );
  const addresses = found.toSorted((one, other) => one.rank - other.rank).map(({text}) => text);
  return {name: hostname(), addresses: [...new Set(addresses)]};
}

/** Processors that this program may use at a time; at least 1. */
export function readProcessors(): number {
  return availableParallelism();
}
