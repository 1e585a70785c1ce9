import {problem, warning, type Problem} from '../base/problem.ts';
import type {PlannedFile} from '../pki/blueprint-types.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {Bench} from './bench.ts';
import {checkBootstrapFile} from './check-bootstrap.ts';
import {
  checkAuthoritiesFile,
  checkAuthorityKey,
  checkCertificateFile,
  checkCertificateKey,
  checkKeyPair,
} from './check-certificates.ts';
import {checkKubeconfigFile} from './check-kubeconfig.ts';
import {checkDocument, checkFlags} from './check-lines.ts';
import {inTurns} from './turns.ts';

/** What is wrong with the files by themselves, in the blueprint's order; `at.path` is the bundle's path. */
export async function checkFiles(
  files: BundleFiles,
  bench: Bench,
  signal: AbortSignal | undefined,
): Promise<readonly Problem[]> {
  const planned = bench.blueprint.files;
  const found = await inTurns(planned, (file) => checkFile(file, files, bench), signal);
  const known = new Set([...planned.map(({path}) => path), ...besidesThePlan]);
  const strays = files.list().filter((path) => !known.has(path));
  const secrets = await inTurns(strays, async (path) => strayFile(path, bench), signal);
  return [...checkFolders(files), ...found.flat(), ...secrets.flat()];
}

/** Of every bundle, and without a secret in it. */
const besidesThePlan = ['bundle.json', 'plan.yaml', 'README.md'];
/** The bundle's own folders; those under `nodes/` are laid over a node's. */
const closedFolders = ['', 'authorities', 'users', 'bootstrap'];

function checkFolders(files: BundleFiles): readonly Problem[] {
  return closedFolders.flatMap((path) => {
    const mode = files.mode(path);
    return mode === undefined || (mode & 0o077) === 0
      ? []
      : [
          warning(
            'folder-open',
            path,
            `${path === '' ? "the bundle's folder" : path} has mode ${octal(mode)}, not 0700: others on the machine see what is in it`,
            `chmod 0700 ${path === '' ? '.' : path}`,
          ),
        ];
  });
}

async function checkFile(file: PlannedFile, files: BundleFiles, bench: Bench): Promise<readonly Problem[]> {
  const {path} = file;
  const read = await bench.view.text(path);
  switch (read.kind) {
    case 'missing':
      return [problem('file-missing', path, `${path} is missing`, 'bring the file back, or issue the bundle anew')];
    case 'unreadable':
      return [problem('file-unreadable', path, read.says, 'make it readable for whoever runs this')];
    case 'text':
      return [...checkMode(file, files.mode(path)), ...(await checkContent(file, read.text, bench))];
    default:
      return read satisfies never;
  }
}

function checkMode({path, mode}: PlannedFile, found: number | undefined): readonly Problem[] {
  if (found === undefined || found === mode) return [];
  const said = `${path} has mode ${octal(found)}, not ${octal(mode)}`;
  const fix = `chmod ${octal(mode)} ${path}`;
  return mode === 0o600 && (found & 0o077) !== 0
    ? [problem('mode-too-open', path, `${said}: others on the machine can read a secret`, fix)]
    : [warning('mode-differs', path, said, fix)];
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

async function checkContent(file: PlannedFile, text: string, bench: Bench): Promise<readonly Problem[]> {
  const {path, content} = file;
  switch (content.kind) {
    case 'certificate':
      return [...strayKey(path, text), ...checkCertificateFile(path, content.certificate, text, bench)];
    case 'authorities':
      return [...strayKey(path, text), ...checkAuthoritiesFile(path, content.authorities, text, bench)];
    case 'certificate-key':
      return checkCertificateKey(path, content.certificate, text, bench);
    case 'authority-key':
      return checkAuthorityKey(path, content.authority, text, bench);
    case 'key-pair-private':
      return checkKeyPair(path, 'private', text, bench);
    case 'key-pair-public':
      return [...strayKey(path, text), ...checkKeyPair(path, 'public', text, bench)];
    case 'kubeconfig':
      return checkKubeconfigFile(path, content.kubeconfig, bench);
    // Lines that differ are quoted, and those of a key must not be.
    case 'flags':
      return either(strayKey(path, text), () => checkFlags(path, content, text, bench));
    case 'yaml':
      return either(strayKey(path, text), () => checkDocument(path, content.documents, text));
    case 'token-secret':
    case 'cluster-info':
    case 'join-command':
      return checkBootstrapFile(path, content.kind, text, bench);
    default:
      return content satisfies never;
  }
}

function either(first: readonly Problem[], otherwise: () => readonly Problem[]): readonly Problem[] {
  return first.length > 0 ? first : otherwise();
}

/** A key pasted behind a certificate: the file is readable for all. */
function strayKey(path: string, text: string): readonly Problem[] {
  return privateKey.test(text)
    ? [problem('unexpected-secret', path, `${path} holds a private key, and none belongs into it`, 'take the key out')]
    : [];
}

async function strayFile(path: string, {view}: Bench): Promise<readonly Problem[]> {
  const read = await view.text(path);
  return read.kind === 'text' && (privateKey.test(read.text) || credential.test(read.text))
    ? [
        problem(
          'unexpected-secret',
          path,
          `${path} holds a secret, and the plan has no such file: it would go to a machine that must not have it`,
          'move it to where it belongs, or remove it',
        ),
      ]
    : [];
}

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** What a kubeconfig or a token's Secret holds. */
const credential = /^\s*"?(?:client-key-data|token|token-secret)"?:\s*\S/m;
