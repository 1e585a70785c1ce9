import {identityText} from '../identities.ts';
import type {Lessons} from '../lessons.ts';
import {errors, sides} from './ja-errors.ts';
import {faults} from './ja-faults.ts';
import {glossary} from './ja-glossary.ts';
import {lab} from './ja-lab.ts';
import {identities, settings} from './ja-settings.ts';
import {quiz} from './ja-quiz.ts';
import {artefacts, stories} from './ja-stories.ts';
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
} from './ja-things.ts';
import {map} from './ja-map.ts';
import {kinds, labels, words} from './ja-words.ts';

const byFlag: Readonly<Record<string, string>> = settings;

export const ja: Lessons = {
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
