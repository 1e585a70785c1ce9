import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout} from 'node:timers/promises';
import {runProgram, type Ran, type RunOptions} from '../../src/run/run-program.ts';

/**
 * Machines on one wire, made of namespaces: each with its own network, addresses, processes and mounts. Writes to
 * /etc, /var/lib and /root stay in the machine's memory, so that real paths can be used. Nothing has a name on the host:
 * everything lives as long as the processes started here, and these end with the test's own process.
 */
export class Network implements AsyncDisposable {
  /** Where the wire is; whoever starts machines in another way does it here, and they end with the network. */
  readonly room: Machine;
  /** The room's mounts: whoever has opened this still sees its files when it is gone. */
  readonly mountsOfRoom: string;
  readonly #wire: ChildProcess;
  readonly #holders: ChildProcess[] = [];

  private constructor(wire: ChildProcess) {
    this.#wire = wire;
    this.room = new Machine('the room', doorOf(wire));
    this.mountsOfRoom = `/proc/${pidOf(wire)}/ns/mnt`;
  }

  static async open(): Promise<Network> {
    if (process.getuid?.() !== 0) throw new Error('namespaces need root');
    const wire = await hold(['--net', '--mount', '--pid'], `${ownFolders}\n${ownWire}`);
    return new Network(wire);
  }

