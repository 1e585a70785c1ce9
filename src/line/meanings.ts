import {Cancelled} from '../base/failure.ts';
import {knownGroups, meaningOfGroup} from '../pki/groups.ts';
import {outlineToShow} from '../pki/outline.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {trustMapOf} from '../pki/trust-map.ts';
import {comparedFigure, comparedSentences} from '../report/compared-figure.ts';
import {dayAfter, differencesOf, gistOf} from '../report/compared-options.ts';
import {examinedSentences} from '../report/examined-text.ts';
import {figureGlyphs, figureText} from '../report/figure-lines.ts';
import {keyCostSentence, keyTimeOf} from '../report/key-cost-figure.ts';
import {costsOf} from '../report/outline-figure.ts';
import {trustFigure, trustSentences} from '../report/trust-figure.ts';
import {offeredNames} from '../wizard/offers.ts';
import type {Step, StepOption} from '../wizard/step.ts';
import {tryOption, type TriedOption} from '../wizard/try-option.ts';
import {planInForce} from '../wizard/wizard-state.ts';
import type {WalkThrough} from './walk-through.ts';
import {problemLines} from './words.ts';

/** What an answer means for this plan, as text: the same that the full screen shows beside its questions. */

/** The choice that is no answer: all options side by side, and then the question again. */
export const comparison: StepOption = {
  value: '?compare',
  label: 'Compare them',
  help: 'What each would change in this plan, side by side; then you are asked again.',
};

/** Before a question is asked: what one has to know to answer it. */
export function helpBefore({state}: WalkThrough, step: Step): readonly string[] {
  switch (step.id) {
    case 'sans.apiserver': {
      const offers = offeredNames(state.plan).filter(({value}) => !state.plan.sans.apiserver.includes(value));
      return offers.length === 0
        ? []
        : [`Often needed too: ${offers.map(({value, why}) => `${value} (${why})`).join('; ')}.`];
    }
    case 'users':
      return [
        'Groups that mean something by themselves:',
        ...knownGroups.map((group) => `- ${group}: ${meaningOfGroup(group).text}`),
      ];
    default:
      return [];
  }
}

/**
 * After an answer was taken: what follows from it.
 *
 * @param before the plan without it
 */
export async function sayMeaning(walk: WalkThrough, step: Step, before: ClusterPlan): Promise<void> {
  const {asker, services, state} = walk;
  const plan = planInForce(state, services);
  switch (step.id) {
    case 'trust.topology':
      sayTrust(walk, plan);
      sayCosts(walk, plan, step);
      return;
    case 'layout':
    case 'etcd':
    case 'kubelets.client':
    case 'kubelets.serving':
      sayChange(walk, step, before, plan);
      sayCosts(walk, plan, step);
      return;
    case 'keys.algorithm':
      await sayKeyCost(walk, plan);
      return;
    case 'validity.authorities':
      asker.say(`Authorities issued today are good until ${dayAfter(services.now(), plan.validity.authorities)}.`);
      return;
    case 'validity.leaves':
      asker.say(
        `Certificates issued today are good until ${dayAfter(services.now(), plan.validity.leaves)}. Kubernetes does not renew them by itself.`,
      );
      return;
    case 'trust.authorities':
      await sayExamined(walk, plan);
      return;
    case 'sans.apiserver':
      sayNames(walk, plan);
      return;
    case 'users':
      sayGroups(walk, plan);
      return;
    default:
  }
}

