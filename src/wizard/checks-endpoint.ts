import {parseAddress, parseSubnet, subnetContains} from '../base/address.ts';
import {readEndpoint} from '../base/names.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import {layouts} from '../pki/layouts.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {atPath} from './checks-cluster.ts';
import {scopeWords} from './checks-sans.ts';

export function checkEndpoint(plan: ClusterPlan): Problem[] {
  const path = 'cluster.controlPlaneEndpoint';
  const text = plan.cluster.controlPlaneEndpoint;
  const controlPlanes = plan.nodes.filter((node) => node.roles.includes('control-plane'));
  if (text === undefined) {
    return controlPlanes.length > 1 ? [endpointMissing(plan, path, controlPlanes[0]?.name ?? '')] : [];
  }
  const endpoint = readEndpoint(text);
  if (!endpoint.ok) {
    return atPath(path, endpoint.fault);
  }
  const address = parseAddress(endpoint.host);
  if (address === undefined) {
    return [];
  }
  if (address.scope !== 'global') {
    return [
      problem(
        'endpoint-not-reachable',
        path,
        `${endpoint.host} is ${scopeWords[address.scope]}: other machines cannot reach the cluster by it`,
        'give a name or address that every node reaches',
      ),
    ];
  }
  const found: Problem[] = [...plan.network.serviceSubnets.slice(0, 2), ...plan.network.podSubnets.slice(0, 2)].flatMap(
    (each) => {
      const subnet = parseSubnet(each);
      return subnet !== undefined && subnetContains(subnet, address)
        ? [
            problem(
              'endpoint-in-subnet',
              path,
              `${endpoint.host} lies in ${subnet.text}, which belongs to the cluster's inside`,
              'give an address outside',
            ),
          ]
        : [];
    },
  );
  const {apiserverPort} = layouts[plan.layout];
  const owner = controlPlanes.find((node) => node.addresses.some((each) => parseAddress(each)?.text === address.text));
  if (owner !== undefined && controlPlanes.length > 1) {
    found.push(
      warning(
        'endpoint-is-one-node',
        path,
        `${endpoint.host} is ${owner.name} itself: when it is down, no node reaches the others' API servers`,
        'put a load balancer or a virtual address before the control plane',
      ),
    );
  } else if (owner !== undefined && endpoint.port !== undefined && endpoint.port !== apiserverPort) {
    found.push(
      warning(
        'endpoint-port-differs',
        path,
        `${endpoint.host} is ${owner.name} itself, whose API server listens on ${apiserverPort}, not ${endpoint.port}`,
        `use port ${apiserverPort}, unless something forwards ${endpoint.port} there`,
      ),
    );
  }
  return found;
}

function endpointMissing(plan: ClusterPlan, path: string, first: string): Problem {
  const fix = 'give the name or address of a load balancer before the control plane, such as api.demo.test:6443';
  // kubeadm join --control-plane refuses a cluster without a stable endpoint.
  return layouts[plan.layout].tool === 'kubeadm'
    ? problem(
        'endpoint-missing',
        path,
        'several control-plane nodes need one endpoint: kubeadm lets no second one join without',
        fix,
      )
    : warning(
        'endpoint-missing',
        path,
        `every kubeconfig would name ${first}: when it is down, nobody reaches the others`,
        fix,
      );
}
