import type {LearnState} from './learn-state.ts';
import {rooms} from './rooms.ts';

export function learnCrumbs(learn: LearnState): readonly string[] {
  return ['certwright', 'Learn', ...(learn.at === 'menu' ? [] : rooms[learn.at].crumbs(learn))];
}

export function learnProgress(learn: LearnState): string {
  return learn.at === 'menu' ? '' : rooms[learn.at].progress(learn);
}
