import {count} from '../../src/report/words.ts';
import type {Line} from '../parts/text.ts';
import {line, paragraph} from '../parts/text.ts';
import type {Tools} from '../services.ts';
import type {AsideTopic} from './asides.ts';

/** What the node under the cursor will get. */
export function nodeLines({wizard: {plan}, step, row}: AsideTopic, tools: Tools, width: number): readonly Line[] {
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
