#!/usr/bin/env node
/**
 * The start and the end: the only top-level catch and the only exit. An unsupported Node.js has to get as far as one
 * clear sentence, and `--version` has to answer at once, so nothing but a constant and what finds the rest is imported
 * statically.
 */
import type {Command} from './cli.ts';
import type {Host} from './commands/context.ts';
import {version} from './base/version.ts';
import {loadProgram} from './load-program.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [, self = 'certwright', ...words] = process.argv;

if (!(major >= 26 || (major === 24 && minor >= 15))) {
  process.stderr.write(
    `Certwright needs Node.js 24.15 or newer of the 24 line, or 26 and newer; this is ${process.versions.node}. ` +
      `Try: npx node@26 ${[self, ...words].join(' ')}\n`,
  );
  // To monitoring, 1 is a warning about the node.
  process.exitCode = words[0] === 'check' || words[0] === 'verify' ? 3 : 1;
} else if (words.length === 1 && words[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else {
  live().catch((error: unknown) => {
    // Not even what tells of errors could be loaded.
    process.stderr.write(`certwright: this installation is not whole, install it again: ${String(error)}\n`);
    process.exit(70);
  });
}

async function live(): Promise<void> {
  const crash = Promise.withResolvers<never>();
  process.on('uncaughtException', crash.reject);
  process.on('unhandledRejection', crash.reject);
  // Only what is loaded after it can be traced to its source.
  if (words.includes('--debug')) process.setSourceMapsEnabled(true);
  const {availableParallelism} = await import('node:os');
  // Keys are made on libuv's threads; it reads how many there are when the first one is needed.
  process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism()));
  const {readCommandLine, endingOf, Cancelled, writeFailure} = await loadProgram(words);
  const stop = new AbortController();
  const {exitCode: signalled, hangUp} = stopOnSignals(stop, () => new Cancelled());
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (stream.isTTY && isGone(error)) hangUp();
      // Whoever reads along may leave (`| head`): what is being done is still finished, and its exit code is the answer.
      else if (error.code !== 'EPIPE') crash.reject(writeFailure(error, nameOf(stream)));
    });
  }

  let command: Command | undefined;
  let running: Promise<number> | undefined;
  let exitCode: number;
  try {
    command = readCommandLine(
      words,
      hostWith(stop.signal, () => openInput(hangUp, crash.reject)),
      version,
    );
    running = command.run();
    exitCode = await Promise.race([running, crash.promise]);
    // A disk that is full says so only now; a report that is not whole must not end well.
    await Promise.race([flushed(), crash.promise]);
  } catch (error) {
    // A screen that is still open closes first, or what is printed would vanish with it.
    stop.abort(error);
    await settledWithin(running, 1000);
    const program = `certwright ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}`;
    const isHungUp = signalled() === hangup && isGone(error);
    const ending = endingOf(isHungUp ? new Cancelled() : error, {
      exits: command?.exits ?? 'usual',
      debug: command?.debug ?? false,
      program,
    });
    process.stderr.write(ending.text);
    exitCode = signalled() ?? ending.exitCode;
  }
  await flushed();
  process.exit(exitCode);
}

/** A stream that has failed says so after it has called back, so that is waited for too. */
function flushed(): Promise<unknown> {
  return new Promise((resolve) => process.stdout.write('', () => setImmediate(resolve)));
}

function nameOf(stream: typeof process.stdout | typeof process.stderr): string {
  return stream === process.stdout ? 'standard output' : 'standard error';
}

function hostWith(signal: AbortSignal, openInput: () => typeof process.stdin): Host {
  const {stdout, stderr, env: environment} = process;
  let opened: typeof process.stdin | undefined;
  return {
    // Most commands never read it.
    get stdin() {
      return (opened ??= openInput());
    },
    stdout,
    stderr,
    environment,
    cwd: process.cwd(),
    now: () => new Date(),
    milliseconds: () => performance.now(),
    signal,
  };
}

/** What is no terminal tells whoever reads it how it ended. */
function openInput(hangUp: () => void, crashed: (error: unknown) => void): typeof process.stdin {
  const {stdin} = process;
  if (!stdin.isTTY) return stdin;
  stdin.on('error', (error) => {
    if (isGone(error)) hangUp();
    else crashed(error);
  });
  stdin.on('end', () => {
    // Ctrl-D is a key like any other in raw mode, and else it ends the input of a terminal that still takes another mode.
    if (stdin.isRaw) hangUp();
    else stdin.setRawMode(true).setRawMode(false);
  });
  return stdin;
}

/** What a terminal that was closed says to whoever reads it, writes to it, or changes its mode. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EIO';
}

/** The exit code after SIGHUP. */
const hangup = 129;

interface Signals {
  /** Of the signal that came; undefined = none has. */
  readonly exitCode: () => number | undefined;
  /** The terminal is gone: streams may notice before the signal comes, and it comes from the system and from the shell. */
  readonly hangUp: () => void;
}

/** The first signal asks for a clean end, the second, or five seconds of waiting, ends at once. All hangups are one. */
function stopOnSignals(stop: AbortController, reason: () => Error): Signals {
  let exitCode: number | undefined;
  const end = (code: number): void => {
    exitCode = code;
    stop.abort(reason());
    setTimeout(() => process.exit(code), 5000).unref();
  };
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(code);
      end(code);
    });
  }
  const hangUp = (): void => {
    if (!stop.signal.aborted) end(hangup);
  };
  process.on('SIGHUP', hangUp);
  return {exitCode: () => exitCode, hangUp};
}

async function settledWithin(running: Promise<unknown> = Promise.resolve(), milliseconds: number): Promise<void> {
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, milliseconds);
  await Promise.race([running.catch(() => {}), patience.promise]);
  clearTimeout(timer);
}
