import {rightsOfGroup, rightsOfUser} from '../../pki/identities.ts';
import {settingWhy} from '../catalogue-words.ts';
import type {Lessons} from '../lessons.ts';
import {errors, sides} from './en-errors.ts';
import {faults} from './en-faults.ts';
import {glossary} from './en-glossary.ts';
import {lab} from './en-lab.ts';
import {quiz} from './en-quiz.ts';
import {artefacts, stories} from './en-stories.ts';
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
} from './en-things.ts';
import {map} from './en-map.ts';
import {kinds, labels, words} from './en-words.ts';

export const en: Lessons = {
  labels,
  kinds,
  certificates,
  authorities,
  serviceAccount,
  kubeconfigs,
  trusts,
  ends,
  connections,
  setting: settingWhy,
  signing,
  delegation,
  identity: (name) => rightsOfUser(name) ?? rightsOfGroup(name),
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
