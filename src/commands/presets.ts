import {listPresets, readPreset} from '../config/presets.ts';
import {tableLines} from '../report/table.ts';
import type {Context} from './context.ts';
import {printLines} from './print.ts';

/** Lists the presets, or prints one as it is: a plan file, commented. */
export async function presets(context: Context, {name}: {readonly name: string | undefined}): Promise<number> {
  if (name !== undefined) {
    context.stdout.write(readPreset(name).text);
    return 0;
  }
  printLines(
    context,
    tableLines(
      [
        {heading: 'PRESET', cell: (preset) => preset.name},
        {heading: 'WHAT IT IS', cell: (preset) => preset.summary},
      ],
      listPresets(),
    ),
  );
  return 0;
}
