import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {layKubeadmFixture} from './kubeadm-fixture.ts';
import {keys, Terminal, type TerminalOptions} from './terminal.ts';

/** A kind of screen, and the keys that lead to it. */
export interface Place {
  readonly name: string;
  /** Words for the program; `plan.yaml` lies where it is started. */
  readonly words: readonly string[];
  /** Keys, and the text that each leads to: new on the screen, so nothing is pressed too early. */
  readonly way: readonly (readonly [pressed: string, wanted: string])[];
  /** What a person has typed there and in no file yet: it has to be in the draft. */
  readonly typed?: string;
  /** A node's files lie in `node`. */
  readonly hasNode?: true;
  /** Folders and files that are there by then, beside the plan. */
  readonly made?: readonly string[];
  /** The screen goes on by itself, so it is not the same twice. */
  readonly goesOn?: true;
}

const planned = ['setup', '--plan', 'plan.yaml'] as const;

const pages = [
  ['', '› Cluster and trust'],
  [keys.pageDown, '› Nodes'],
  [keys.pageDown, '› Network and names'],
  [keys.pageDown, '› Keys and validity'],
  [keys.pageDown, '› People and joining'],
  [keys.pageDown, '› Preview'],
] as const;
const toNodes = pages.slice(0, 2);
const toTarget = [...pages, ['n', '▌ Folder  ./demo-bundle']] as const;
const toProof = [...toTarget, [keys.enter, 'Proved: every connection that files can prove']] as const;
const toBootstrap = [...toProof, ['n', 'Let nodes in']] as const;

/** This machine is looked at first, and may be a node itself: what is pressed then leads to the folder from both screens. */
const toNode = [
  ['', '❯ Set up'],
  [keys.down, '❯ Rotate'],
  [keys.enter, 'esc back'],
  ['f\u0015node\r', '12 certificates'],
] as const;
const toDifference = [...toNode, ['\u0001', '12 of 12 chosen'], ['n', 'What would change']] as const;

/** Every kind of screen: on each something is typed or chosen that is not there from the start. */
export const places: readonly Place[] = [
  {
    name: 'home',
    words: [],
    way: [
      ['', '❯ Set up'],
      [keys.down, '❯ Rotate'],
    ],
  },
  {
    name: 'choice of a start',
    words: ['setup'],
    way: [
      ['', 'Start from'],
      [keys.down, '❯ 2 kubeadm-single'],
    ],
  },
  {
    name: 'page of a form',
    words: planned,
    way: [
      ['', '› Cluster and trust'],
      ['-', 'demo-'],
      ['x', 'demo-x'],
    ],
    typed: 'demo-x',
  },
  {
    name: 'table of nodes with an open row',
    words: planned,
    way: [...toNodes, ['e', 'Row 1'], ['x', 'cp-1x']],
    typed: 'cp-1x',
  },
  {
    name: 'import',
    words: planned,
    way: [...toNodes, ['i', '▌ File  /etc/hosts'], [keys.down, '❯ A list of Nodes']],
  },
  {name: 'preview', words: planned, way: [...pages, ['2', '❯2 Connections'], [keys.down, '── 2/']]},
  {
    name: 'preview that is filtered',
    words: planned,
    way: [...pages, ['/', 'enter to the rows'], ['e', '/e '], ['t', '/et ']],
  },
  {name: 'help', words: planned, way: [...pages, ['?', 'Keys that work here']]},
  {
    name: 'save',
    words: planned,
    way: [
      ['', '› Cluster and trust'],
      ['\u0013', '▌ File  ./demo-plan.yaml'],
      ['x', './demo-plan.yamlx'],
    ],
  },
  {name: 'target', words: planned, way: [...toTarget, ['2', './demo-bundle2']]},
  {
    name: 'issuing',
    words: ['setup', '--plan', 'slow.yaml'],
    way: [...toTarget, [keys.enter, 'Issuing into']],
    goesOn: true,
  },
  {name: 'proof', words: planned, way: [...toProof, [keys.down, '❯ ✓ etcd → etcd']], made: ['demo-bundle']},
  {
    name: 'joining',
    words: planned,
    way: [...toBootstrap, [keys.down, '❯ Later: from the files']],
    made: ['demo-bundle'],
  },
  {name: 'inventory of a node', words: [], way: [...toNode, [keys.down, '── 2/15']], hasNode: true, made: ['node']},
  {
    name: 'certificate of a node',
    words: [],
    way: [...toNode, [keys.enter, '› Certificate'], ['x', '■ Chosen']],
    hasNode: true,
    made: ['node'],
  },
  {name: 'difference', words: [], way: [...toDifference, ['n', '❯ → renew']], hasNode: true, made: ['node']},
  {name: 'last screen', words: planned, way: [...toBootstrap, ['n', 'What lies where']], made: ['demo-bundle']},
];

