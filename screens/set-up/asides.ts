import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import type {ClusterPlan, PlanNode} from '../../src/pki/plan.ts';
import {count} from '../../src/report/words.ts';
import type {PageId, Step} from '../../src/wizard/step.ts';
import type {WizardState} from '../../src/wizard/wizard-state.ts';
import {planInForce} from '../../src/wizard/wizard-state.ts';
import type {Line} from '../parts/text.ts';
import {blank, line, pad, paragraph, span, widthOf, wrap} from '../parts/text.ts';
import {pairLines} from '../parts/facts.ts';
import type {Tools} from '../services.ts';
import type {Glyphs} from '../theme.ts';

/** What an aside depends on: with the same, it need not be made anew. */
export interface AsideTopic {
  readonly wizard: WizardState;
  readonly page: PageId;
  readonly step: Step | undefined;
  /** The option under the cursor. */
  readonly option: number;
  /** The row under the cursor of the table; undefined while a row or its text is edited. */
  readonly row: number | undefined;
}

/** What the answers of a page mean for this very plan, beside the questions. */
export function asideLines(topic: AsideTopic, width: number, glyphs: Glyphs, tools: Tools): readonly Line[] {
  const plan = pictured(planAsTyped(topic, tools));
  switch (topic.page) {
    case 'topology':
      return topic.step?.id === 'trust.topology' || topic.step?.kind.kind !== 'choice'
        ? trustPicture(tools.makeBlueprint(plan), width, glyphs)
        : [];
    case 'nodes':
      return nodeLines(topic, tools, width);
    case 'network':
      return nameLines(tools.makeBlueprint(plan), width);
    case 'keys':
      return dateLines(plan, tools.now(), width);
    case 'people':
      return [];
    default:
      return topic.page satisfies never;
  }
}

/** Whether the page's question cannot be judged without its picture, so that it is worth a place in a small terminal. */
export function isAsideVital({step}: {readonly step: Step | undefined}): boolean {
  return step?.id === 'trust.topology';
}

/** The plan as it would be with the option under the cursor, or with what is being typed where that can be taken. */
function planAsTyped({wizard, step, option}: AsideTopic, tools: Tools): ClusterPlan {
  const plan = planInForce(wizard, tools);
  if (step === undefined) return plan;
  const raw = step.kind.kind === 'choice' ? step.kind.options[option]?.value : wizard.typed[step.id];
  if (raw === undefined) return plan;
  const parsed = tools.accept(step, raw, plan);
  return parsed.ok ? parsed.plan : plan;
}

/** One node of each kind is enough to see who signs what; without any, one is made up. */
function pictured(plan: ClusterPlan): ClusterPlan {
  const first = (role: PlanNode['roles'][number]): readonly PlanNode[] =>
    plan.nodes.filter(({roles}) => roles.includes(role)).slice(0, 1);
  const nodes = [...new Set([...first('control-plane'), ...first('etcd'), ...first('worker')])];
  const example: PlanNode = {name: 'node-1', addresses: ['192.0.2.1'], roles: ['control-plane', 'etcd'], sans: []};
  return {...plan, nodes: nodes.length === 0 ? [example] : nodes};
}

/** Who signs whom, as a tree, and what that costs. */
function trustPicture(blueprint: Blueprint, width: number, glyphs: Glyphs): readonly Line[] {
  const signed = Map.groupBy(blueprint.certificates, ({authority}) => authority);
  const nameColumn =
    Math.max(...blueprint.authorities.map(({id, signedBy}) => widthOf(id) + (signedBy === undefined ? 0 : 3))) + 2;
  const branch = (above: string | undefined, trunk: string): readonly Line[] => {
    const here = blueprint.authorities.filter(({signedBy}) => signedBy === above);
    return here.flatMap((authority, index): readonly Line[] => {
      const isLast = index === here.length - 1;
      const lead = above === undefined ? '' : isLast ? `${glyphs.lastBranch} ` : `${glyphs.branch} `;
      const under = above === undefined ? '' : isLast ? '   ' : `${glyphs.trunk} `;
      const ids = [...new Set((signed.get(authority.id) ?? []).map(({id}) => id))];
      const what = ids.length === 0 ? 'offline: its key never comes near a node' : ids.join(', ');
      const name = pad(`${trunk}${lead}${authority.id}`, nameColumn).slice(trunk.length + lead.length);
      const text = wrap(what, Math.max(16, width - nameColumn));
      return [
        ...text.map((part, row): Line =>
          row === 0
            ? [span(trunk + lead, 'quiet'), span(name, 'accent'), span(part)]
            : [span(pad(trunk + under, nameColumn), 'quiet'), span(part)],
        ),
        ...branch(authority.id, trunk + under),
      ];
    });
  };
  const costs = blueprint.advice.filter(({path}) => path.startsWith('trust'));
  return [
    line('Who signs what', 'title'),
    ...branch(undefined, ''),
    ...costs.flatMap(({message}) => [blank, ...costLines(message, width, glyphs)]),
  ];
}

function costLines(message: string, width: number, glyphs: Glyphs): readonly Line[] {
  return wrap(message, width - 2).map((text, index) => [
    span(index === 0 ? `${glyphs.warning} ` : '  ', 'warn'),
    span(text, 'warn'),
  ]);
}

/** What the node under the cursor will get. */
function nodeLines({wizard: {plan}, step, row}: AsideTopic, tools: Tools, width: number): readonly Line[] {
  const node = row === undefined ? undefined : plan.nodes[row];
  if (step?.id !== 'nodes' || node === undefined) return [];
  const first = plan.nodes.find(({roles}) => roles.includes('control-plane'));
  const few = first === undefined || first === node ? [node] : [first, node];
  const blueprint = tools.makeBlueprint({...plan, nodes: few});
  const certificates = blueprint.certificates.filter((one) => one.node === node.name);
  const files = count(blueprint.files.filter((one) => one.node === node.name).length, 'file');
  const title = line(`${node.name} gets`, 'title');
  if (certificates.length === 0) {
    return [title, ...paragraph(`${files} and no certificate: its kubelet asks the cluster for one.`, width)];
  }
  return [
    title,
    ...paragraph(`${files} with ${count(certificates.length, 'certificate')}:`, width),
    ...paragraph(certificates.map(({id}) => id).join(', '), width, 'quiet'),
  ];
}

/** The names of the API server, each with its reason, as they would be now. */
function nameLines(blueprint: Blueprint, width: number): readonly Line[] {
  const apiserver = blueprint.certificates.find(({id}) => id === 'apiserver');
  if (apiserver === undefined) return [];
  return [
    line('Names in the API server certificate', 'title'),
    ...pairLines(
      '',
      apiserver.sans.map(({value, why}) => [value, why] as const),
      width,
    ),
  ];
}

/** The calendar dates that the lifetimes lead to. */
function dateLines({validity}: ClusterPlan, now: Date, width: number): readonly Line[] {
  const rows: readonly (readonly [string, number])[] = [
    ['Authorities end', validity.authorities],
    ['Certificates end', validity.leaves],
  ];
  return [
    line('If they are issued today', 'title'),
    ...rows.map(([what, hours]): Line => [span(pad(what, 18), 'quiet'), span(dayAfter(now, hours))]),
    ...paragraph('Kubernetes does not renew them by itself: somebody must, before the second date.', width, 'quiet'),
  ];
}

function dayAfter(now: Date, hours: number): string {
  const end = new Date(now.getTime() + hours * 3_600_000);
  return Number.isNaN(end.getTime()) ? 'beyond the calendar' : end.toISOString().slice(0, 10);
}
