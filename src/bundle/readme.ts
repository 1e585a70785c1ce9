import type {Blueprint, PlannedNode} from '../pki/blueprint-types.ts';
import {startingOrder} from '../pki/components.ts';
import {firstSteps} from '../pki/first-steps.ts';
import {firstControlPlane, nodeGroups, type NodeGroup} from './node-groups.ts';
import {code, codeBlock, shellWord, table} from './markdown.ts';

/** `README.md` of a bundle: what to copy where, in which order, and what each file is for. No secret is in it. */
export function makeReadme(blueprint: Blueprint): string {
  const {plan, version, endpoint} = blueprint;
  const sections = [
    [
      `# Certificates of the cluster ${code(plan.cluster.name)}`,
      '',
      `For Kubernetes 1.${version.minor}.${version.patch} behind ${code(`${endpoint.host}:${endpoint.port}`)}, layout ${code(plan.layout)}, ` +
        `trust ${code(plan.trust.topology)}. Made by Certwright from \`plan.yaml\`; \`bundle.json\` is the same for programs.`,
      '',
      '**There are private keys in here.** Whoever can read this folder can act as any part of the cluster.',
    ],
    contents(blueprint),
    [
      '## Before you start',
      '',
      'See that every chain, key and connection is right:',
      '',
      ...codeBlock(['certwright verify .']),
    ],
    ...nodesSections(blueprint),
    afterwards(blueprint),
    keepHere(blueprint),
    costs(blueprint),
  ];
  return `${sections
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

/**
 * Lays a node's files over its `/`: folders that exist keep their owner and mode, files of the same name are replaced. Run
 * beside `nodes/`, as root on the node.
 */
export function copyCommand(node: string): string {
  return `tar --owner=0 --group=0 -C ${shellWord(`nodes/${node}/rootfs`)} -c . | ssh ${shellWord(node)} tar --no-overwrite-dir -C / -x`;
}

function contents(blueprint: Blueprint): readonly string[] {
  const there = (folder: string): boolean => blueprint.files.some(({path}) => path.startsWith(folder));
  const rows = [
    ['`authorities/`', 'every authority, and the keys that are ours'],
    ['`nodes/<node>/rootfs/`', 'exactly the files that this node needs, where they go, with their final modes'],
    ['`nodes/<node>/flags/`', 'the complete flags of each component: `kube-apiserver $(cat kube-apiserver.flags)`'],
    ['`users/`', 'a kubeconfig for each person'],
    ['`bootstrap/`', 'the bindings that the identities need, and what lets a node join'],
  ];
  const folders = ['authorities/', 'nodes/', 'nodes/', 'users/', 'bootstrap/'];
  return [
    '## What is here',
    '',
    ...table(
      ['', ''],
      rows.filter((_, index) => there(folders[index] ?? '')),
    ),
  ];
}

function nodesSections(blueprint: Blueprint): readonly (readonly string[])[] {
  return [
    [
      '## The nodes, in this order',
      '',
      'The commands run in this folder. They need root on the node (`ssh root@…`, or `sudo tar` there) and leave everything alone that they do not bring.',
      'Copy to each node only what is its own: no two nodes share a key of theirs.',
    ],
    ...nodeGroups(blueprint).map((group, index) => [
      `### ${index + 1}. ${groupTitle(group.nodes)}`,
      '',
      ...codeBlock(copyCommands(group.nodes)),
      '',
      startHint(blueprint, group),
      '',
      ...table(
        ['file', 'mode', 'what it is for'],
        group.files.map(({target, path, mode, why}) => [
          code(target ?? path.slice(`nodes/${group.nodes[0]?.name ?? ''}/`.length)),
          `0${mode.toString(8)}`,
          why,
        ]),
      ),
    ]),
  ];
}

function groupTitle(nodes: readonly PlannedNode[]): string {
  const shown = nodes.slice(0, 5).map(({name}) => code(name));
  const more = nodes.length > shown.length ? ` and ${nodes.length - shown.length} more` : '';
  return `${shown.join(', ')}${more} (${nodes[0]?.roles.join(', ') ?? ''})`;
}

function copyCommands(nodes: readonly PlannedNode[]): readonly string[] {
  const [only, ...others] = nodes;
  if (only !== undefined && others.length === 0) return [copyCommand(only.name)];
  const lines: string[] = [];
  for (let at = 0; at < nodes.length; at += 8) {
    lines.push(
      nodes
        .slice(at, at + 8)
        .map(({name}) => shellWord(name))
        .join(' '),
    );
  }
  return [
    `for node in ${lines.join(' \\\n  ')}; do`,
    '  tar --owner=0 --group=0 -C "nodes/$node/rootfs" -c . | ssh "$node" tar --no-overwrite-dir -C / -x',
    'done',
  ];
}

