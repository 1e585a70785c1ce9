import type {SubjectAlternativeName} from '../../src/pki/blueprint-types.ts';
import type {ClusterPlan} from '../../src/pki/plan.ts';
import {sanRules} from '../../src/pki/sans.ts';
import {situationOf} from '../../src/pki/situation.ts';
import type {Step} from '../../src/wizard/step.ts';
import type {Line} from '../parts/text.ts';
import {line, pad, span, widthOf, wrap} from '../parts/text.ts';

/** The plan without the answer of a question, to see which names are there because of it. */
const without: Readonly<Record<string, (plan: ClusterPlan) => ClusterPlan>> = {
  'network.serviceSubnets': (plan) => ({...plan, network: {...plan.network, serviceSubnets: []}}),
  'network.dnsDomain': (plan) => ({...plan, network: {...plan.network, dnsDomain: ''}}),
  'cluster.controlPlaneEndpoint': (plan) => ({
    ...plan,
    cluster: {...plan.cluster, controlPlaneEndpoint: undefined},
  }),
  'sans.apiserver': (plan) => ({...plan, sans: {apiserver: []}}),
};

/**
 * The names of the API server, each with its reason, as they would be now. Those that come from the question with the
 * focus stand first: they change with every letter.
 */
export function nameLines(plan: ClusterPlan, step: Step | undefined, width: number): readonly Line[] {
  const names = namesOf(plan);
  if (names.length === 0) return [];
  const strip = step === undefined ? without['sans.apiserver'] : without[step.id];
  const others = strip === undefined ? undefined : new Set(namesOf(strip(plan)).map(({value}) => value));
  const isOfQuestion = ({value}: SubjectAlternativeName): boolean => others !== undefined && !others.has(value);
  const ordered = [...names.filter((name) => isOfQuestion(name)), ...names.filter((name) => !isOfQuestion(name))];
  const longest = Math.max(...ordered.map(({value}) => widthOf(value)));
  const nameWidth = Math.min(longest + 2, Math.floor(width * 0.62));
  return [
    line('Names in the API server certificate', 'title'),
    ...ordered.flatMap((name): readonly Line[] => {
      const values = wrap(name.value, nameWidth - 1);
      const reasons = wrap(name.why, Math.max(8, width - nameWidth));
      return Array.from({length: Math.max(values.length, reasons.length)}, (_, row): Line => [
        span(pad(values[row] ?? '', nameWidth), isOfQuestion(name) ? 'accent' : 'plain'),
        span(reasons[row] ?? '', 'quiet'),
      ]);
    }),
  ];
}

/** Without the rest of a blueprint: it is worked out with every letter. */
function namesOf(plan: ClusterPlan): readonly SubjectAlternativeName[] {
  const situation = situationOf(plan);
  const [node] = situation.controlPlanes;
  return node === undefined ? [] : sanRules.apiserver({...situation, node});
}
