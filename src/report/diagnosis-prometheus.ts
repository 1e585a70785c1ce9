import type {Diagnosis} from '../pki/inventory.ts';

/**
 * `certwright check --output prometheus`: for the node exporter's text-file collector, in the text format 0.0.4. Write it
 * to a temporary name and rename it, as the collector's documentation says.
 */
export function diagnosisMetrics({inventory, findings, state}: Diagnosis, now: Date): string[] {
  const labelled = inventory.certificates.map((certificate) => ({
    certificate,
    labels: labelsText({
      path: certificate.at.path,
      place: String(certificate.at.place),
      entry: certificate.at.entry === undefined ? '' : `${certificate.at.entry.kind} ${certificate.at.entry.name}`,
      id: certificate.id ?? '',
      kind: certificate.isAuthority ? 'authority' : 'leaf',
      subject: certificate.subject.text,
    }),
  }));
  const severities = ['error', 'warning'] as const;
  return [
    '# HELP certwright_certificate_not_after_seconds When the certificate ends, as Unix time.',
    '# TYPE certwright_certificate_not_after_seconds gauge',
    ...labelled.map(
      ({certificate, labels}) => `certwright_certificate_not_after_seconds${labels} ${seconds(certificate.notAfter)}`,
    ),
    '# HELP certwright_certificate_not_before_seconds When the certificate begins, as Unix time.',
    '# TYPE certwright_certificate_not_before_seconds gauge',
    ...labelled.map(
      ({certificate, labels}) => `certwright_certificate_not_before_seconds${labels} ${seconds(certificate.notBefore)}`,
    ),
    '# HELP certwright_problems What check found on this node, by severity.',
    '# TYPE certwright_problems gauge',
    ...severities.map(
      (severity) =>
        `certwright_problems${labelsText({severity})} ${findings.filter((each) => each.severity === severity).length}`,
    ),
    '# HELP certwright_state 0 ok, 1 warning, 2 critical, 3 unknown: files that may not be read.',
    '# TYPE certwright_state gauge',
    `certwright_state ${{ok: 0, warning: 1, critical: 2, unknown: 3}[state]}`,
    '# HELP certwright_checked_seconds When the node was looked at, as Unix time.',
    '# TYPE certwright_checked_seconds gauge',
    `certwright_checked_seconds ${seconds(now)}`,
  ];
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const escaped = value
      .replaceAll('\\', '\\\\')
      .replaceAll('"', String.raw`\"`)
      .replaceAll('\n', String.raw`\n`);
    return `${name}="${escaped}"`;
  });
  return `{${pairs.join(',')}}`;
}
