import type {LabServices} from '../../src/journeys/lab-services.ts';
import type {LearnServices, LearntServices} from '../../src/journeys/learn-services.ts';
import {type Learnt, nothingLearnt, withLearnt} from '../../src/lessons/learnt.ts';
import {openMap} from '../../src/journeys/learn-map.ts';
import {explain} from '../../src/lessons/explain.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {StoryBench} from '../../src/journeys/stories.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {clusterMapOf} from '../../src/pki/cluster-map.ts';
import {fakeQuiz} from './fake-quiz.ts';
import {presetPlan} from './presets.ts';

/** Learn on a machine that is no node. */
export function fakeLearn(language: LearnServices['language'] = 'en', lab: Partial<LabServices> = {}): LearnServices {
  const plan = presetPlan('kubeadm-single');
  const bench = new StoryBench(plan, {now: () => new Date()});
  return {
    language,
    openMap: async (choice) => {
      const name = choice.kind === 'preset' ? choice.text : 'kubeadm-single';
      return openMap({kind: 'preset', name, plan: presetPlan(name)});
    },
    quiz: fakeQuiz({language}),
    explain: (text) => Promise.resolve(explain(text, lessonsIn(language))),
    stories: {
      map: () => Promise.resolve(clusterMapOf(makeBlueprint(plan))),
      artefact: (id) => bench.artefact(id),
    },
    lab: {...emptyLab, ...lab},
    learnt: fakeLearnt(),
  };
}

/** Kept as long as the test. */
export function fakeLearnt(kept: Learnt = nothingLearnt): LearntServices {
  let learnt = kept;
  return {
    read: () => Promise.resolve({learnt, trouble: undefined}),
    remember: (thing) => {
      learnt = withLearnt(learnt, thing);
      return Promise.resolve(undefined);
    },
  };
}

/** A lab in which nothing can be broken. */
const emptyLab: LabServices = {
  faults: () => Promise.resolve([]),
  findReal: () => Promise.resolve(undefined),
  open: () => Promise.reject(new TypeError('nothing is opened here')),
  hearReal: () => Promise.reject(new TypeError('nothing real is here')),
};
