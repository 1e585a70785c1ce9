import {execFileSync, spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {temporaryFolder} from './temporary-folder.ts';

/** What openssl prints; fails with openssl's own words. */
export function openssl(args: readonly string[], input = ''): string {
  return execFileSync('openssl', args, {encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe']});
}

/** Both streams of an openssl that may refuse. */
export function tryOpenssl(args: readonly string[], input = ''): {readonly ok: boolean; readonly said: string} {
  const {status, stdout, stderr} = spawnSync('openssl', args, {encoding: 'utf8', input});
  return {ok: status === 0, said: `${stdout}${stderr}`};
}

/** An authority's files, as somebody keeps them elsewhere. */
export interface OpensslAuthority {
  readonly certificate: string;
  readonly key: string;
}

/** `openssl ca` as a company's own authority uses it: subject, names and usages of the request are kept, dates are told. */
export function opensslCa(
  {certificate, key}: OpensslAuthority,
  {
    request,
    out,
    from = '20261201000000Z',
    until = '20280101000000Z',
    copies = 'copy',
    extensions = '',
  }: {
    readonly request: string;
    readonly out: string;
    readonly from?: string;
    readonly until?: string;
    /** What of the request is taken over: openssl's `copy_extensions`. */
    readonly copies?: 'copy' | 'none';
    /** Lines of the section for extensions. */
    readonly extensions?: string;
  },
): void {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('index.txt'), '');
  writeFileSync(at('serial'), '1000\n');
  writeFileSync(
    at('ca.cnf'),
    `[ca]
default_ca = one
[one]
database = ${at('index.txt')}
serial = ${at('serial')}
new_certs_dir = ${folder}
default_md = sha256
policy = any
preserve = yes
copy_extensions = ${copies}
x509_extensions = these
[any]
commonName = optional
organizationName = optional
[these]
authorityKeyIdentifier = keyid
${extensions}
`,
  );
  const dates = ['-startdate', from, '-enddate', until];
  const pair = ['-cert', certificate, '-keyfile', key];
  openssl(['ca', '-batch', '-notext', '-config', at('ca.cnf'), ...pair, ...dates, '-in', request, '-out', out]);
}
