import {existsSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {Cancelled, Failure, InputFailure} from '../../src/base/failure.ts';
import {problem} from '../../src/base/problem.ts';
import {setUp} from '../../src/journeys/set-up.ts';
import {askThrough, runLineMode, type LineModeOptions} from '../../src/line/line-mode.ts';
import {emptyPlan, type ClusterPlan} from '../../src/pki/plan.ts';
import {visibleSteps} from '../../src/wizard/walk.ts';
import {steps} from '../../src/wizard/steps.ts';
import {eventsOf, lineWorld, type LineWorld, type LineWorldOptions} from '../helpers/line-services.ts';
import {
  answersFrom,
  back,
  enter,
  personAt,
  terminal,
  type Answer,
  type AskerName,
  type Answers,
  type Terminal,
} from '../helpers/line-person.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {haNodes, node} from '../helpers/plans.ts';
import {setUpOptions, temporaryFolder} from '../helpers/set-up.ts';

const singlePlan: ClusterPlan = {
  ...emptyPlan,
  cluster: {...emptyPlan.cluster, name: 'demo'},
  nodes: [node('cp-1', '10.0.0.11', 'control-plane')],
};
const highlyAvailable: ClusterPlan = {
  ...emptyPlan,
  cluster: {name: 'demo', kubernetesVersion: '1.36', controlPlaneEndpoint: 'api.demo.test:6443'},
  nodes: haNodes,
};
const presets = {'kubeadm-single': singlePlan, 'kubeadm-ha': highlyAvailable};

interface Walked extends LineWorld {
  readonly exitCode: number;
  readonly at: Terminal;
  /** What was asked, in order. */
  readonly asked: readonly string[];
  readonly shown: string;
}

/** Walks through with these answers; what is not answered gets Enter. */
async function walk(
  table: Readonly<Record<string, Answer | readonly Answer[]>>,
  {
    name = 'numbered lines',
    world = {},
    start = {preset: 'kubeadm-single'},
    glyphs = 'unicode',
    columns = 80,
  }: {
    name?: AskerName;
    world?: LineWorldOptions;
    start?: Omit<LineModeOptions, 'services'>;
    glyphs?: 'unicode' | 'ascii';
    columns?: number;
  } = {},
): Promise<Walked> {
  const made = lineWorld({presets, machine: singlePlan, ...world});
  const at = terminal({glyphs, columns});
  const asked: string[] = [];
  const given = answersFrom(table);
  const answers: Answers = (ask, question) => {
    asked.push(ask);
    if (asked.length > 200) throw new Error(`no end: ${asked.slice(-10).join(' | ')}`);
    return given(ask, question);
  };
  const exitCode = await askThrough(personAt(name, at, answers), at.context, {...start, services: made.services});
  const shown = at.shown();
  if (name === 'numbered lines') expect(at.raw(), 'an escape code').not.toMatch(/[\u0000-\u0009\u000B-\u001F\u009B]/);
  return {...made, exitCode, at, asked, shown};
}

/** Lines joined again that were broken for the terminal's width. */
function folded(shown: string): string {
  return shown.replaceAll(/\s+/g, ' ');
}

const ending = [
  'Change anything else?',
  'What now',
  'Folder for the bundle',
  'Issue 3 authorities and 12 certificates into ./demo-bundle now?',
];

describe('walking', () => {
  test('asks page by page what is usually asked, then whether anything else, then where to', async () => {
    const {asked, exitCode, issued} = await walk({});
    const usual = visibleSteps(steps, singlePlan).filter(({advanced}) => !advanced);
    const words = usual.map(({ask, kind}) => (kind.kind === 'records' ? `${ask}, a line or Enter when done` : ask));
    expect(asked).toEqual([...words, ...ending]);
    expect(exitCode).toBe(0);
    expect(issued).toEqual([{plan: singlePlan, directory: './demo-bundle'}]);
  });

  test('asks what is rarely asked where the preset answers it otherwise than usual, and only there', async () => {
    const plan = {...singlePlan, kubelets: {client: undefined, serving: 'signed'}} as const;
    const given = ['kubelets.serving', 'kubelets.client', 'network.dnsDomain'];
    const {asked} = await walk({}, {start: {preset: 'signed'}, world: {readings: {signed: {ok: true, plan, given}}}});
    const pages = asked.slice(0, asked.indexOf('Change anything else?'));
    expect(pages).toContain("Kubelets' serving certificates");
    expect(pages).not.toContain("Kubelets' client certificates");
    expect(pages).not.toContain('DNS domain');
  });

  test('says each question with its help, each page with its title, and every option with what it means', async () => {
    const {shown} = await walk({});
    const words = folded(shown);
    for (const {help, kind, advanced} of visibleSteps(steps, singlePlan)) {
      if (advanced) continue;
      expect(words).toContain(help);
      if (kind.kind !== 'choice') continue;
      for (const option of kind.options) expect(words).toContain(`${option.label}: ${option.help}`);
    }
    expect(shown).toMatch(/\n\nNodes\nEvery machine of the cluster\./);
  });

  test('goes back over questions and pages, and every answer is still there', async () => {
    const {asked, shown, issued} = await walk({
      'Cluster name': ['one', enter],
      'Service subnets': ['10.97.0.0/16', back, enter],
      Nodes: [enter, back, enter],
      etcd: [enter, enter],
      Authorities: [enter, back, enter],
      'Pod subnets': [back, enter],
    });
    const walked = asked.slice(0, asked.indexOf('Control-plane endpoint'));
    expect(walked.map((ask) => ask.replace(', a line or Enter when done', ''))).toEqual([
      'Cluster name',
      'Kubernetes version',
      'Layout',
      'etcd',
      'Authorities',
      'Nodes',
      'Service subnets',
      'Pod subnets',
      'Service subnets',
      'Nodes',
      'Authorities',
      'etcd',
      'Authorities',
      'Nodes',
      'Service subnets',
      'Pod subnets',
    ]);
    expect(shown).toContain('Service subnets [10.97.0.0/16]: ');
    expect(issued[0]?.plan).toMatchObject({cluster: {name: 'one'}, network: {serviceSubnets: ['10.97.0.0/16']}});
  });

  test('goes back from the end: preview, folder and confirmation', async () => {
    const {asked, exitCode} = await walk({
      'What now': ['issue', back, 'issue', 'issue'],
      'Folder for the bundle': [back, enter, './other'],
      'Issue 3 authorities and 12 certificates into ./demo-bundle now?': 'no',
      'Change anything else?': [enter, back, enter],
      People: [enter, enter],
    });
    expect(asked.slice(asked.indexOf('Change anything else?'))).toEqual([
      'Change anything else?',
      'What now',
      'Folder for the bundle',
      'What now',
      'Change anything else?',
      'People, a line or Enter when done',
      'Change anything else?',
      'What now',
      'Folder for the bundle',
      'Issue 3 authorities and 12 certificates into ./demo-bundle now?',
      'What now',
      'Folder for the bundle',
      'Issue 3 authorities and 12 certificates into ./other now?',
    ]);
    expect(exitCode).toBe(0);
  });

  test('refuses a wrong answer with the words of its step, and asks again', async () => {
    const {shown, issued} = await walk({'Kubernetes version': '1.99\n1.35'});
    expect(shown).toMatch(/Kubernetes version \[1\.36\]: 1\.99\n1\.35\nNot taken: .*1\.99.*\n {2}\S/);
    expect(issued[0]?.plan.cluster.kubernetesVersion).toBe('1.35');
  });

  test('says what an accepted answer costs', async () => {
    const {shown, issued} = await walk({'Certificates are valid for': '20y'});
    expect(shown).toMatch(/Warning: certificates would last 20 years, their authority 10 years/);
    expect(issued[0]?.plan.validity.leaves).toBe(20 * 8760);
  });

  test('names the answers that another one puts out of force, and issues without them', async () => {
    const {shown, issued, asked} = await walk(
      {
        'Bootstrap token is good for': '48h',
        'Change anything else?': ['kubelets.client', 'enough'],
        "Kubelets' client certificates": 'issued',
      },
      {start: {preset: 'kubeadm-ha'}},
    );
    expect(asked).toContain('Bootstrap token is good for');
    expect(folded(shown)).toContain(
      "Kubelets' client certificates puts other answers out of force: Bootstrap token is good for (48h).",
    );
    expect(issued[0]?.plan).toMatchObject({kubelets: {client: 'issued'}, bootstrap: {token: {ttl: 24}}});
  });

  test('asks what has a meaning only since the last answer', async () => {
    const {asked, issued} = await walk(
      {
        Layout: 'the-hard-way',
        'Change anything else?': ['kubelets.client', 'enough'],
        "Kubelets' client certificates": 'bootstrap',
        'Bootstrap token is good for': '12h',
      },
      {start: {preset: 'kubeadm-ha'}},
    );
    const from = asked.indexOf('Change anything else?');
    expect(asked.slice(from, from + 4)).toEqual([
      'Change anything else?',
      "Kubelets' client certificates",
      'Bootstrap token is good for',
      'Change anything else?',
    ]);
    expect(issued[0]?.plan.bootstrap.token.ttl).toBe(12);
  });

  test('asks once more what an answer further on has made wrong', async () => {
    const {asked, issued, shown} = await walk({
      'What now': ['change', 'issue'],
      'Which answer': 'etcd',
      etcd: [enter, 'external'],
      Nodes: [enter, 'etcd-1 10.0.0.31 etcd', enter],
    });
    const from = asked.indexOf('What now');
    expect(asked.slice(from, from + 6)).toEqual([
      'What now',
      'Which answer',
      'etcd',
      'Nodes, a line or Enter when done',
      'Nodes, a line or Enter when done',
      'What now',
    ]);
    expect(shown).toMatch(/Not taken: .*etcd.*\n/);
    expect(issued[0]?.plan.nodes.map(({name}) => name)).toEqual(['cp-1', 'etcd-1']);
  });

  test('shows nothing but ASCII where that is all there is', async () => {
    const {shown} = await walk({'What now': ['full', 'issue']}, {glyphs: 'ascii'});
    expect(shown.match(/[^\u0000-\u007F]+/g)).toBeNull();
  });
});

describe('tables', () => {
  test('grow line by line; a wrong line is refused, the others of a paste are taken', async () => {
    const {shown, issued} = await walk({
      Nodes: [
        'worker-1 10.0.0.300 worker',
        'worker-1 10.0.0.21 worker\n\nworker-2 10.0.0.11 worker\nworker-3 10.0.0.23 wrker',
        'worker-4 10.0.0.24 worker; worker-5 10.0.0.25 worker',
        enter,
      ],
    });
    expect(shown).toContain('Not taken: "10.0.0.300" is not an IP address\n  write it like 10.0.0.11');
    expect(shown).toContain('worker-2 10.0.0.11 worker:\nNot taken: 10.0.0.11 is the address of "cp-1" too\n');
    expect(shown).toContain('worker-3 10.0.0.23');
    expect(shown).toContain('  did you mean worker?\n');
    expect(shown).toContain('\nLine 2 added.\n');
    expect(shown).toContain('Lines 3 to 4 added.\n');
    expect(issued[0]?.plan.nodes.map(({name}) => name)).toEqual(['cp-1', 'worker-1', 'worker-4', 'worker-5']);
  });

  test('are changed and shortened by number or name', async () => {
    const {shown, issued} = await walk(
      {
        Nodes: ['remove worker-2', 'edit 4', 'edit cp-2', 'remove 9', 'remove', 'list', 'done'],
        'Line 4': 'worker-9 10.0.0.29 worker - ',
        'Line 2': 'cp-2 10.0.0.11 control-plane\ncp-two 10.0.0.12 control-plane',
      },
      {start: {preset: 'kubeadm-ha'}},
    );
    expect(shown).toContain('Removed: worker-2 10.0.0.22 worker\n');
    expect(shown).toContain('No line 9: there are lines 1 to 4.');
    expect(shown).toContain('Say which line, such as edit 1; there are lines 1 to 4.');
    expect(shown).toContain('4) worker-9 10.0.0.29 worker\n');
    expect(issued[0]?.plan.nodes.map(({name}) => name)).toEqual(['cp-1', 'cp-two', 'cp-3', 'worker-9']);
  });

  test('are not left while something is wrong with the whole', async () => {
    const {shown, issued} = await walk({Nodes: ['remove 1', enter, 'cp-9 10.0.0.19 control-plane', enter]});
    expect(shown).toMatch(/There is no line yet\.\nNodes, a line or Enter when done: \nNot taken: .*node.*\n {2}\S/);
    expect(issued[0]?.plan.nodes.map(({name}) => name)).toEqual(['cp-9']);
  });

  test('left unfinished are as they were when they are asked again', async () => {
    const {shown, issued} = await walk({
      Nodes: ['worker-1 10.0.0.21 worker', back, enter],
      Authorities: [enter, enter],
    });
    expect(folded(shown)).toContain('Nodes: what you have changed is not in the plan yet');
    expect(shown).toContain('2) worker-1 10.0.0.21 worker\n');
    expect(issued[0]?.plan.nodes).toHaveLength(2);
  });

  test('of maps refuse a wrong line too', async () => {
    const {shown, issued} = await walk({
      'Change anything else?': ['trust.assign', 'enough'],
      'Other signers': ['etcd-per etcd-ca', 'kubelet-serving kubelet-serving-ca', enter],
    });
    expect(shown).toContain('Not taken: there is no certificate "etcd-per"\n  did you mean etcd-peer?');
    expect(issued[0]?.plan.trust.assign).toEqual({'kubelet-serving': 'kubelet-serving-ca'});
  });
});

describe('where to start from', () => {
  test('is asked: this machine, the presets, a plan file', async () => {
    const {shown, issued} = await walk({}, {start: {}});
    expect(shown).toContain('1) This machine: One control-plane node, host-1 at 192.168.1.20.\n2) kubeadm-single: ');
    expect(shown).toContain('4) A plan file: ');
    expect(issued[0]?.plan).toEqual(singlePlan);
  });

  test('is asked until there is something to start from', async () => {
    const {shown, issued} = await walk(
      {
        'Start from': [back, 'plan-file', 'plan-file', 'plan-file', 'kubeadm-ha'],
        'Path of the plan file': ['gone.yaml', 'bad.yaml', back],
      },
      {
        start: {},
        world: {
          files: {
            'bad.yaml': {
              ok: false,
              problems: [problem('unknown-key', 'nods', 'there is no key "nods" here', 'did you mean nodes?')],
            },
          },
        },
      },
    );
    expect(shown).toContain('This is the first question.');
    expect(shown).toContain('Not taken: gone.yaml does not exist\n  name a file that is there\n');
    expect(shown).toContain('Not taken: there is no key "nods" here\n  did you mean nodes?\n');
    expect(issued[0]?.plan).toEqual(highlyAvailable);
  });

  test('can be chosen anew, and what that would replace is said before', async () => {
    const {shown, issued} = await walk(
      {
        'Start from': ['kubeadm-single', 'kubeadm-ha', 'kubeadm-ha'],
        'Cluster name': ['mine', enter],
        'Kubernetes version': [back, enter],
        'Start over?': ['no', 'yes'],
      },
      {start: {}},
    );
    expect(shown).not.toContain('This replaces');
    expect(issued[0]?.plan.cluster.name).toBe('mine');
    const again = await walk(
      {
        'Start from': ['kubeadm-single', 'kubeadm-ha', 'kubeadm-ha'],
        'Cluster name': ['mine', back, enter],
        'Kubernetes version': back,
        'Start over?': ['no', 'yes'],
      },
      {start: {}},
    );
    expect(again.shown.match(/This replaces your answers: Cluster name\./g)).toHaveLength(2);
    expect(again.issued[0]?.plan).toEqual(highlyAvailable);
  });

  test('is wrong on the command line: every problem is told, and nothing is asked', async () => {
    const problems = [problem('unknown-key', 'nods', 'there is no key "nods" here')];
    const refused = await walk(
      {},
      {start: {plan: 'bad.yaml'}, world: {files: {'bad.yaml': {ok: false, problems}}}},
    ).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InputFailure);
    expect(refused).toMatchObject({message: 'bad.yaml cannot be used', problems});
    await expect(walk({}, {start: {preset: 'nothing'}})).rejects.toThrow('nothing does not exist');
  });
});

