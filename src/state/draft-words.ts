import type {Draft} from '../wizard/draft.ts';
import {pageWords} from '../wizard/pages.ts';
import type {FoundDraft} from './drafts.ts';

/** How drafts are spoken of, whoever asks. */

/** `14:02, demo, 5 nodes`. */
export function draftTitle(
  {saved, cluster, nodes}: {readonly saved: Date; readonly cluster: string; readonly nodes: number},
  now: Date,
): string {
  const name = cluster === '' ? 'no name yet' : cluster;
  return [draftTime(saved, now), name, nodes === 1 ? '1 node' : `${nodes} nodes`].join(', ');
}

/** `14:02`, `23 Nov 14:02`, `23 Nov 2025 14:02`: in local time, with no more of the date than differs from now. */
function draftTime(saved: Date, now: Date): string {
  const time = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'}).format(saved);
  if (saved.toDateString() === now.toDateString()) return time;
  const day = `${saved.getDate()} ${new Intl.DateTimeFormat('en-GB', {month: 'short'}).format(saved)}`;
  return saved.getFullYear() === now.getFullYear() ? `${day} ${time}` : `${day} ${saved.getFullYear()} ${time}`;
}

/** Where its person was: `Network and names`. */
export function draftPlace({place}: Draft): string {
  switch (place.at) {
    case 'start':
      return 'Start';
    case 'page':
      return pageWords[place.page].title;
    case 'preview':
      return 'Preview';
    case 'target':
      return 'Issue';
    default:
      return place satisfies never;
  }
}

/** What has to be known before going on with it. */
export function draftCautions({begunIn, mayBeOpen}: FoundDraft): readonly string[] {
  return [
    ...(begunIn === undefined
      ? []
      : [`It was begun in ${begunIn}: relative paths in it begin in the present folder now.`]),
    ...(mayBeOpen ? ['It was begun on another machine, where it may still be open: going on works on a copy.'] : []),
  ];
}
