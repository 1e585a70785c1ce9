import type {Blueprint} from '../pki/blueprint-types.ts';
import {indexBlueprint, type BlueprintIndex} from '../report/blueprint-index.ts';
import {componentForm, formsOf, formTitles} from '../report/component-forms.ts';
import {detailsText, formText} from '../report/details-text.ts';
import {linkTo} from '../report/link.ts';
import {detailsOf} from '../report/preview-details.ts';
import {previewRows, previewViews, viewTitles, type PreviewViewId} from '../report/preview-rows.ts';
import type {Thing} from '../report/thing.ts';
import {queryOf, rowsHolding} from '../report/preview-search.ts';
import type {StepOption} from '../wizard/step.ts';
import type {WalkThrough} from './walk-through.ts';

/** As many options as one sees at once; of more rows, words narrow them faster than numbers. */
const mostOptions = 20;

/** Certificates, connections, flags and files, found by words, each with its reason and what belongs to it. */
export async function lookCloser(walk: WalkThrough, blueprint: Blueprint): Promise<void> {
  const index = indexBlueprint(blueprint);
  for (;;) {
    const reply = await walk.asker.choose({
      ask: 'Look at',
      help: [],
      options: previewViews.map((view) => ({value: view, label: viewTitles[view], help: viewHelp[view]})),
    });
    if (reply.kind === 'went-back') return;
    const view = previewViews.find((id) => id === reply.value);
    if (view !== undefined && (await lookThrough(walk, index, view)) === 'enough') return;
  }
}

const viewHelp: Readonly<Record<PreviewViewId, string>> = {
  certificates: 'Authorities and what they sign.',
  connections: 'Who calls whom, what each shows, and what verifies it.',
  flags: 'Every flag and setting of every component; also as unit, static pod or YAML.',
  files: 'Every file with its mode, and what never leaves the folder of authorities.',
  advice: 'What this plan costs.',
};

async function lookThrough(
  walk: WalkThrough,
  index: BlueprintIndex,
  view: PreviewViewId,
): Promise<'enough' | 'went-back'> {
  const {asker} = walk;
  const rows = previewRows(index, view, false);
  const total = rowsHolding(rows, []).length;
  for (;;) {
    const typed = await asker.text({
      ask: 'Words to look for',
      help: [`Names, addresses, flags, values and paths of ${viewTitles[view]}; left empty, all ${total} rows.`],
      initial: '',
      canBeEmpty: true,
      judge: () => [],
    });
    if (typed.kind === 'went-back') return 'went-back';
    const found = rowsHolding(rows, queryOf(typed.value));
    if (found.length === 0) {
      asker.say(`No row of ${viewTitles[view]} has ${typed.value.trim()} in it.`);
      continue;
    }
    asker.say(
      found.length > mostOptions
        ? `${found.length} of ${total} rows; the first ${mostOptions} can be chosen, and more words narrow them.`
        : `${found.length} of ${total} rows.`,
    );
    const offered = found.slice(0, mostOptions);
    const chosen = await asker.choose({
      ask: 'Which one',
      help: [],
      options: offered.map(({thing, cells}, place) => {
        const {text} = linkTo(thing);
        return {
          value: String(place),
          label: text,
          help: cells
            .slice(1)
            .filter((cell) => cell !== '')
            .join(', '),
        };
      }),
    });
    if (chosen.kind === 'went-back') continue;
    const thing = offered[Number(chosen.value)]?.thing;
    if (thing !== undefined && (await followFrom(walk, index, thing)) === 'enough') return 'enough';
  }
}

/** From thing to thing; going back leads the way that one came. */
async function followFrom(walk: WalkThrough, index: BlueprintIndex, first: Thing): Promise<'enough' | 'went-back'> {
  const {asker} = walk;
  const way: Thing[] = [first];
  for (;;) {
    const thing = way.at(-1);
    if (thing === undefined) return 'went-back';
    const details = detailsOf(index, thing);
    asker.say('', ...detailsText(details));
    const links = details.links.flatMap(({label, links: group}) => group.map((link) => ({...link, label})));
    const more = details.links.reduce((sum, one) => sum + one.more, 0);
    if (more > 0) asker.say(`${more} more belong to it: look for ${details.title} to see them.`);
    const component = thing.kind === 'component' || thing.kind === 'flag' ? thing.component : undefined;
    const forms = component === undefined ? [] : formsOf(index, component);
    const options: StepOption[] = [
      {value: 'enough', label: 'Enough', help: 'Back to what now.'},
      ...forms.map((id) => ({value: id, label: `As ${formTitles[id]}`, help: ''})),
      ...links.map(({text, label}, place) => ({value: `link ${place}`, label: `${label}: ${text}`, help: ''})),
    ];
    if (options.length > mostOptions) asker.say(...links.map(({text, label}) => `  ${label}: ${text}`));
    const reply = await asker.choose({ask: 'Go on to', help: [], options});
    if (reply.kind === 'went-back') {
      way.pop();
      continue;
    }
    if (reply.value === 'enough') return 'enough';
    const form = forms.find((id) => id === reply.value);
    if (form !== undefined && component !== undefined) {
      asker.show([
        '',
        ...formText(componentForm(index, component, form), `${component.component} on ${component.node}`),
        '',
      ]);
      continue;
    }
    const link = links[Number(reply.value.replace('link ', ''))];
    if (link !== undefined) way.push(link.to);
  }
}
