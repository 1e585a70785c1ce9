import type {Blueprint} from '../../pki/blueprint-types.ts';
import type {Lessons} from '../lessons.ts';
import {type ClusterFile, couldReplace, filesOn, isSameKind, type NamedFile, namedFiles} from './cluster-files.ts';
import {literally, question, type Question} from './question.ts';
import {flagWhy} from './why.ts';

/** Which file goes in this flag, and which flag names this file: from the flags that the plan gives its components. */
export function flagQuestions(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const named = namedFiles(blueprint);
  return [
    ...named.flatMap((one) => fileInFlag(one, named, blueprint, lessons)),
    ...named.flatMap((one) => flagForFile(one, named, blueprint, lessons)),
  ];
}

function fileInFlag(
  one: NamedFile,
  named: readonly NamedFile[],
  blueprint: Blueprint,
  lessons: Lessons,
): readonly Question[] {
  const {component, flag, node, path, content} = one;
  const others = filesOn(blueprint, node).filter((file) => !couldReplace(content, file.content, blueprint));
  const isNear = (file: ClusterFile): boolean =>
    named.some((other) => other.component === component && other.path === file.path);
  const alike = others.filter((file) => isSameKind(content, file.content));
  const unlike = others.filter((file) => !isSameKind(content, file.content));
  return question({
    id: `flags/file/${component}/${flag}`,
    topic: 'flags',
    ask: lessons.quiz.fileInFlag(flag, component),
    quotes: [],
    right: literally(path),
    wrong: [
      alike.filter(isNear),
      alike.filter((file) => !isNear(file)),
      unlike.filter(isNear),
      unlike.filter((file) => !isNear(file)),
    ].map((tier) => tier.map((file) => literally(file.path))),
    why: flagWhy(one, lessons),
    about: `${component} ${flag}`,
  });
}

/** A file that several flags name is asked about once, and none of them is a wrong answer. */
function flagForFile(
  one: NamedFile,
  named: readonly NamedFile[],
  blueprint: Blueprint,
  lessons: Lessons,
): readonly Question[] {
  const {component, flag, path, content} = one;
  const own = named.filter((other) => other.component === component);
  if (own.find((other) => other.path === path) !== one) return [];
  const others = own.filter((other) => !couldReplace(content, other.content, blueprint));
  return question({
    id: `flags/names/${component}/${flag}`,
    topic: 'flags',
    ask: lessons.quiz.flagForFile(component, path),
    quotes: [],
    right: literally(flag),
    wrong: [
      others.filter((other) => isSameKind(content, other.content)),
      others.filter((other) => !isSameKind(content, other.content)),
    ].map((tier) => tier.map((other) => literally(other.flag))),
    why: flagWhy(one, lessons),
    about: `${component} ${flag}`,
  });
}
