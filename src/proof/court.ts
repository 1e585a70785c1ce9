import type {Bench} from './bench.ts';
import type {Court} from './case.ts';
import {endsOf} from './ends.ts';
import type {Meet} from './meeting.ts';
import {makeStandIn} from './stand-ins.ts';

/** Where connections are judged by what lies on the bench. */
export function courtOf({blueprint, view, authorities, planned, now}: Bench, meet: Meet): Court {
  let standIn: ReturnType<Court['standIn']> | undefined;
  return {
    blueprint,
    ends: endsOf(view, blueprint),
    meet,
    standIn: () => (standIn ??= makeStandIn(now)),
    authorities,
    called: (name) => {
      const certificate = planned.certificates.get(name);
      return certificate?.node === undefined ? name : certificate.id;
    },
    now,
  };
}
