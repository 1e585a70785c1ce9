import {problem, warning} from '../base/problem.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import type {Blueprint, ComponentId} from '../pki/blueprint-types.ts';
import {topologyIds, type ClusterPlan, type TopologyId} from '../pki/plan.ts';
import {isList, isMap} from '../wizard/text-form.ts';
import type {Gathering} from './gathering.ts';
import {textAt, valueAt, type KubeadmDocument} from './kubeadm-documents.ts';
import type {OwnField} from './kubeadm-fields.ts';

/**
 * Extra arguments of the components. A plan has no flags of its own: they follow from it. So an argument either says
 * what follows anyway, or is named.
 */

export interface ExtraArgument {
  readonly component: ComponentId;
  /** Without its hyphens: `etcd-cafile`. */
  readonly name: string;
  readonly value: string;
  readonly document: KubeadmDocument;
  readonly path: string;
}

const places: readonly (readonly [component: ComponentId, path: string])[] = [
  ['kube-apiserver', 'apiServer.extraArgs'],
  ['kube-controller-manager', 'controllerManager.extraArgs'],
  ['kube-scheduler', 'scheduler.extraArgs'],
  ['etcd', 'etcd.local.extraArgs'],
];

export function kubeletArguments(document: KubeadmDocument): ExtraArgument[] {
  return argumentsAt(document, 'kubelet', 'nodeRegistration.kubeletExtraArgs');
}

function componentArguments(document: KubeadmDocument): ExtraArgument[] {
  return places.flatMap(([component, path]) => argumentsAt(document, component, path));
}

/** A map until v1beta3, a list of names and values from v1beta4 on. */
function argumentsAt(document: KubeadmDocument, component: ComponentId, path: string): ExtraArgument[] {
  const value = valueAt(document, path);
  const argument = (name: string, inside: unknown, at: string): ExtraArgument => ({
    component,
    name: name.replace(/^--/, ''),
    value: typeof inside === 'string' ? inside : '',
    document,
    path: at,
  });
  const isListed = document.version === 4;
  if (isMap(value) && !isListed)
    return Object.entries(value).map(([name, inside]) => argument(name, inside, `${path}.${name}`));
  if (!isList(value) || !isListed) return [];
  return value.flatMap((each, index) => {
    const name = isMap(each) ? each['name'] : undefined;
    return typeof name === 'string' && isMap(each) ? [argument(name, each['value'], `${path}[${index}]`)] : [];
  });
}

/** Takes what the arguments say into the plan as far as it can; what is left is told, or goes to `own`. */
export function gatherArguments(
  documents: readonly KubeadmDocument[],
  provisional: ClusterPlan,
  into: Gathering,
  own: Map<KubeadmDocument, OwnField[]>,
): void {
  for (const document of documents) checkForm(document, into);
  const given = documents.flatMap((document) => [...componentArguments(document), ...kubeletArguments(document)]);
  const candidates = topologyIds.map((id) => ({id, blueprint: blueprintOf(provisional, id)}));
  const usual = candidates.find(({id}) => id === provisional.trust.topology)?.blueprint;
  const fits = (blueprint: Blueprint | undefined) => given.filter((each) => isDerived(blueprint, each)).length;
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (most, each) => (fits(each.blueprint) > fits(most?.blueprint ?? usual) ? each : most),
    undefined,
  );
  const blueprint = best?.blueprint ?? usual;
  const telling = given.find((each) => isDerived(blueprint, each) && !isDerived(usual, each));
  if (best !== undefined && telling !== undefined) {
    into.take('trust.topology', best.id, telling.document, telling.path);
    into.note(
      warning(
        'topology-inferred',
        '',
        `--${telling.name} names a file of a cluster with the trust topology ${best.id}, so the plan has that`,
        'say it with --set trust.topology=… if it is another',
      ),
      telling.document,
      telling.path,
    );
  }
  for (const each of given) {
    if (isDerived(blueprint, each) || consumed.has(`${each.component} ${each.name}`)) continue;
    const flag = flagOf(blueprint, each);
    if (flag !== undefined || concernsCertificates.test(each.name)) {
      into.note(
        warning(
          'flag-not-taken',
          '',
          flag === undefined
            ? `a plan has no place for --${each.name} of ${each.component}`
            : `--${each.name} of ${each.component} follows from the plan: ${flag.value}`,
          flag === undefined
            ? 'keep it in the file that kubeadm gets, and put what it names onto the node yourself'
            : 'keep it in the file that kubeadm gets if it must be otherwise; the flags of the bundle do not have it',
        ),
        each.document,
        each.path,
        'key',
      );
    } else {
      own.set(each.document, [
        ...(own.get(each.document) ?? []),
        {path: each.path, name: `--${each.name} of ${each.component}`},
      ]);
    }
  }
}

/** Read where nodes are made, or into an answer about kubelets. */
const consumed: ReadonlySet<string> = new Set([
  'kubelet node-ip',
  'kubelet hostname-override',
  'kubelet rotate-server-certificates',
]);

/** Flags that name files of certificates and keys, or whom to trust. */
const concernsCertificates =
  /(^|-)(cert|certs|certificate|certificates|key|keyfile|certfile|cafile|ca|tls|kubeconfig|signing)(-|$)/;

function checkForm(document: KubeadmDocument, into: Gathering): void {
  if (document.version === undefined) return;
  const isList4 = document.version === 4;
  for (const [, path] of [...places, ['kubelet', 'nodeRegistration.kubeletExtraArgs'] as const]) {
    const value = valueAt(document, path);
    if (value === undefined || value === null || (isList4 ? isList(value) : isMap(value))) continue;
    into.note(
      problem(
        'wrong-type',
        '',
        isList4
          ? 'from v1beta4 on extra arguments are a list'
          : `in v1beta${document.version} extra arguments are a map`,
        isList4 ? 'write - {name: v, value: "5"} for each' : 'write v: "5" for each',
      ),
      document,
      path,
    );
  }
}

function isDerived(blueprint: Blueprint | undefined, argument: ExtraArgument): boolean {
  return flagOf(blueprint, argument)?.value === argument.value;
}

function flagOf(blueprint: Blueprint | undefined, {component, name}: ExtraArgument) {
  return blueprint?.components
    .find((each) => each.component === component)
    ?.flags.find((flag) => flag.name === `--${name}`);
}

/** Nodes that share a name would share files: a provisional plan has each name once. */
function blueprintOf(plan: ClusterPlan, topology: TopologyId): Blueprint {
  const nodes = [...new Map(plan.nodes.map((node) => [node.name, node])).values()];
  return makeBlueprint({...plan, nodes, trust: {...plan.trust, topology}});
}

/** Whether kubelets ask the cluster for their serving certificates, or have them in a file. */
export function kubeletServingIn(
  documents: readonly KubeadmDocument[],
): {readonly value: 'bootstrap' | 'signed'; readonly document: KubeadmDocument; readonly path: string} | undefined {
  for (const document of documents) {
    const argument = kubeletArguments(document).find(
      ({name, value}) => name === 'rotate-server-certificates' && value === 'true',
    );
    if (argument !== undefined) return {value: 'bootstrap', document, path: argument.path};
    if (document.kind !== 'KubeletConfiguration') continue;
    if (textAt(document, 'serverTLSBootstrap') === 'true') {
      return {value: 'bootstrap', document, path: 'serverTLSBootstrap'};
    }
    if (textAt(document, 'tlsCertFile') !== undefined) return {value: 'signed', document, path: 'tlsCertFile'};
  }
  return undefined;
}
