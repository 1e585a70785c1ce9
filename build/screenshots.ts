/**
 * `npm run screenshots`: pictures of the built program's screens for `docs/` and the README, taken from a terminal
 * emulator behind a real pty. They come out the same every time, so that a difference is a difference of the program.
 */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {svgOf} from './screenshots/svg.ts';
import {keys, PtyTerminal, type Cell} from './terminal.ts';

const main = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const sameMachine = new URL('screenshots/same-machine.ts', import.meta.url).href;
const pictures = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'certwright-pictures-'));

/** Silent for this long, a screen that is not moving by itself is complete. */
const settledMilliseconds = 250;

try {
  mkdirSync(pictures, {recursive: true});
  await pagesAndPreview();
  await issuing();
  await rotating();
  await learning();
  await lineMode();
} finally {
  rmSync(folder, {recursive: true, force: true});
}

async function pagesAndPreview(): Promise<void> {
  const first = open([]);
  await first.shows('Set up');
  await take(first, 'home', 'The first screen: Set up, Rotate, Learn');
  first.press('q');
  await first.ended;

  // What keys cost differs from machine to machine and from time to time: here it is never known.
  const terminal = open(['setup', '--preset', 'kubeadm-ha'], {KEY_PACE: '1', KEYS: '0'});
  await terminal.shows('› Cluster and trust');
  // Down to the question of the topology, and onto its second option, which is drawn beside.
  await to(terminal, keys.tab, '▌ Authorities');
  await take(terminal, 'topology', 'Cluster and trust: who signs whom, for the option under the cursor');
  terminal.press(keys.pageDown);
  await terminal.shows('› Nodes');
  await take(terminal, 'nodes', 'Nodes: a table with roles and addresses');
  terminal.press(keys.pageDown);
  await terminal.shows('› Network');
  await to(terminal, keys.tab, '▌ More names');
  await take(terminal, 'network', "Network: every name in the API server's certificate, with its reason");
  terminal.press(keys.pageDown);
  await terminal.shows('› Keys');
  await take(terminal, 'keys', 'Keys and validity: what an algorithm costs, and the dates that follow');
  terminal.press(keys.pageDown);
  await terminal.shows('› People');
  await take(terminal, 'people', 'People and joining');
  terminal.press(keys.pageDown);
  await terminal.shows('› Preview');
  for (const key of [keys.down, keys.down, keys.down]) await terminal.answer(key);
  await take(terminal, 'preview-certificates', 'Preview: every certificate with its reason, before any key exists');
  terminal.press('2');
  await terminal.shows('❯2');
  await terminal.answer(keys.down);
  await take(terminal, 'preview-connections', 'Preview: who calls whom, what each shows, and what verifies it');
  terminal.press('3');
  await terminal.shows('❯3');
  await terminal.answer(keys.down);
  await take(terminal, 'preview-flags', 'Preview: every flag, with its reason');
  terminal.press(keys.ctrlC);
  await terminal.ended;
}

async function issuing(): Promise<void> {
  const slow = open(['setup', '--preset', 'kubeadm-single'], {KEY_PACE: '1600'});
  await toTheFolder(slow);
  slow.press(keys.enter);
  await slow.shows(' 8/16');
  await take(slow, 'issuing', 'Issuing: keys, certificates and files, and about how long it still takes');
  slow.press(keys.ctrlC);
  await slow.ended;

  const terminal = open(['setup', '--preset', 'kubeadm-single']);
  await toTheFolder(terminal);
  terminal.press(keys.enter);
  await terminal.shows('Proved: every connection that files can prove');
  await take(terminal, 'proof', 'The proof: every connection, judged by a real handshake');
  terminal.press('n');
  await terminal.shows('› Join');
  await take(terminal, 'join', 'Let nodes in: a bootstrap token now, later, or not at all');
  terminal.press('n');
  await terminal.shows('The bundle is in');
  await take(terminal, 'done', 'The end: what lies where, and what comes next');
  terminal.press('q');
  await terminal.ended;
}

