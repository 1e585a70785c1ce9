/** How the prompts are drawn: as the library does, or with ASCII alone; their keys are told in our own words. */

type Glyphs = 'unicode' | 'ascii';

export function promptTheme(glyphs: Glyphs) {
  return glyphs === 'ascii' ? {prefix: {idle: '?', done: '*'}, spinner: {interval: 200, frames: ['?']}} : {};
}

export function listTheme(glyphs: Glyphs) {
  return {
    ...promptTheme(glyphs),
    ...(glyphs === 'ascii' ? {icon: {cursor: '>', checked: '[x]', unchecked: '[ ]'}} : {}),
    style: {keysHelpTip: () => 'Up and down move, Enter takes it, Esc goes back.'},
  };
}
