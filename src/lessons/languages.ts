import type {Language} from '../base/language.ts';
import type {Lessons} from './lessons.ts';
import {en} from './texts/en.ts';
import {ja} from './texts/ja.ts';
import {zh} from './texts/zh.ts';

const languages: Readonly<Record<Language, Lessons>> = {en, ja, zh};

export function lessonsIn(language: Language): Lessons {
  return languages[language];
}