/** What the places start from: one node whose keys are made at once, and a cluster whose keys take their time. */
export function writePlans(cwd: string, place?: Place): void {
  if (place?.hasNode === true) {
    mkdirSync(join(cwd, 'node'));
    layKubeadmFixture(join(cwd, 'node'));
  }
  const nodes = ['cp-1', 'cp-2', 'cp-3'].map(
    (name, index) => `  - {name: ${name}, addresses: [10.0.0.1${index + 1}], roles: [control-plane]}`,
  );
  const common = 'planVersion: 1\ncluster: {name: demo, controlPlaneEndpoint: "api.demo.test:6443"}\nlayout: kubeadm\n';
  const planOf = (algorithm: string, count: number): string =>
    `${common}keys: {algorithm: ${algorithm}}\nnodes:\n${nodes.slice(0, count).join('\n')}\n`;
  writeFileSync(join(cwd, 'plan.yaml'), planOf('ECDSA-P256', 1));
  writeFileSync(join(cwd, 'slow.yaml'), planOf('RSA-3072', 3));
}

/** Presses the keys that lead to a place, each when what the one before leads to is there. */
export async function walkTo(terminal: Terminal, {way}: Place): Promise<void> {
  for (const [pressed, wanted] of way) {
    if (terminal.text.includes(wanted))
      throw new Error(`${JSON.stringify(wanted)} is there too early:\n${terminal.text}`);
    if (pressed !== '') terminal.press(pressed);
    await terminal.shows(wanted);
  }
}

/** A frame as it was when the program said that it is whole. */
export interface WholeFrame {
  readonly columns: number;
  readonly rows: number;
  readonly lines: readonly string[];
}

/** A terminal that keeps every whole frame, also those that a glance at the screen would miss. */
export class WatchedTerminal extends Terminal {
  readonly frames: WholeFrame[] = [];

  constructor(program: string, words: readonly string[], options: TerminalOptions = {}) {
    super(program, words, options);
    this.screen.parser.registerCsiHandler({prefix: '?', final: 'l'}, (parameters) => {
      // The end of synchronised output.
      if (parameters[0] === 2026)
        this.frames.push({columns: this.screen.cols, rows: this.screen.rows, lines: this.lines});
      return false;
    });
  }

  get now(): WholeFrame {
    return {columns: this.screen.cols, rows: this.screen.rows, lines: this.lines};
  }

  /** Modes that a program sets and has to take back: what a paste begins with, reports of keys and of the mouse. */
  get modesLeft(): readonly string[] {
    const {bracketedPasteMode, mouseTrackingMode, sendFocusMode, applicationCursorKeysMode} = this.screen.modes;
    return [
      ...(bracketedPasteMode ? ['bracketed paste'] : []),
      ...(mouseTrackingMode === 'none' ? [] : ['mouse']),
      ...(sendFocusMode ? ['focus'] : []),
      ...(applicationCursorKeysMode ? ['cursor keys'] : []),
    ];
  }
}

/** What is wrong with a frame of the wizard; undefined = nothing. */
export function tornAt({columns, rows, lines}: WholeFrame): string | undefined {
  if (columns < 60 || rows < 16) {
    const words = lines.join(' ').replaceAll(/\s+/g, ' ').trim();
    return words.startsWith('This terminal') ? undefined : `no word of the size: ${words}`;
  }
  const [header = '', rule, ...rest] = lines;
  if (!header.startsWith(' ◆ certwright')) return 'the header is not in its line';
  if (rule !== '─'.repeat(columns)) return 'the rule is not as wide as the terminal';
  if (rest.some((line) => line.includes('◆'))) return 'the header is there twice';
  if (!/(help|quit)$/.test(lines.at(-1) ?? '')) return 'the footer is not in the last line';
  return undefined;
}
