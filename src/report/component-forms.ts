import type {ComponentId, PlannedComponent, PlannedFile} from '../pki/blueprint-types.ts';
import {componentRows} from '../pki/components.ts';
import {flagLines, flagsText} from '../pki/flags.ts';
import {rootfs} from '../pki/files.ts';
import {layouts} from '../pki/layouts.ts';
import {valueFor, type Dated} from '../pki/versions.ts';
import {writeYaml} from '../kubeconfig/write-yaml.ts';
import type {BlueprintIndex} from './blueprint-index.ts';
import {systemdUnit} from './systemd-unit.ts';

/** The forms in which a component can be told what it is to do. */
export const formIds = ['unit', 'static-pod', 'configuration', 'kubeadm', 'flags'] as const;
export type FormId = (typeof formIds)[number];

export const formTitles: Readonly<Record<FormId, string>> = {
  unit: 'systemd unit',
  'static-pod': 'static pod',
  configuration: 'configuration file',
  kubeadm: 'kubeadm config',
  flags: 'flags file',
};

/** A component in one of its forms. There is no secret in any of them. */
export interface ComponentForm {
  readonly id: FormId;
  readonly title: string;
  /** Where it goes: a path on the node, or in the bundle. */
  readonly path: string;
  /** `bundle`: the file lies in the bundle as it is shown. `node`: it is for the node, and the bundle does without it. */
  readonly lies: 'bundle' | 'node';
  /** A part of a sentence: what it is for, and what it is not. */
  readonly why: string;
  /** Ends with a newline. */
  readonly text: string;
}

/** The forms that make sense for a component on its node in this layout; the one that the layout is run by comes first. */
export function formsOf(index: BlueprintIndex, component: PlannedComponent): readonly FormId[] {
  const isPod = runsAsPod(index, component);
  const makesSense: Readonly<Record<FormId, boolean>> = {
    unit: !isPod,
    'static-pod': isPod,
    configuration: configurationFile(index, component) !== undefined,
    kubeadm: kubeadmFile(index, component) !== undefined,
    flags: true,
  };
  const forms = formIds.filter((id) => makesSense[id]);
  // kubeadm's packages bring a unit for the kubelet and a drop-in: what differs between nodes is its configuration.
  const isKubeadms = component.component === 'kubelet' && layouts[index.of.plan.layout].tool === 'kubeadm';
  return isKubeadms ? forms.toSorted((a, b) => Number(a === 'unit') - Number(b === 'unit')) : forms;
}

export function componentForm(index: BlueprintIndex, component: PlannedComponent, id: FormId): ComponentForm {
  const title = formTitles[id];
  switch (id) {
    case 'unit':
      return {
        id,
        title,
        path: `/etc/systemd/system/${component.component}.service`,
        lies: 'node',
        why: unitReason(index, component),
        text: systemdUnit(component, layouts[index.of.plan.layout], why(component.component)),
      };
    case 'static-pod':
      return {
        id,
        title,
        path: `/etc/kubernetes/manifests/${component.component}.yaml`,
        lies: 'node',
        why: `the arguments of its manifest; image, probes and volumes are the ones that kubeadm writes, and as ${component.component}+strategic.yaml in the folder of kubeadm's ${patchesFlag(index)} it replaces its arguments`,
        text: staticPod(component),
      };
    case 'configuration':
    case 'kubeadm': {
      const file = id === 'kubeadm' ? kubeadmFile(index, component) : configurationFile(index, component);
      if (file?.content.kind !== 'yaml') throw new TypeError(`${component.component} has no ${title}`);
      return {
        id,
        title,
        path: file.target ?? file.path,
        lies: 'bundle',
        why: file.why,
        text: writeYaml(file.content.documents),
      };
    }
    case 'flags':
      return {
        id,
        title,
        path: `nodes/${component.node}/flags/${component.component}.flags`,
        lies: 'bundle',
        why: `"${component.component} $(cat ${component.component}.flags)" starts it with exactly these`,
        text: flagsText(component),
      };
    default:
      return id satisfies never;
  }
}

function patchesFlag({of}: BlueprintIndex): string {
  return valueFor(patchesFlags, of.version, '--patches');
}

const patchesFlags: Dated<string> = [
  {until: '1.21', value: '--experimental-patches'},
  {from: '1.22', value: '--patches'},
];

/** What kubeadm's own manifest says, as far as it follows from a plan. */
function staticPod({component, flags}: PlannedComponent): string {
  return writeYaml([
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {name: component, namespace: 'kube-system'},
      spec: {containers: [{name: component, command: [component, ...flagLines(flags)]}]},
    },
  ]);
}

const podComponents: readonly ComponentId[] = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** As kubeadm runs its control plane, where there is a kubelet to run it. */
function runsAsPod(index: BlueprintIndex, {component, node}: PlannedComponent): boolean {
  return (
    layouts[index.of.plan.layout].tool === 'kubeadm' &&
    podComponents.includes(component) &&
    index.components.has(`${node}/kubelet`)
  );
}

function configurationFile(index: BlueprintIndex, {component, node}: PlannedComponent): PlannedFile | undefined {
  const {kubeletConfig, kubeProxyConfig} = layouts[index.of.plan.layout];
  switch (component) {
    case 'kubelet':
      return index.files.get(rootfs(node, kubeletConfig));
    case 'kube-proxy':
      return index.files.get(rootfs(node, kubeProxyConfig));
    case 'etcd':
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-scheduler':
      return undefined;
    default:
      return component satisfies never;
  }
}

/** kubeadm's configuration of the node, for the components that kubeadm makes there. */
function kubeadmFile(index: BlueprintIndex, {component, node}: PlannedComponent): PlannedFile | undefined {
  const makesEtcd = index.of.plan.etcd === 'stacked';
  if (component === 'kube-proxy' || (component === 'etcd' && !makesEtcd)) return undefined;
  return index.files.get(`nodes/${node}/kubeadm-config.yaml`);
}

function unitReason(index: BlueprintIndex, {component}: PlannedComponent): string {
  if (layouts[index.of.plan.layout].tool === 'by hand') {
    return `systemd starts it with exactly these flags; after copying it, "systemctl enable --now ${component}"`;
  }
  return component === 'kubelet'
    ? "for a node without kubeadm's packages: they bring a unit of their own, which reads the same files"
    : 'this node has no kubelet that could run it as a static pod, so systemd does';
}

function why(id: ComponentId): string {
  return componentRows.find((row) => row.id === id)?.why ?? id;
}
