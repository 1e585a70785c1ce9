import type {Language} from '../../../src/base/language.ts';
import type {Lessons} from '../../../src/lessons/lessons.ts';

/** On the screen one types what elsewhere is a command. */
const here: Readonly<Record<Language, Pick<Lessons['words'], 'ask' | 'listTopics'>>> = {
  en: {
    ask: 'Type a name here, or paste an error or a log, and press Enter.',
    listTopics: 'Esc leads back to the list of what can be asked about',
  },
  ja: {
    ask: 'ここに名前を入力するか、エラーやログを貼り付けて、Enter を押します。',
    listTopics: 'Esc で、尋ねられるものの一覧に戻ります',
  },
  zh: {
    ask: '在这里输入名称，或粘贴错误或日志，然后按 Enter。',
    listTopics: '按 Esc 回到可以提问的列表',
  },
};

export function lessonsHere(lessons: Lessons, language: Language): Lessons {
  return {...lessons, words: {...lessons.words, ...here[language]}};
}