describe('a plan file', () => {
  const given = steps.map(({id}) => id);

  test('that answers everything leaves nothing to ask, and its answers are shown', async () => {
    const {asked, shown, issued} = await walk(
      {},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan: highlyAvailable, given}}}},
    );
    expect(asked.slice(0, 2)).toEqual(['What now', 'Folder for the bundle']);
    expect(shown).toContain('Cluster name: demo\n');
    expect(shown).toContain('etcd: On the control-plane nodes\n');
    expect(shown).toContain('Nodes:\n  cp-1 10.0.0.11 control-plane\n  cp-2 10.0.0.12 control-plane\n');
    expect(issued[0]?.plan).toEqual(highlyAvailable);
    expect(shown).toContain('certwright issue --plan plan.yaml --out ./demo-bundle\n');
  });

  test('that leaves something out is asked for just that', async () => {
    const {asked, issued} = await walk(
      {Nodes: ['cp-1 10.0.0.11 control-plane', enter], 'Key algorithm': 'ECDSA-P256'},
      {
        start: {plan: 'plan.yaml'},
        world: {
          files: {
            'plan.yaml': {
              ok: true,
              plan: {...singlePlan, nodes: []},
              given: given.filter((id) => id !== 'nodes' && id !== 'keys.algorithm'),
            },
          },
        },
      },
    );
    expect(asked.slice(0, 4)).toEqual([
      'Nodes, a line or Enter when done',
      'Nodes, a line or Enter when done',
      'Key algorithm',
      'What now',
    ]);
    expect(issued[0]?.plan).toEqual({...singlePlan, keys: {algorithm: 'ECDSA-P256'}});
  });

  test('with wrong answers has their questions opened, each with what is wrong', async () => {
    const plan = {...singlePlan, network: {...singlePlan.network, podSubnets: ['10.96.0.0/16']}};
    const problems = [
      problem('not-a-duration', 'validity.leaves', '"a year" is not a length of time', 'write it like 8760h'),
    ];
    const {asked, shown, issued} = await walk(
      {'Pod subnets': '10.244.0.0/16'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan, given, problems}}}},
    );
    expect(asked.slice(0, 3)).toEqual(['Pod subnets', 'Certificates are valid for', 'What now']);
    expect(shown).toMatch(/Not taken: .*10\.96\.0\.0\/16.*\n/);
    expect(shown).toContain('Not taken: "a year" is not a length of time\n  write it like 8760h\n');
    expect(issued[0]?.plan).toEqual(singlePlan);
  });

  test('can still be changed, and its warnings are said', async () => {
    const plan = {...singlePlan, validity: {authorities: 8760, leaves: 87_600}};
    const {shown, issued} = await walk(
      {'What now': ['change', 'issue'], 'Which answer': 'validity.leaves', 'Certificates are valid for': '90d'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan, given}}}},
    );
    expect(shown).toMatch(/Certificates are valid for: 87600h\nWarning: 10 years is more/);
    expect(shown).toContain('Warning: certificates would last 10 years');
    expect(issued[0]?.plan.validity.leaves).toBe(2160);
  });

  test('that goes back as far as it can comes to the question what to start from', async () => {
    const {asked} = await walk(
      {'What now': [back, 'issue'], 'Start from': 'plan-file', 'Path of the plan file': 'plan.yaml'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan: singlePlan, given}}}},
    );
    expect(asked.slice(0, 4)).toEqual(['What now', 'Start from', 'Path of the plan file', 'What now']);
  });

  test('moves no cursor, whatever is in it', async () => {
    const plan = {...singlePlan, cluster: {...singlePlan.cluster, name: '\u001B[2J\u0007demo\u009B1m'}};
    const {shown} = await walk(
      {'Cluster name': 'demo'},
      {start: {plan: 'plan.yaml'}, world: {files: {'plan.yaml': {ok: true, plan, given}}}},
    );
    expect(shown).toContain('?[2J?demo?1m');
  });
});