function startHint(blueprint: Blueprint, group: NodeGroup): string {
  const byHand = `start, each with its file under \`flags/\`: ${startingOrder
    .filter((component) => group.components.includes(component))
    .map(code)
    .join(', then ')}.`;
  const kubeadmKnows = blueprint.plan.trust.topology !== 'intermediates';
  if (!kubeadmKnows || !group.files.some(({path}) => path.endsWith('/kubeadm-config.yaml'))) return `Then ${byHand}`;
  const command = group.nodes[0]?.name === firstControlPlane(blueprint) ? 'init' : 'join';
  return (
    `Then copy \`kubeadm-config.yaml\` there and run \`kubeadm ${command} --config kubeadm-config.yaml\`: ` +
    `it takes the files as they lie. Or, without kubeadm, ${byHand}`
  );
}

function afterwards(blueprint: Blueprint): readonly string[] {
  const has = (path: string): boolean => blueprint.files.some((file) => file.path === path);
  const steps = firstSteps(blueprint);
  // A token of kubeadm's own is no step on this way.
  const commands = (byKubeadm: boolean): readonly string[] =>
    steps
      .filter((step) => step.byKubeadm === byKubeadm && step.id !== 'own-token')
      .map(({words}) => words.map(shellWord).join(' '));
  const lines: string[] = [];
  if (steps.length > 0) {
    lines.push(
      `Once the first API server answers, give the identities their rights, and let nodes join${commands(true).length > 0 ? ' (after `kubeadm init` too: it makes a token of its own, and the nodes have the one from here)' : ''}:`,
      '',
      ...codeBlock(commands(false)),
    );
  }
  if (commands(true).length > 0) {
    lines.push(
      '',
      '`kubeadm join` also reads kubeadm’s own ConfigMaps. `kubeadm init` makes them; without it, so do these, and the second waits until the first node is registered:',
      '',
      ...codeBlock(commands(true)),
    );
  }
  if (has('bootstrap/join-command')) {
    const {ttl} = blueprint.plan.bootstrap.token;
    const ends = ttl === 0 ? 'never ends' : `ends ${ttl} h after the bundle was made`;
    lines.push(
      '',
      commands(true).length > 0
        ? `A node that is not in the plan joins with the command in \`bootstrap/join-command\`; the token in it ${ends}. \`certwright join NODE --bundle .\` says what each node needs.`
        : // kubeadm finds no configuration of its own in such a cluster, and refuses.
          `\`certwright join NODE --bundle .\` says what each node needs; for one that is not in the plan it makes that too (\`--address ADDRESS --out DIR\`). The bootstrap token ${ends}.`,
    );
  }
  return lines.length === 0 ? [] : ['## Afterwards', '', ...lines];
}

function keepHere(blueprint: Blueprint): readonly string[] {
  const onNodes = new Set(
    blueprint.files.flatMap(({node, content}) =>
      node !== undefined && content.kind === 'authority-key' ? [content.authority] : [],
    ),
  );
  const rows = blueprint.authorities.map(({id, brought, why}) => [
    code(id),
    why,
    whereItsKeyIs(id, onNodes, brought !== undefined, blueprint),
  ]);
  return [
    '## The authorities',
    '',
    'Whoever holds an authority’s key can sign anything in its name. Move `authorities/` to a place that is offline, and never to a node:',
    'where a node needs a key to sign with, it is under that node already.',
    '',
    ...table(['authority', 'what it is for', 'its key'], rows),
    '',
    'Remove this folder (or lock it away) when every node has its files: nothing in the cluster reads it.',
  ];
}

function whereItsKeyIs(id: string, onNodes: ReadonlySet<string>, brought: boolean, blueprint: Blueprint): string {
  const isHere = blueprint.files.some(({path}) => path === `authorities/${id}.key`);
  if (!isHere) return 'not here: only its owner signs with it';
  const nodes = onNodes.has(id)
    ? 'also on the control-plane nodes'
    : 'nowhere else: it must never leave `authorities/`';
  return brought ? `brought by you; here, and ${nodes}` : nodes;
}

function costs({advice}: Blueprint): readonly string[] {
  if (advice.length === 0) return [];
  return [
    '## What this plan costs',
    '',
    ...advice.map(
      ({path, message, fix}) =>
        `- ${path === '' ? '' : `${code(path)}: `}${message}${fix === undefined ? '' : `; ${fix}`}`,
    ),
  ];
}
