/**
 * Which room may import what: read by the linter's configuration and by `test/guards/layers.test.ts`, which also
 * fails when a row here is about nothing.
 */

/**
 * The rooms, from the top down. A file may import from its own room and from rooms further down, never from a room
 * beside its own or above it. `main.ts`, what it loads, and the commands are one room.
 */
export const levels: readonly (readonly Room[])[] = [
  [['src/main.ts', 'src/load-program.ts', 'src/program.ts', 'src/cli.ts', 'src/commands/']],
  [['screens/'], ['src/line/']],
  [['src/journeys/']],
  [
    ['src/bundle/'],
    ['src/node/'],
    ['src/proof/'],
    ['src/api/'],
    ['src/kubeadm/'],
    ['src/kubectl/'],
    ['src/config/'],
    ['src/report/'],
    ['src/state/'],
    ['src/lab/'],
  ],
  [['src/x509/'], ['src/kubeconfig/'], ['src/run/']],
  [['src/wizard/'], ['src/lessons/']],
  [['src/pki/']],
  [['src/base/']],
];

/** Folders (ending in `/`) and files. */
export type Room = readonly string[];

/** Who may import a library, or a part of Node.js that reaches the world; whatever stands in no row, nobody may. */
export const owners: Readonly<Record<string, readonly string[]>> = {
  ink: ['screens/'],
  react: ['screens/'],
  '@inquirer/prompts': ['src/line/'],
  commander: [
    'src/cli.ts',
    'src/commands/declare.ts',
    'src/commands/declare-plan.ts',
    'src/commands/declare-cluster.ts',
    'src/commands/declare-learn.ts',
    'src/commands/declare-node.ts',
    'src/commands/declare-learn.ts',
    'src/commands/parser.ts',
  ],
  execa: ['src/run/'],
  yaml: ['src/config/', 'src/kubeconfig/', 'src/node/'],
  zod: ['src/api/', 'src/bundle/', 'src/kubeadm/', 'src/kubectl/'],
  'ipaddr.js': ['src/base/address.ts'],
  'node-forge': ['src/x509/'],
  'node:crypto': ['src/x509/', 'src/proof/', 'src/bundle/', 'src/node/'],
  'node:fs': ['src/bundle/', 'src/config/', 'src/kubeadm/', 'src/node/', 'src/state/', 'src/run/'],
  'node:fs/promises': ['src/bundle/', 'src/node/', 'src/state/'],
  'node:http': ['src/api/'],
  // A joining node's look at cluster-info, made as it makes it; and what servers of a node say.
  'node:https': ['src/api/', 'src/kubeadm/'],
  // The lab's connections are real ones, on loopback.
  'node:net': ['src/proof/'],
  'node:os': ['src/main.ts', 'src/config/', 'src/bundle/', 'src/kubeadm/', 'src/state/', 'src/run/'],
  'node:readline': ['src/line/'],
  'node:tls': ['src/api/', 'src/proof/'],
  'node:vm': ['src/load-program.ts'],
};

/** Parts of Node.js that only compute, or name types: anywhere but in the pure rooms. */
export const harmless: readonly string[] = [
  'node:events',
  'node:path',
  'node:stream',
  'node:timers/promises',
  'node:tty',
  'node:url',
  'node:util',
];

export const pureRooms: readonly string[] = ['src/base/', 'src/pki/', 'src/wizard/', 'src/lessons/'];
