import type {Place, Problem} from '../base/problem.ts';
import type {PlanValue} from '../wizard/step.ts';
import {parentPath, type PlaceOf} from './located-value.ts';
import {placeIn, type KubeadmDocument} from './kubeadm-documents.ts';

/** Answers taken out of kubeadm's documents, each with where it stood there, so that a check of the plan finds it. */
export class Gathering {
  readonly values = new Map<string, PlanValue>();
  readonly problems: Problem[] = [];
  readonly #places = new Map<string, Place>();
  readonly #start: Place;

  constructor(start: Place) {
    this.#start = start;
  }

  /**
   * @param step the plan key that is answered
   * @param from where in the document the answer stands
   */
  take(step: string, value: PlanValue, document: KubeadmDocument, from: string): void {
    this.values.set(step, value);
    this.place(step, document, from);
  }

  /** Says where a part of an answer stood: `nodes[1].addresses`. */
  place(path: string, document: KubeadmDocument, from: string): void {
    this.#places.set(path, document.placeOf(from));
  }

  /** What is wrong, or cannot be said in a plan, at a field of a document. */
  note(each: Problem, document: KubeadmDocument, path: string, of?: 'key' | 'value'): void {
    this.problems.push({...each, at: placeIn(document, path, of)});
  }

  readonly placeOf: PlaceOf = (path) => {
    for (let rest = path; rest !== ''; rest = parentPath(rest)) {
      const place = this.#places.get(rest);
      if (place !== undefined) return {...place, path};
    }
    return {...this.#start, path};
  };
}