  /** @param rootfs laid over the machine's own files */
  async addMachine(options: {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly rootfs: string;
    /** Name → address, for /etc/hosts. */
    readonly hosts?: Readonly<Record<string, string>>;
  }): Promise<Machine> {
    const holder = await hold(['--net', '--mount', '--pid'], ownFiles, {
      ROOTFS: options.rootfs,
      HOSTS: ['127.0.0.1 localhost', ...Object.entries(options.hosts ?? {}).map(([name, at]) => `${at} ${name}`)].join(
        '\n',
      ),
    });
    this.#holders.push(holder);
    const port = `port${this.#holders.length}`;
    await ip([
      'link',
      'add',
      'eth0',
      'netns',
      pidOf(holder),
      'type',
      'veth',
      'peer',
      'name',
      port,
      'netns',
      pidOf(this.#wire),
    ]);
    await insideNetwork(this.#wire, ['link', 'set', port, 'master', 'br0', 'up']);
    await insideNetwork(holder, ['link', 'set', 'lo', 'up']);
    for (const address of options.addresses) {
      const subnet = address.includes(':') ? [`${address}/64`, 'nodad'] : [`${address}/16`];
      await insideNetwork(holder, ['address', 'add', ...subnet, 'dev', 'eth0']);
    }
    await insideNetwork(holder, ['link', 'set', 'eth0', 'up']);
    return new Machine(options.name, doorOf(holder));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#holders, this.#wire].map(end));
  }
}

export class Machine {
  readonly name: string;
  readonly #door: readonly string[];

  /** @param door the words that lead in: what is to run there comes after them */
  constructor(name: string, door: readonly string[]) {
    this.name = name;
    this.#door = door;
  }

  /** Runs a program to its end; one that fails fails the test with its own words. */
  async run(program: string, words: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const ran = await this.attempt(program, words, options);
    if (ran.exitCode !== 0) {
      const command = [program, ...words].join(' ');
      throw new Error(`${this.name}: exit code ${ran.exitCode} of ${command}\n${ran.stdout}\n${ran.stderr}`);
    }
    return ran;
  }

  /** Runs a program that may say no. */
  async attempt(program: string, words: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const [first = program, ...rest] = [...this.#door, program, ...words];
    return runProgram(first, rest, {...options, accept: everyExitCode});
  }

  /** Starts a program that stays. */
  start(program: string, words: readonly string[], name = program): Running {
    const [first = program, ...rest] = [...this.#door, program, ...words];
    return new Running(`${name} on ${this.name}`, spawn(first, rest, {stdio: ['ignore', 'pipe', 'pipe']}));
  }

  /** The words that run a program here. */
  words(program: string): readonly string[] {
    return [...this.#door, program];
  }

  /** A machine that is reached through this one. */
  within(name: string, words: readonly string[]): Machine {
    return new Machine(name, [...this.#door, ...words]);
  }
}

/** The first process of each machine ends every other one with it. */
function doorOf(holder: ChildProcess): string[] {
  const spaces = `/proc/${pidOf(holder)}/ns`;
  return ['nsenter', `--net=${spaces}/net`, `--mount=${spaces}/mnt`, `--pid=${spaces}/pid_for_children`, '--'];
}

const everyExitCode = Array.from({length: 255}, (_, code) => code + 1);

/** A program that stays until its machine is gone, and what it has said so far. */
export class Running {
  readonly name: string;
  readonly #child: ChildProcess;
  #log = '';

  constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#log += text));
    }
  }

  /** Both its streams. */
  get log(): string {
    return this.#log;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /**
   * Tries until the answer is not undefined, and gives that answer. Ends at once when the program has ended; the limit is
   * only there so that a test ends that would not.
   *
   * @param limit milliseconds
   */
  async until<Answer>(
    what: string,
    attempt: () => Promise<Answer | undefined> | Answer | undefined,
    limit = 120_000,
  ): Promise<Answer> {
    const end = performance.now() + limit;
    for (let pause = 50; ; pause = Math.min(pause * 1.5, 500)) {
      const answer = await attempt();
      if (answer !== undefined) return answer;
      if (this.hasEnded || performance.now() > end) {
        throw new Error(`${this.name} ${this.hasEnded ? 'ended' : 'is not ready'}: ${what}\n${this.#log.slice(-8000)}`);
      }
      await setTimeout(pause);
    }
  }
}

/** Folders of its own, on top of the host's: an upper layer in memory. */
const ownFolders = `
  mount --make-rprivate /
  mount -t proc proc /proc
  mount -t tmpfs tmpfs /mnt
  for folder in etc var/lib root; do
    mkdir -p /mnt/$folder/upper /mnt/$folder/work
    mount -t overlay overlay -o lowerdir=/$folder,upperdir=/mnt/$folder/upper,workdir=/mnt/$folder/work /$folder
  done
  # What the host itself has of a cluster is not this machine's.
  rm -rf /etc/kubernetes /etc/etcd /etc/cni /var/lib/etcd /var/lib/kubelet /var/lib/kubernetes /var/lib/kube-proxy /var/lib/minikube /root/.kube
  umount /etc/hosts 2>/dev/null || true`;

/** And in it the machine's rootfs. */
const ownFiles = `
  ${ownFolders}
  printf '%s\\n' "$HOSTS" >/etc/hosts
  # Folder by folder: tar gives a folder that is there another mode while it works, and / is the host's.
  for folder in etc var/lib root; do
    [ ! -d "$ROOTFS/$folder" ] || tar --owner=0 --group=0 -C "$ROOTFS/$folder" -c . | tar --no-overwrite-dir -C "/$folder" -x
  done
`;

/** The wire is a bridge, by the names that real-node gives it: its nodes are then on the same one. */
const ownWire = `
  mount -t tmpfs tmpfs /run
  mkdir /run/netns
  touch /run/netns/rn-switch
  mount --bind /proc/self/ns/net /run/netns/rn-switch
  ip link set lo up
  ip link add br0 type bridge
  ip link set br0 up`;

/** A process in new namespaces that has made them ready and then waits. */
async function hold(
  namespaces: readonly string[],
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const killed = namespaces.includes('--pid') ? ['--fork', '--kill-child'] : [];
  const words = [
    '--pdeathsig',
    'KILL',
    'unshare',
    ...namespaces,
    ...killed,
    'sh',
    '-euc',
    `${script}\necho ready\nexec sleep infinity`,
  ];
  const holder = spawn('setpriv', words, {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...environment}});
  let said = '';
  holder.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await Promise.race([
    once(holder.stdout, 'data'),
    once(holder, 'exit').then(() => {
      throw new Error(`a machine could not be made: ${said}`);
    }),
  ]);
  return holder;
}

async function end(holder: ChildProcess): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return;
  const gone = once(holder, 'exit');
  holder.kill('SIGKILL');
  await gone;
}

async function ip(words: readonly string[]): Promise<void> {
  await runProgram('ip', words);
}

async function insideNetwork(holder: ChildProcess, words: readonly string[]): Promise<void> {
  await runProgram('nsenter', [`--net=/proc/${pidOf(holder)}/ns/net`, '--', 'ip', ...words]);
}

function pidOf(child: ChildProcess): string {
  if (child.pid === undefined) throw new Error('the process never started');
  return String(child.pid);
}
