import {identityText} from '../identities.ts';
import type {Lessons} from '../lessons.ts';
import {errors, sides} from './zh-errors.ts';
import {faults} from './zh-faults.ts';
import {glossary} from './zh-glossary.ts';
import {lab} from './zh-lab.ts';
import {identities, settings} from './zh-settings.ts';
import {quiz} from './zh-quiz.ts';
import {artefacts, stories} from './zh-stories.ts';
import {
  authorities,
  certificates,
  connections,
  delegation,
  ends,
  kubeconfigs,
  serviceAccount,
  signing,
  trusts,
} from './zh-things.ts';
import {map} from './zh-map.ts';
import {kinds, labels, words} from './zh-words.ts';

const byFlag: Readonly<Record<string, string>> = settings;

export const zh: Lessons = {
  labels,
  kinds,
  certificates,
  authorities,
  serviceAccount,
  kubeconfigs,
  trusts,
  ends,
  connections,
  setting: (component, flag) => byFlag[`${component} ${flag}`],
  signing,
  delegation,
  identity: (name) => identityText(name, identities),
  errors,
  sides,
  glossary,
  faults,
  lab,
  words,
  map,
  quiz,
  stories,
  artefacts,
};
