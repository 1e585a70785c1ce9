import type {ExaminedAuthority} from '../../src/pki/examined.ts';

/** An authority in which nothing is wrong, as if its files had been looked into. */
export function examined(id: string, changes: Partial<ExaminedAuthority> = {}): ExaminedAuthority {
  return {
    certificate: {
      subject: `CN=${id} of the company`,
      issuer: `CN=${id} of the company`,
      notBefore: new Date('2024-01-01T00:00:00Z'),
      notAfter: new Date('2034-01-01T00:00:00Z'),
      key: 'RSA-4096',
      isAuthority: true,
      maySign: true,
    },
    key: 'fits',
    problems: [],
    ...changes,
  };
}
