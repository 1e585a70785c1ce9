import {formatHours} from '../base/duration.ts';
import {emptyPlan, keyAlgorithms} from '../pki/plan.ts';
import {checkAlgorithm, checkAuthorityValidity, checkLeafValidity} from './checks-keys.ts';
import {step} from './declare-step.ts';
import {choice, hours} from './read-value.ts';
import type {Step, StepOption} from './step.ts';

/** The fourth page: what kind of keys, and how long certificates are good. */

const algorithmHelp = {
  'RSA-2048': "kubeadm's default: every tool takes it; good until about 2030.",
  'RSA-3072': 'As strong as ECDSA-P256, and much slower to make and to sign with.',
  'RSA-4096': 'For rules that ask for it: by far the slowest to make.',
  'ECDSA-P256': 'Small and fast, as strong as RSA-3072: the best choice where nothing old must read it.',
  'ECDSA-P384': 'For rules that ask for more than P-256; slower, still faster than RSA.',
} satisfies Record<(typeof keyAlgorithms)[number], string>;

const algorithmOptions: readonly StepOption[] = keyAlgorithms.map((value) => ({
  value,
  label: value,
  help: algorithmHelp[value],
}));

export const keySteps: readonly Step[] = [
  step({
    id: 'keys.algorithm',
    page: 'keys',
    ask: 'Key algorithm',
    help: 'For every key: authorities, certificates and the service-account pair.',
    kind: {kind: 'choice', options: algorithmOptions},
    get: (plan) => plan.keys.algorithm,
    set: (plan, algorithm) => ({...plan, keys: {algorithm}}),
    reader: choice(keyAlgorithms, emptyPlan.keys.algorithm),
    write: (algorithm) => algorithm,
    check: checkAlgorithm,
  }),
  step({
    id: 'validity.authorities',
    page: 'keys',
    ask: 'Authorities are valid for',
    help: 'When an authority ends, everything it signed ends with it, and replacing it touches every node. Written like 87600h, 3650d or 10y.',
    kind: {kind: 'text'},
    get: (plan) => plan.validity.authorities,
    set: (plan, authorities) => ({...plan, validity: {...plan.validity, authorities}}),
    reader: hours(emptyPlan.validity.authorities),
    write: formatHours,
    check: checkAuthorityValidity,
  }),
  step({
    id: 'validity.leaves',
    page: 'keys',
    ask: 'Certificates are valid for',
    help: 'Nothing checks revocation, so this is how long a stolen key is good. Renew before it is over: the day after, the cluster stands still.',
    kind: {kind: 'text'},
    get: (plan) => plan.validity.leaves,
    set: (plan, leaves) => ({...plan, validity: {...plan.validity, leaves}}),
    reader: hours(emptyPlan.validity.leaves),
    write: formatHours,
    check: checkLeafValidity,
  }),
];