describe('the preview', () => {
  test('is the summary, and everything with its reasons on request', async () => {
    const {shown} = await walk({'What now': ['full', 'issue']});
    expect(folded(shown)).toContain(
      '- kubernetes-ca: subject CN=kubernetes; signed by itself; valid 10 years; signs 7',
    );
    expect(shown).toContain('3 authorities, 12 certificates');
    expect(shown).toContain('--service-cluster-ip-range=10.96.0.0/12');
  });

  test('is a table for eyes that have the room for it, and a list for all others', async () => {
    const wide = await walk({}, {name: 'prompts', columns: 200});
    expect(wide.shown).toMatch(/\nAUTHORITY +SUBJECT +SIGNED BY/);
    expect(wide.shown).toMatch(/\nVERDICT +CONNECTION/);
    const narrow = await walk({}, {name: 'prompts', columns: 80});
    expect(folded(narrow.shown)).toContain(
      '- apiserver: for cp-1; subject CN=kube-apiserver; signed by kubernetes-ca;',
    );
    const spoken = await walk({}, {columns: 200});
    expect(folded(spoken.shown)).toContain(
      '- apiserver: for cp-1; subject CN=kube-apiserver; signed by kubernetes-ca;',
    );
    expect(spoken.shown).not.toMatch(/\S {2,}\S/);
  });

  test('saves the plan, and never over a file that is there', async () => {
    const {saved, shown, asked} = await walk({
      'What now': ['save', 'save', 'issue'],
      'Save the plan as': [enter, enter, 'mine.yaml'],
      'Key algorithm': 'ECDSA-P256',
    });
    expect([...saved.keys()]).toEqual(['./demo-plan.yaml', 'mine.yaml']);
    expect(saved.get('mine.yaml')?.keys.algorithm).toBe('ECDSA-P256');
    expect(shown).toContain('./demo-plan.yaml is there already');
    expect(asked.filter((ask) => ask === 'Save the plan as')).toHaveLength(3);
  });

  test('can be left without anything being made', async () => {
    const {exitCode, issued} = await walk({'What now': 'quit'});
    expect(exitCode).toBe(0);
    expect(issued).toEqual([]);
  });

  test('has nothing to issue while the answers do not fit each other', async () => {
    const {shown, issued, exitCode} = await walk({
      'What now': ['change', 'quit'],
      'Which answer': 'etcd',
      etcd: [enter, 'external'],
      Nodes: [enter, back],
    });
    expect(shown).toMatch(/The answers do not fit each other yet\.\nNot taken: /);
    expect(shown.slice(shown.lastIndexOf('What will exist'))).not.toContain('Issue it');
    expect({issued, exitCode}).toEqual({issued: [], exitCode: 0});
  });
});

