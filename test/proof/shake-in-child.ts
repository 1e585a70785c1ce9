import {shakeHands, type CallerEnd, type ProviderEnd} from '../../src/proof/handshake.ts';
import {makeAuthority, makeLeaf} from '../x509/makers.ts';

/** Makes every kind of handshake and prints what became of them. It ends when nothing is left that keeps it alive. */
const now = new Date();
const authority = await makeAuthority({now});
const pair = async () => {
  const {certificate, key} = await makeLeaf(authority, {usages: ['server auth', 'client auth'], now});
  return {certificate, key: key.privateKey};
};
const provider: ProviderEnd = {
  shows: await pair(),
  trusts: authority.certificate,
  clientCertificate: 'demanded',
};
const caller: CallerEnd = {shows: await pair(), trusts: authority.certificate};
const swapped = {certificate: provider.shows.certificate, key: (await pair()).key};

const ended = [
  await shakeHands(provider, caller),
  await shakeHands(provider, {...caller, shows: undefined}),
  await shakeHands({...provider, shows: swapped}, caller),
].map(({kind}) => kind);
const controller = new AbortController();
const running = shakeHands(provider, caller, controller.signal).then(
  () => 'not cancelled',
  () => 'cancelled',
);
controller.abort();
process.stdout.write(`${[...ended, await running].join(' ')}\n`);
