import {Failure} from '../../src/base/failure.ts';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import {said} from '../../src/wizard/wizard-state.ts';
import type {CopyChoice} from '../../src/report/copy-choices.ts';
import type {PreviewFormat} from '../../src/report/preview-document.ts';
import type {Copied} from '../../src/run/copy-text.ts';
import type {AppState} from '../screen.ts';
import {withView, withWizard} from '../screen.ts';
import type {Services, Tools} from '../services.ts';

/** What the preview asks of the world. */
export type PreviewEffect =
  | {
      readonly kind: 'copy';
      readonly choice: CopyChoice;
      /** What the same key copies next. */
      readonly next: string | undefined;
    }
  | {
      readonly kind: 'export';
      readonly blueprint: Blueprint;
      readonly format: PreviewFormat;
      /** As typed. */
      readonly path: string;
      readonly replaces: boolean;
    };

/** What came of it. */
export type PreviewEvent =
  | {
      readonly kind: 'copied';
      readonly choice: CopyChoice;
      readonly next: string | undefined;
      readonly outcome: Copied;
    }
  | {readonly kind: 'exported'; readonly path: string; readonly format: PreviewFormat}
  | {readonly kind: 'not-exported'; readonly path: string; readonly message: string; readonly isThere: boolean};

/** Only a bug rejects. */
export async function performPreview(effect: PreviewEffect, services: Services): Promise<PreviewEvent> {
  switch (effect.kind) {
    case 'copy': {
      const {choice, next} = effect;
      return {kind: 'copied', choice, next, outcome: await services.copyText(choice.text)};
    }
    case 'export': {
      const {blueprint, format, path, replaces} = effect;
      try {
        await services.exportPreview(blueprint, {format, path, replaces});
        return {kind: 'exported', path, format};
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return {kind: 'not-exported', path, message: error.message, isThere: error.code === 'file-exists'};
      }
    }
    default:
      return effect satisfies never;
  }
}

export function takePreviewEvent(state: AppState, event: PreviewEvent, tools: Tools): AppState {
  const view = state.views.preview;
  switch (event.kind) {
    case 'copied':
      return withWizard(state, {kind: 'noticed', notice: copiedNotice(event)}, tools);
    case 'exported': {
      const closed = view?.mode.kind === 'exporting' ? {...view, mode: {kind: 'list'} as const} : view;
      const notice = said('good', `Written to ${event.path}; there is no secret in it.`);
      return withWizard(withView(state, 'preview', closed), {kind: 'noticed', notice}, tools);
    }
    case 'not-exported': {
      const {path, message, isThere} = event;
      // Under another name it would offer to replace a file that nobody has looked at.
      if (view?.mode.kind !== 'exporting' || view.mode.field.text.trim() !== path) {
        return withWizard(state, {kind: 'noticed', notice: said('bad', message)}, tools);
      }
      return withView(state, 'preview', {...view, mode: {...view.mode, refusal: {message, isThere}}});
    }
    default:
      return event satisfies never;
  }
}

/** What was copied, where to, and what is left to do by hand. */
function copiedNotice({choice, next, outcome}: Extract<PreviewEvent, {kind: 'copied'}>) {
  const again = next === undefined ? '' : ` (y again: ${next})`;
  const text = inOneLine(choice.text);
  switch (outcome.kind) {
    case 'copied':
    case 'sent':
      return said('good', `${outcome.where}: ${choice.what}, ${text}${again}`);
    case 'refused':
      return said('warn', `Not copied, ${outcome.why}. By hand: ${choice.elsewhere ?? text}`);
    default:
      return outcome satisfies never;
  }
}

function inOneLine(text: string): string {
  const lines = text.trimEnd().split('\n').length;
  return lines === 1 ? text.trimEnd() : `${lines} lines`;
}