describe('issuing', () => {
  test('tells progress, the proof, what lies where, and the same run as one command', async () => {
    const {shown} = await walk({'Key algorithm': 'ECDSA-P256'});
    expect(shown).toMatch(/\nMaking \d+ keys, \d+ certificates, \d+ files\.\nKeys made: /);
    expect(shown).toContain('\nThe bundle is in ./demo-bundle\n');
    expect(folded(shown)).toContain(
      'Proof - proved (mutual): connection kube-apiserver on cp-1 → etcd on cp-1; at 127',
    );
    expect(shown).toContain('All is well.');
    expect(shown).toContain('- authorities/: every authority with its key');
    expect(shown).toContain('- nodes/cp-1/: ');
    expect(shown).toContain('  certwright verify ./demo-bundle\n');
    expect(shown).toContain(
      '  certwright issue --preset kubeadm-single --set keys.algorithm=ECDSA-P256 --out ./demo-bundle\n',
    );
  });

  test('adds no line per key when there are thousands of them', async () => {
    const workers = Array.from({length: 400}, (_, index) =>
      node(`w-${index}`, `10.1.${index >> 8}.${index & 255}`, 'worker'),
    );
    const plan = {
      ...highlyAvailable,
      nodes: [...haNodes, ...workers],
      kubelets: {client: 'issued', serving: 'signed'},
    } as const;
    const {shown} = await walk({}, {start: {preset: 'many'}, world: {presets: {many: plan}}});
    const progress = shown.slice(shown.indexOf('\nMaking '), shown.indexOf('\nProof\n')).trim().split('\n');
    expect(progress.length).toBeLessThan(40);
    expect(shown).toMatch(/Keys made: (\d+) of \1 /);
    expect(shown).toContain('- nodes/: 405 nodes, a folder each');
  });

  test('that cannot be done says why, and asks for the folder again', async () => {
    let tries = 0;
    const {shown, asked, exitCode, issued} = await walk(
      {'Folder for the bundle': [enter, './other']},
      {
        world: {
          events: (plan, request) => {
            tries += 1;
            if (tries > 1) return eventsOf(plan, request);
            throw new Failure('folder-not-empty', './demo-bundle is not empty', {nextSteps: ['name another folder']});
          },
        },
      },
    );
    expect(shown).toContain('certwright: ./demo-bundle is not empty\n');
    expect(shown).toContain('name another folder');
    expect(asked.filter((ask) => ask === 'Folder for the bundle')).toHaveLength(2);
    expect(issued.map(({directory}) => directory)).toEqual(['./demo-bundle', './other']);
    expect(exitCode).toBe(0);
  });

  test('that is not proved to the end, or proved wrong, is no success', async () => {
    const early = await walk(
      {},
      {
        world: {
          *events(plan, request) {
            for (const event of eventsOf(plan, request)) {
              if (event.kind === 'connection-judged')
                throw new Failure('gone', 'a file is gone', {nextSteps: ['look']});
              yield event;
            }
          },
        },
      },
    );
    expect(early.exitCode).toBe(1);
    expect(folded(early.shown)).toContain('The proof ended early: a file is gone The bundle is complete.');
    expect(early.shown).toContain('What lies where');
    const wrong = await walk(
      {},
      {
        world: {
          *events(plan, request) {
            for (const event of eventsOf(plan, request)) {
              yield event.kind === 'finished' && event.proof !== undefined
                ? {...event, proof: {...event.proof, state: 'critical'}}
                : event;
            }
          },
        },
      },
    );
    expect(wrong.exitCode).toBe(1);
    expect(wrong.shown).toContain('Something does not work.');
  });

  test('stops at the requests where a brought authority has to sign, and says what to do', async () => {
    const {shown, exitCode} = await walk(
      {},
      {
        world: {
          *events(plan, {directory}) {
            const [started] = eventsOf(plan, {directory, signal: new AbortController().signal});
            if (started !== undefined) yield started;
            yield {kind: 'requests-written', directory, requests: ['apiserver', 'etcd-peer']};
          },
        },
      },
    );
    expect(exitCode).toBe(0);
    expect(shown).toContain('2 requests written to ./demo-bundle\n');
    expect(shown).toContain('  certwright sign ./demo-bundle --certificate ca.crt --key ca.key\n');
    expect(shown).toContain('  certwright issue --signed ./demo-bundle\n');
    expect(shown).not.toContain('\nProof\n');
  });

  test('asks for the passphrase of a brought key, which is not shown', async () => {
    let heard = '';
    const {shown} = await walk(
      {"Passphrase of kubernetes-ca's key": 'hunter2'},
      {
        name: 'prompts',
        world: {
          async *events(plan, request) {
            heard = (await request.askPassphrase?.('kubernetes-ca'))?.reveal() ?? '';
            yield* eventsOf(plan, request);
          },
        },
      },
    );
    expect(heard).toBe('hunter2');
    expect(shown).not.toContain('hunter2');
  });

  test('that is called off is not tried again', async () => {
    await expect(
      walk(
        {},
        {
          world: {
            events: () => {
              throw new Cancelled('stopped by SIGINT');
            },
          },
        },
      ),
    ).rejects.toThrow(new Cancelled('stopped by SIGINT'));
  });
});

