import type {PlannedIntrusion} from '../pki/blueprint-types.ts';
import type {JudgedIntrusion} from '../pki/verdict.ts';
import type {ShownFiles, TrustedFile, Unusable} from './ends.ts';
import type {Court} from './case.ts';
import type {Meeting} from './meeting.ts';
import type {SeenCertificate} from './seen-certificate.ts';
import {makeStranger} from './stand-ins.ts';

/** Knocks at one door and tells what the provider did. The intruder verifies nothing. */
export async function judgeIntrusion(intrusion: PlannedIntrusion, court: Court): Promise<JudgedIntrusion> {
  const {ends, meet} = court;
  const shown = await ends.shown(intrusion.presents.from);
  if (shown.kind === 'unusable') return notTried(intrusion, shown);
  const trusted = await ends.trusted(intrusion.providerTrusts.from);
  if (trusted.kind === 'unusable') return notTried(intrusion, trusted);
  const intruder = await intruderOf(intrusion, trusted, court);
  if (intruder?.kind === 'unusable') return notTried(intrusion, intruder);
  const meeting = await meet(
    {shown, trusted, clientCertificate: intrusion.clientCertificate},
    {shown: intruder, trusted: undefined},
  );
  if (meeting.handshake.kind === 'not-started') {
    const says = meeting.handshake.says;
    return notTried(intrusion, {kind: 'unusable', says, why: `the files of the ${meeting.handshake.side} do not fit`});
  }
  const said = refusalOf(meeting);
  return said === undefined ? {intrusion, outcome: 'let-in', said: ''} : {intrusion, outcome: 'refused', said};
}

function notTried(intrusion: PlannedIntrusion, {why}: Unusable): JudgedIntrusion {
  return {intrusion, outcome: 'not-tried', said: why};
}

function refusalOf({handshake, provider}: Meeting): string | undefined {
  if (handshake.kind === 'broken-off') return handshake.providerSays;
  return provider.kind === 'refuses' ? provider.words : undefined;
}

async function intruderOf(
  {shows}: PlannedIntrusion,
  trusted: TrustedFile,
  {ends, blueprint, authorities, now}: Court,
): Promise<ShownFiles | Unusable | undefined> {
  if ('nothing' in shows) return undefined;
  if ('stranger' in shows) {
    const [anchor] = trusted.anchors;
    return anchor === undefined
      ? {kind: 'unusable', says: 'no anchor', why: 'there is no authority to be a namesake of'}
      : makeStranger(shows.stranger, anchor, now);
  }
  const files = await ends.shown(shows.from);
  if (files.kind === 'unusable') return files;
  const along = shows.withChain ? chainOf(shows.certificate, blueprint, authorities) : [];
  return {...files, along, certificate: [files.leaf, ...along].map(({pem}) => pem).join('')};
}

/**
 * Every intermediate above a certificate, nearest first, whatever its own file sends along: an intruder gathers what
 * helps, and these are public.
 */
function chainOf(
  name: string,
  blueprint: Court['blueprint'],
  authorities: ReadonlyMap<string, SeenCertificate>,
): readonly SeenCertificate[] {
  const planned = new Map(blueprint.authorities.map((authority) => [authority.id, authority]));
  const chain: SeenCertificate[] = [];
  let at = planned.get(blueprint.certificates.find((certificate) => certificate.name === name)?.authority ?? '');
  while (at?.signedBy !== undefined) {
    const certificate = authorities.get(at.id);
    if (certificate !== undefined) chain.push(certificate);
    at = planned.get(at.signedBy);
  }
  return chain;
}
