import {faultIds} from '../lessons/faults.ts';
import type {Lessons} from '../lessons/lessons.ts';

/** Everything that can be broken in the lab, as a page of the reference. */
export function labMarkdown({faults, lab}: Pick<Lessons, 'faults' | 'lab'>): string {
  const parts = faultIds.flatMap((id) => {
    const {title, broken, why, remedy} = faults[id];
    return [
      '',
      `## \`${id}\``,
      '',
      lab.fault(title),
      '',
      broken,
      ...part(lab.why, why),
      ...part(lab.howMended, remedy),
    ];
  });
  return `${[
    `# ${lab.pageTitle}`,
    '',
    '<!-- Generated from src/lessons; `npx vitest run test/lessons -u` writes it anew. -->',
    ...parts,
  ].join('\n')}\n`;
}

function part(label: string, text: string): readonly string[] {
  return ['', `**${label}**  `, text];
}
