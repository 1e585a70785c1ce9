import {Failure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import {describeFailure} from '../report/failures.ts';
import {formatWords, previewFormats, suggestedDocument} from '../report/preview-document.ts';
import type {WalkThrough} from './walk-through.ts';

/** The whole preview into one file; never over one that is there, unless somebody says so. */
export async function exportPreview(walk: WalkThrough, blueprint: Blueprint): Promise<void> {
  const {asker, services} = walk;
  const chosen = await asker.choose({
    ask: 'Export as',
    help: [],
    options: previewFormats.map((value) => ({value, ...formatWords[value]})),
  });
  const format = chosen.kind === 'answered' ? previewFormats.find((id) => id === chosen.value) : undefined;
  if (format === undefined) return;
  for (;;) {
    const typed = await asker.text({
      ask: 'Write it to',
      help: ['There is no secret in it.'],
      initial: suggestedDocument(blueprint.plan.cluster.name, format),
      judge: (path) => (path.trim() === '' ? [problem('value-missing', '', 'no file is named', 'type a path')] : []),
    });
    if (typed.kind === 'went-back') return;
    const path = typed.value.trim();
    const write = (replaces: boolean): Promise<void> => services.exportPreview(blueprint, {format, path, replaces});
    const refusal = await refusalOf(write(false));
    if (refusal === undefined) return asker.say(`Written to ${path}.`);
    if (refusal.code !== 'file-exists') {
      asker.say(describeFailure(refusal));
      continue;
    }
    const replace = await asker.confirm({ask: `${path} is there already. Replace it?`, help: [], initial: false});
    if (replace.kind === 'went-back' || !replace.value) continue;
    const second = await refusalOf(write(true));
    if (second === undefined) return asker.say(`${path} is replaced.`);
    asker.say(describeFailure(second));
  }
}

async function refusalOf(written: Promise<void>): Promise<Failure | undefined> {
  try {
    await written;
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
