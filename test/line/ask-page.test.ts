import {describe, expect, test} from 'vitest';
import {steps} from '../../src/wizard/steps.ts';
import {visibleSteps} from '../../src/wizard/walk.ts';
import {back, enter} from '../helpers/line-person.ts';
import {ending, folded, singlePlan, walk} from '../helpers/line-walk.ts';

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
    expect(shown).toMatch(/\n\nNodes\nEvery machine\. Its names and addresses go into its certificates\./);
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
      'Bootstrap token',
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
