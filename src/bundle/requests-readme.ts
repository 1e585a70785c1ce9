import {code, codeBlock, shellWord, table} from './markdown.ts';
import type {RequestsJson} from './requests-json.ts';

/** `README.md` of a folder of requests: what to do on both machines. */
export function makeRequestsReadme(json: RequestsJson): string {
  const {clusterName, renewalOf, requests} = json;
  const authorities = [...new Set(requests.map(({authority}) => authority))];
  const owners = authorities.map(code).join(' and ');
  const [first] = requests;
  const isRenewal = renewalOf !== undefined;
  return `${[
    isRenewal ? `# Requests for the node ${code(renewalOf)}` : `# Requests for the cluster ${code(clusterName)}`,
    '',
    `${isRenewal ? 'Certificates of this node are to be renewed' : 'The bundle is not complete'}: ${owners} ${authorities.length === 1 ? 'has' : 'have'} yet to sign ${requests.length} ` +
      `${requests.length === 1 ? 'certificate' : 'certificates'}. Each request is \`requests/NAME.csr\`, its key is \`requests/NAME.key\`,`,
    'and its certificate is awaited as `requests/NAME.crt`.',
    '',
    '**The keys stay here.** Whoever signs needs the requests and `requests.json`, and no key of this folder.',
    '',
    '## 1. Take the requests to the machine that holds the authority’s key',
    '',
    'From this folder; what is left out is exactly the keys:',
    '',
    ...codeBlock(["tar --exclude='*.key' -cf ../to-sign.tar ."]),
    '',
    '## 2. Sign them there',
    '',
    ...codeBlock([
      'mkdir to-sign && tar -xf to-sign.tar -C to-sign',
      ...(authorities.length > 1
        ? authorities.map(
            (each) => `certwright sign to-sign --authority ${shellWord(each)} --certificate CA.crt --key CA.key`,
          )
        : ['certwright sign to-sign --certificate ca.crt --key ca.key']),
    ]),
    '',
    'Certwright shows what each request asks for before it signs. Any other tool will do that keeps the subject, the names and',
    'the usages of the request; with OpenSSL 3, one after the other:',
    '',
    ...codeBlock([
      `openssl x509 -req -in ${shellWord(`requests/${first?.name ?? 'NAME'}.csr`)} -copy_extensions copy -days ${Math.floor((first?.validity ?? 0) / 24)} \\`,
      `  -CA ca.crt -CAkey ca.key -out ${shellWord(`requests/${first?.name ?? 'NAME'}.crt`)}`,
    ]),
    '',
    '## 3. Bring the certificates back',
    '',
    'On that machine, then here, in this folder:',
    '',
    ...codeBlock([
      "(cd to-sign && find requests -name '*.crt') | tar -C to-sign -T - -cf signed.tar",
      'tar -xf signed.tar',
    ]),
    '',
    '## 4. Go on here',
    '',
    ...goOn(json),
    '',
    '## What is asked for',
    '',
    ...table(
      ['request', 'signed by', 'subject', 'usages', 'names', 'days', 'what it is for'],
      requests.map(({name, authority, isAuthority, subject, usages, sans, validity, why}) => [
        code(name),
        code(authority),
        code([`CN=${subject.commonName}`, ...subject.organizations.map((each) => `O=${each}`)].join(', ')),
        isAuthority ? 'an authority itself (CA:TRUE)' : usages.join(', '),
        sans.map(({value}) => value).join(', '),
        String(Math.floor(validity / 24)),
        why,
      ]),
    ),
  ].join('\n')}\n`;
}

function goOn({renewalOf}: RequestsJson): readonly string[] {
  if (renewalOf === undefined) {
    return [
      ...codeBlock(['certwright issue --signed .']),
      '',
      'It verifies what came back (key, chain, usages, names, dates), issues the rest, and puts the finished bundle in the place of this folder.',
    ];
  }
  return [
    ...codeBlock(['sudo certwright renew --signed .']),
    '',
    'It verifies what came back (key, chain, usages, names, dates), shows the difference, and changes the files of the node: all of',
    'them or none, with a backup. Once they are in use, this folder is to be removed, for the keys are in it.',
  ];
}
