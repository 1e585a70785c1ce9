import {expect, test} from 'vitest';
import {stateFolder, type StateFolderChoice} from '../../src/state/state-folder.ts';

const person = {uid: 1000, home: '/home/ann'};
const root = {uid: 0, home: '/root'};

const choice = (given: Partial<StateFolderChoice>): StateFolderChoice => ({
  option: undefined,
  environment: {},
  cwd: '/work',
  user: person,
  ...given,
});

test.each<[string, Partial<StateFolderChoice>, string | undefined]>([
  ['--state-dir, from where the program was started', {option: 'here'}, '/work/here'],
  ['--state-dir before all else', {option: '/x', environment: {XDG_STATE_HOME: '/y'}}, '/x'],
  ['the XDG state folder', {environment: {XDG_STATE_HOME: '/y', HOME: '/home/z'}}, '/y/certwright'],
  ['not one that is relative', {environment: {XDG_STATE_HOME: 'y', HOME: '/z'}}, '/z/.local/state/certwright'],
  ['not one that is empty', {environment: {XDG_STATE_HOME: '', HOME: '/z'}}, '/z/.local/state/certwright'],
  ['the home that the system knows', {}, '/home/ann/.local/state/certwright'],
  ['nowhere without a home', {user: {uid: 4711, home: undefined}}, undefined],
  ["root's own variables", {user: root, environment: {XDG_STATE_HOME: '/y'}}, '/y/certwright'],
  [
    "never the user's home, as root through sudo",
    {user: root, environment: {HOME: '/home/ann', XDG_STATE_HOME: '/home/ann/.state', SUDO_UID: '1000'}},
    '/root/.local/state/certwright',
  ],
  [
    'nor through doas or pkexec',
    {user: root, environment: {HOME: '/home/ann', DOAS_USER: 'ann'}},
    '/root/.local/state/certwright',
  ],
  [
    'its variables, where root itself used sudo',
    {user: root, environment: {XDG_STATE_HOME: '/y', SUDO_UID: '0'}},
    '/y/certwright',
  ],
  [
    'as a user through sudo, that user',
    {environment: {HOME: '/home/ann', SUDO_UID: '1001'}},
    '/home/ann/.local/state/certwright',
  ],
])('state is kept in: %s', (_, given, expected) => {
  expect(stateFolder(choice(given))).toBe(expected);
});
