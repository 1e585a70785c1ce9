import {describe, expect, test} from 'vitest';
import {fromDer} from '../../src/x509/der.ts';
import {toDer} from '../../src/x509/forge.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {encodeName, nameFrom} from '../../src/x509/names.ts';
import {readName} from '../../src/x509/read-name.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFiles} from '../helpers/temporary-folder.ts';
import {makeAuthority} from './makers.ts';

function roundTrip(commonName: string, ...organizations: string[]) {
  return readName(fromDer(toDer(encodeName({commonName, organizations}))));
}

describe('a distinguished name', () => {
  test('puts all organizations into one set before the common name, as Go does', async () => {
    const {certificate} = await makeAuthority({commonName: 'jane', organizations: ['system:masters', 'dev', 'ops']});
    const shown = openssl(['x509', '-noout', '-subject', '-nameopt', 'RFC2253'], certificate);
    expect(shown.trim()).toBe('subject=CN=jane,O=system:masters+O=ops+O=dev');
    // A set of DER is sorted, so shorter ones come first; RFC 2253 reads it backwards.
    expect(roundTrip('jane', 'system:masters', 'dev', 'ops').organizations).toEqual(['dev', 'ops', 'system:masters']);
  });

  test('leaves an empty common name out', () => {
    expect(roundTrip('', 'system:nodes').text).toBe('O=system:nodes');
    expect(roundTrip('').text).toBe('');
  });

  test('is copied to the byte, also when another tool wrote it in another string type', () => {
    // CN=test as T61String.
    const der = Buffer.from('300f310d300b0603550403140474657374', 'hex');
    const read = readName(fromDer(der));
    expect(read.commonName).toBe('test');
    expect(read.der).toEqual(der);
    expect(toDer(nameFrom(read.der))).toEqual(der);
  });

  test('shows parts that Kubernetes does not read, and unknown ones by number', () => {
    const subject = '/C=CH/L=Zürich/O=Acme, Inc./OU=IT/CN=first/CN=root/title=x';
    const [key] = temporaryFiles(openssl(['genpkey', '-algorithm', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']));
    const pem = openssl(['req', '-x509', '-key', key ?? '', '-utf8', '-subj', subject]);
    const read = inspectCertificate(pem).subject;
    expect(read.text).toBe('C=CH, L=Zürich, O=Acme\\, Inc., OU=IT, CN=first, CN=root, 2.5.4.12=x');
    // Of several common names Go takes the last.
    expect(read).toMatchObject({commonName: 'root', organizations: ['Acme, Inc.']});
  });

  test('cannot drive a terminal or pretend to be two attributes', () => {
    expect(roundTrip('\u001b[31mred\u0007, O=system:masters').text).toBe('CN=\\1b[31mred\\07\\, O=system:masters');
  });
});