/** A node whose certificates were made a year ago, as a folder: what is on this machine would differ from machine to machine. */
async function rotating(): Promise<void> {
  const cwd = mkdtempSync(join(folder, 'node-'));
  const issued = open(['issue', '--preset', 'kubeadm-single', '--out', 'demo'], {CLOCK: '2025-03-10T09:00:00Z'}, cwd);
  await issued.ended;
  const terminal = open([], {}, cwd);
  await terminal.shows('Set up');
  terminal.press(keys.down);
  await terminal.shows('❯ Rotate');
  terminal.press(keys.enter);
  // Where this machine is a node itself, it has been found by now.
  await terminal.shows('esc back');
  if (!terminal.text.includes('▌ Folder')) terminal.press('f');
  await terminal.shows('▌ Folder  /');
  terminal.press('\u0015', 'demo/nodes/cp-1/rootfs', keys.enter);
  await terminal.shows('certificates,');
  await take(terminal, 'rotate-inventory', 'Rotate: what is on a node and how long it still holds, problems first');
  terminal.press('n');
  await terminal.shows('What would change');
  terminal.press('n');
  await terminal.shows('❯ → renew');
  await take(terminal, 'rotate-difference', 'Rotate: old and new side by side, before anything is written');
  terminal.press(keys.ctrlC);
  await terminal.ended;
}

async function learning(): Promise<void> {
  const map = open(['learn', 'map', '--preset', 'kubeadm-single']);
  await map.shows('❯kube-apiserver');
  await map.answer(keys.right);
  await map.shows('1  apiserver-to-etcd');
  await take(map, 'learn-map', 'Learn: the map of a cluster, and what both ends of a connection show and verify');
  map.press(keys.ctrlC);
  await map.ended;

  const lab = open(['learn', 'lab', 'unknown-client']);
  await lab.shows('Who refuses?');
  await lab.answer(keys.down);
  lab.press(keys.enter);
  await lab.shows('How it is mended');
  await take(lab, 'learn-lab', 'Learn: the lab tells what both ends said, and why');
  lab.press(keys.ctrlC);
  await lab.ended;
}

async function lineMode(): Promise<void> {
  const terminal = open(['setup', '--preset', 'kubeadm-single', '--line']);
  await terminal.shows('Cluster name');
  terminal.press(keys.enter);
  await terminal.shows('Kubernetes version');
  terminal.press(keys.enter);
  await terminal.shows('Layout');
  await take(terminal, 'line-mode', 'Line mode: the same questions, one after the other');
  terminal.press(keys.ctrlC);
  await terminal.ended;
}

/** Over every page with what stands there. */
async function toTheFolder(terminal: PtyTerminal): Promise<void> {
  for (const title of ['Cluster and trust', 'Nodes', 'Network', 'Keys', 'People']) {
    await terminal.shows(`› ${title}`);
    terminal.press(keys.pageDown);
  }
  await terminal.shows('› Preview');
  terminal.press('n');
  await terminal.shows('▌ Folder');
}

/** Presses a key until the screen shows something. */
async function to(terminal: PtyTerminal, key: string, wanted: string): Promise<void> {
  for (let tries = 0; !terminal.text.includes(wanted); tries += 1) {
    if (tries > 20) throw new Error(`${JSON.stringify(wanted)} does not come:\n${terminal.text}`);
    if ((await terminal.answer(key)) === undefined) throw new Error(`no answer to a key:\n${terminal.text}`);
  }
}

function open(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd = mkdtempSync(join(folder, 'cwd-')),
): PtyTerminal {
  return new PtyTerminal(process.execPath, ['--import', sameMachine, main, ...words], {
    columns: 100,
    rows: 32,
    cwd,
    environment: {HOME: cwd, ...environment},
  });
}

async function take(terminal: PtyTerminal, name: string, title: string): Promise<void> {
  for (let before = ''; before !== still(terminal);) {
    before = still(terminal);
    await wait(settledMilliseconds);
  }
  writeFileSync(join(pictures, `${name}.svg`), svgOf(standingStill(terminal.cells), title));
  console.log(`docs/pictures/${name}.svg  ${title}`);
}

/** What is on screen, but for spinners. */
function still({text}: PtyTerminal): string {
  return text.replaceAll(/[\u2800-\u28FF]/g, '');
}

/** Where a spinner is in its turn is the one thing that differs from time to time. */
function standingStill(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return rows.map((row) => row.map((cell) => (/[\u2800-\u28FF]/.test(cell.text) ? {...cell, text: '⠋'} : cell)));
}
