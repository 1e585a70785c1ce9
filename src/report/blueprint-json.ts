import type {Blueprint} from '../pki/blueprint-types.ts';
import {formatVersion} from '../pki/versions.ts';
import {modeText} from './words.ts';

/**
 * `certwright plan --output json`: the blueprint under the names that `bundle.json` uses, with the reasons, and
 * without what only an issued certificate has.
 */
export function blueprintJson(blueprint: Blueprint): Record<string, unknown> {
  const {plan, endpoint, version} = blueprint;
  return {
    blueprintVersion: 1,
    clusterName: plan.cluster.name,
    controlPlaneEndpoint: endpoint,
    kubernetesVersion: formatVersion(version),
    layout: plan.layout,
    topology: plan.trust.topology,
    nodes: blueprint.nodes,
    authorities: blueprint.authorities.map(({brought, ...authority}) => ({
      ...authority,
      brought: brought !== undefined,
    })),
    certificates: blueprint.certificates,
    keyPairs: blueprint.keyPairs,
    kubeconfigs: blueprint.kubeconfigs,
    components: blueprint.components,
    connections: blueprint.connections,
    intrusions: blueprint.intrusions,
    files: blueprint.files.map(({content, ...file}) => ({
      ...file,
      mode: modeText(file.mode),
      kind: content.kind,
    })),
    advice: blueprint.advice,
  };
}
