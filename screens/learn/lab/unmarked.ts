import type {Language} from '../../../src/base/language.ts';
import type {EndId} from '../../../src/pki/blueprint-types.ts';
import type {Trial} from '../../../src/pki/experiment.ts';

/** Why nothing is marked on the map of a fault for which no connection fails, and which component it is about. */
export interface Unmarked {
  readonly why: string;
  readonly component: EndId;
}

interface Words {
  readonly notStarted: (component: string) => string;
  readonly open: (component: string) => string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    notStarted: (component) => `No connection is marked: ${component} does not even start.`,
    open: (component) => `No connection is marked: all of them work, but ${component} lets in whom it should refuse.`,
  },
  ja: {
    notStarted: (component) => `どの接続にも印はありません。${component} が起動もしないからです。`,
    open: (component) => `どの接続にも印はありません。すべてつながりますが、${component} は拒否すべき者を通します。`,
  },
  zh: {
    notStarted: (component) => `没有连接带标记：${component} 根本没有启动。`,
    open: (component) => `没有连接带标记：它们都能连接，但 ${component} 放进了本该拒绝的一方。`,
  },
};

/** undefined = what was tried are connections, and they are marked. */
export function unmarkedBy([asked]: readonly Trial[], language: Language): Unmarked | undefined {
  if (asked === undefined) return undefined;
  const {kind, caller, provider} = asked;
  const {notStarted, open} = words[language];
  if (kind === 'start') return {why: notStarted(caller.component), component: caller.component};
  return kind === 'door' ? {why: open(provider.component), component: provider.component} : undefined;
}
