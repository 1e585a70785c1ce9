import type {Diagnosis, HeldCertificate} from '../pki/inventory.ts';
import {shownCertificates} from './shown-certificates.ts';
import {spanText} from './times.ts';

/**
 * `certwright check --output ics`: every certificate's end as an event with an alarm before it (RFC 5545), the same event
 * however often it is made, so that a calendar that takes it again changes nothing.
 *
 * @param warnWithin hours before the end at which the alarm is
 * @returns lines without their CRLF, folded at 75 bytes
 */
export function diagnosisCalendar({inventory}: Diagnosis, now: Date, warnWithin: number): string[] {
  const {leaves, authorities} = shownCertificates(inventory);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//certwright//check//EN',
    ...[...leaves, ...authorities].flatMap((certificate) => eventOf(certificate, now, warnWithin)),
    'END:VCALENDAR',
  ].flatMap(folded);
}

function eventOf(certificate: HeldCertificate, now: Date, warnWithin: number): string[] {
  const {id, subject, notAfter, fingerprint, at, serial} = certificate;
  const name = id ?? subject.text;
  return [
    'BEGIN:VEVENT',
    `UID:${fingerprint}@certwright`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(notAfter)}`,
    `DTEND:${stamp(notAfter)}`,
    `SUMMARY:${escaped(`${name} ends (${at.path})`)}`,
    `DESCRIPTION:${escaped(`${subject.text}, serial ${serial}, in ${at.path}. Renew it before this moment.`)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(`${name} ends in ${spanText(warnWithin * 3_600_000)}`)}`,
    `TRIGGER:-PT${Math.round(warnWithin)}H`,
    'END:VALARM',
    'END:VEVENT',
  ];
}

/** `20271123T191742Z` */
function stamp(date: Date): string {
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
}

/** Lines of at most 75 bytes, continued with a blank; no character is cut. */
function folded(line: string): string[] {
  const lines: string[] = [];
  let current = '';
  let size = 0;
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > 75) {
      lines.push(current);
      current = ' ';
      size = 1;
    }
    current += character;
    size += bytes;
  }
  return [...lines, current];
}