test('a walk ends with a real bundle, proved', async () => {
  const directory = `${temporaryFolder()}/demo`;
  const {exitCode, shown} = await walk(
    {'Key algorithm': 'ECDSA-P256', 'Folder for the bundle': directory},
    {world: {events: (plan, request) => setUp(plan, setUpOptions(request.directory, {proof: true}))}},
  );
  expect(exitCode).toBe(0);
  expect(shown).toContain(`The bundle is in ${directory}\n`);
  expect(folded(shown)).toContain(
    '- proved (mutual): connection kube-apiserver on cp-1 → etcd on cp-1; at 127.0.0.1:2379;',
  );
  expect(existsSync(`${directory}/bundle.json`)).toBe(true);
  expect(existsSync(`${directory}/nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.crt`)).toBe(true);
  expectNoSecrets(shown);
});

describe('running', () => {
  test.each(['prompts', 'numbered-lines'] as const)(
    '%s: the end of the input ends it, and stdin is let go',
    async (asks) => {
      const at = terminal();
      const {services} = lineWorld({presets});
      const run = runLineMode({...at.context, asks}, {services, preset: 'kubeadm-single'});
      at.type(asks === 'prompts' ? 'demo\r' : 'demo\n');
      at.hangUp();
      await expect(run).rejects.toThrow(new Cancelled('the input ended before everything was answered'));
      expect(at.context.stdin.isPaused()).toBe(true);
      expect(at.shown()).toContain('Cluster name');
    },
  );

  test.each(['prompts', 'numbered-lines'] as const)('%s: a signal ends it with its own reason', async (asks) => {
    const at = terminal();
    const run = runLineMode({...at.context, asks}, {services: lineWorld({presets}).services});
    setTimeout(() => at.interrupt(new Cancelled('stopped by SIGTERM')), 5);
    await expect(run).rejects.toThrow('stopped by SIGTERM');
  });

  test('without anybody to answer, everything that is missing is named at once', async () => {
    const at = terminal();
    const plan = {...emptyPlan, network: {...emptyPlan.network, podSubnets: ['10.96.0.0/16']}};
    const {services} = lineWorld({files: {'plan.yaml': {ok: true, plan}}});
    const refused = await runLineMode({...at.context, asks: 'nobody'}, {services, plan: 'plan.yaml'}).catch(
      (error: unknown) => error,
    );
    const missing = ['nodes', 'network.podSubnets[0]'].map((path): unknown => expect.objectContaining({at: {path}}));
    expect(refused).toBeInstanceOf(InputFailure);
    expect(refused).toMatchObject({
      problems: expect.arrayContaining(missing),
      nextSteps: [expect.stringContaining('certwright issue --plan FILE --out DIR')],
    });
    expect(at.raw()).toBe('');
    await expect(runLineMode({...at.context, asks: 'nobody'}, {services})).rejects.toBeInstanceOf(InputFailure);
  });
});
