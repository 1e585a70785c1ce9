import {resolve} from 'node:path';
import {Failure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {bundleAt} from '../journeys/bundle-at.ts';
import {openKubeconfig} from '../journeys/cluster-door.ts';
import type {KeyOpening} from '../journeys/authority-key.ts';
import {masters} from '../journeys/person.ts';
import {makeUser, type MadeUser} from '../journeys/user.ts';
import {requestUser, type UserRequestEvent} from '../journeys/user-request.ts';
import {signerInBundle, signerOnNode, type UserSigner} from '../journeys/user-signers.ts';
import {kubectlFor} from '../kubectl/kubectl.ts';
import type {SigningRequest} from '../kubectl/signing-requests.ts';
import {shellWord} from '../report/same-command.ts';
import {userLines} from '../report/user-text.ts';
import {subjectText} from '../report/words.ts';
import {runProgram} from '../run/run-program.ts';
import {asking, askPassphraseIn, askYes} from './ask.ts';
import type {Context} from './context.ts';
import {kubeconfigPath} from './kubeconfig-path.ts';
import {printLines, tell, tellWarnings} from './print.ts';
import {userWish, type UserOptions, type UserWish} from './user-wish.ts';

/** Makes a client certificate and a kubeconfig for a person, signed by a CA that is here or by the cluster itself. */
export async function user(context: Context, options: UserOptions): Promise<number> {
  const wish = await userWish(context, options);
  tellWarnings(context, wish.warnings);
  const made = wish.source.kind === 'csr' ? await ask(context, options, wish) : await sign(context, options, wish);
  printLines(context, userLines({...made, path: wish.shownPath}));
  return 0;
}

async function sign(context: Context, options: UserOptions, wish: UserWish): Promise<MadeUser> {
  if (wish.person.groups.includes(masters) && !options.allowSystemMasters) await confirmMasters(context);
  const signer = await signerFor(context, options, wish);
  tellWarnings(context, signer.warnings);
  return makeUser(wish.person, signer, {validity: wish.validity, path: wish.path, now: context.now()});
}

async function signerFor(
  context: Context,
  {key, passphraseFile, passphraseEnv, kubeconfig}: UserOptions,
  {person, source}: UserWish,
): Promise<UserSigner> {
  const absolute = (path: string) => resolve(context.cwd, path);
  const byFile = passphraseFile === undefined ? undefined : {file: absolute(passphraseFile)};
  const opening: KeyOpening = {
    key: key === undefined ? undefined : absolute(key),
    passphrase: passphraseEnv === undefined ? byFile : {env: passphraseEnv},
    environment: (name) => context.environment[name],
    ask: askPassphraseIn(context),
  };
  switch (source.kind) {
    case 'bundle':
      return signerInBundle(bundleAt(absolute(source.directory), source.directory), person, opening);
    case 'root': {
      const named = kubeconfig === undefined ? undefined : absolute(kubeconfig);
      return signerOnNode(absolute(source.directory), person, opening, named);
    }
    case 'csr':
      throw new TypeError('the cluster signs by itself');
    default:
      return source satisfies never;
  }
}

/** Nothing else that is signed here is above every rule of the cluster: Enter alone does not do. */
async function confirmMasters(context: Context): Promise<void> {
  const reply = await asking(context, (asker) =>
    asker.text({
      ask: `Type ${masters} to go on`,
      help: [
        `${masters} may do everything past RBAC: no binding gives it and none takes it away.`,
        'The certificate cannot be revoked before it ends, short of a new CA. Keep it for emergencies, offline.',
      ],
      initial: '',
      judge: (typed) =>
        typed.trim() === masters ? [] : [problem('not-confirmed', '', 'that is another text', 'Ctrl-C stops')],
    }),
  );
  if (reply.kind === 'went-back') {
    throw new Failure('not-confirmed', 'nothing was signed', {
      nextSteps: ['use a group of your own, and bind a role to it'],
    });
  }
}

/** How long the signer may take: the controller manager takes a second. */
const signatureWait = 2 * 60_000;

async function ask(context: Context, options: UserOptions, wish: UserWish): Promise<MadeUser> {
  const kubeconfig = await kubeconfigPath(context, options.kubeconfig);
  const {door} = await openKubeconfig(kubeconfig);
  const kubectl = kubectlFor({
    kubeconfig,
    runProgram,
    path: context.environment['PATH'],
    signal: context.signal,
  });
  return requestUser(wish.person, {
    kubectl,
    door,
    validity: wish.validity,
    path: wish.path,
    now: context.now,
    mayApprove: (request) => mayApprove(context, options, wish, request),
    approvalWait: wish.wait ?? 0,
    signatureWait: wish.wait ?? signatureWait,
    sameCommand: sameCommand(wish, options, kubeconfig),
    signal: context.signal,
    on: (event) => tell(context, eventText(event)),
  });
}

async function mayApprove(
  context: Context,
  {approve, yes}: UserOptions,
  {person}: UserWish,
  {name, username}: SigningRequest,
): Promise<boolean> {
  if (approve && yes) return true;
  // Without a terminal, `--approve` without `--yes` was refused before anything was made.
  if (context.asks === 'nobody') return false;
  return askYes(context, 'Approve it now, with this kubeconfig?', [
    `${name}: ${subjectText({commonName: person.name, organizations: person.groups})}, asked by ${username}.`,
    'What is signed cannot be called back. With no, somebody else may approve it, and this command goes on later.',
  ]);
}

function sameCommand({person, shownPath}: UserWish, {validity}: UserOptions, kubeconfig: string): string {
  return [
    'certwright',
    'user',
    person.name,
    ...person.groups.flatMap((group) => ['--group', group]),
    '--csr',
    '--kubeconfig',
    kubeconfig,
    ...(validity === undefined ? [] : ['--validity', validity]),
    '--out',
    shownPath,
  ]
    .map(shellWord)
    .join(' ');
}

function eventText(event: UserRequestEvent): string {
  switch (event.kind) {
    case 'key-made':
      return `key made: ${event.path} (0600); it waits there until the kubeconfig takes it`;
    case 'key-found':
      return `going on with the key in ${event.path}`;
    case 'validity-not-sent':
      return `--validity is not sent: API servers before 1.22 do not know it, and this is ${event.version}; the signer decides`;
    case 'request-created':
      return `request ${event.name} made, as ${event.username}`;
    case 'request-found':
      return `request ${event.name} is there, made by ${event.username}`;
    case 'approved':
      return `request ${event.name} approved`;
    case 'waiting-for-approval':
      return `waiting for somebody who runs: kubectl certificate approve ${event.name} (Ctrl-C stops; the same command goes on)`;
    case 'waiting-for-signature':
      return 'waiting for the cluster to sign it (Ctrl-C stops; the same command goes on)';
    case 'signed':
      return `request ${event.name} signed`;
    case 'request-removed':
      return `request ${event.name} removed: it has done its work`;
    case 'request-left':
      return `request ${event.name} stays (${event.why}); the API removes it within an hour`;
    default:
      return event satisfies never;
  }
}