/** All options of a choice side by side. */
export async function sayComparison(walk: WalkThrough, step: Step): Promise<void> {
  const {asker, services, state, glyphs} = walk;
  const plan = planInForce(state, services);
  const options = step.kind.kind === 'choice' ? step.kind.options : [];
  const tried = options.flatMap(({value}) => tryOption(services, plan, step, value) ?? []);
  const known = step.id === 'keys.algorithm' ? await measured(walk, tried) : {};
  const {parallel} = services.keyCosts;
  const compared = tried.map((one) => ({
    ...one,
    keyTime: keyTimeOf({costs: known, parallel}, one.plan.keys.algorithm, one.outline.amounts),
  }));
  const differences = differencesOf(compared, services.now());
  const labels = tried.map(({label}) => label);
  // Columns that are too narrow to be read become lines.
  const isWide = asker.tableWidth >= leastColumn * labels.length;
  if (!isWide) {
    asker.say(...comparedSentences(labels, differences));
    return;
  }
  const {heading, rows} = comparedFigure(
    labels,
    differences,
    asker.tableWidth,
    figureGlyphs[glyphs.arrow === '->' ? 'ascii' : 'unicode'],
  );
  asker.show(figureText([...heading, ...rows]));
}

const leastColumn = 26;

async function measured(
  {asker, services, signal}: WalkThrough,
  tried: readonly TriedOption[],
): Promise<Parameters<typeof keyTimeOf>[0]['costs']> {
  asker.say('Measuring what keys of each kind cost on this machine: a few seconds.');
  const costs = await Promise.all(tried.map(({plan}) => services.keyCosts.measure(plan.keys.algorithm, signal)));
  return Object.fromEntries(costs.map((cost) => [cost.algorithm, cost]));
}

function sayTrust({asker, glyphs}: WalkThrough, plan: ClusterPlan): void {
  const map = trustMapOf(outlineToShow(plan));
  if (asker.tableWidth === 0) {
    asker.say('Who signs what, and which doors that opens:', ...trustSentences(map));
    return;
  }
  const drawn = figureGlyphs[glyphs.arrow === '->' ? 'ascii' : 'unicode'];
  asker.show(['Who signs what, and which doors that opens', ...figureText(trustFigure(map, asker.tableWidth, drawn))]);
}

function sayCosts({asker}: WalkThrough, plan: ClusterPlan, step: Step): void {
  asker.say(...costsOf(outlineToShow(plan), step.id).map((message) => `This costs: ${message}`));
}

function sayChange({asker, services}: WalkThrough, step: Step, before: ClusterPlan, plan: ClusterPlan): void {
  const from = tryOption(services, plan, step, step.show(before));
  const to = tryOption(services, plan, step, step.show(plan));
  const gist = from === undefined || to === undefined ? '' : gistOf(from, to);
  if (gist !== '') asker.say(`For this plan that is ${gist}.`);
}

async function sayKeyCost({asker, services, signal}: WalkThrough, plan: ClusterPlan): Promise<void> {
  const {amounts} = outlineToShow(plan);
  const {keyCosts} = services;
  const {algorithm} = plan.keys;
  if (keyCosts.known(algorithm) === undefined) asker.say('Measuring what such a key costs on this machine ...');
  asker.say(`${keyCostSentence(await keyCosts.measure(algorithm, signal), amounts, keyCosts.parallel)}.`);
}

/** What is in the files of authorities that are brought. */
async function sayExamined({asker, services, signal}: WalkThrough, plan: ClusterPlan): Promise<void> {
  for (const id of Object.keys(plan.trust.authorities)) {
    const examined = await services.examineAuthority(id, plan);
    if (signal.aborted) throw new Cancelled();
    asker.say(...examinedSentences(id, examined), ...problemLines(examined.problems));
  }
}

function sayNames({asker}: WalkThrough, plan: ClusterPlan): void {
  const {certificates} = outlineToShow(plan).blueprint;
  const sans = certificates.find(({id}) => id === 'apiserver')?.sans ?? [];
  if (sans.length === 0) return;
  asker.say('Names in the API server certificate:', ...sans.map(({value, why}) => `- ${value}: ${why}`));
}

function sayGroups({asker}: WalkThrough, {users}: ClusterPlan): void {
  const groups = [...new Set(users.flatMap((user) => user.groups))];
  if (groups.length === 0) return;
  asker.say('What the groups may do:', ...groups.map((group) => `- ${group}: ${meaningOfGroup(group).text}`));
}
