import {z} from 'zod';
import {Failure} from '../base/failure.ts';
import {tame} from '../base/tame.ts';
import {ask, type Answer, objectIn, type Question} from './ask.ts';
import {generateKeys} from '../x509/keys.ts';
import {makeRequest} from '../x509/request.ts';

/** Who the API server takes a kubeconfig for. */
export type Recognised =
  | {readonly kind: 'user'; readonly name: string}
  /** It answers, and knows nobody by this credential. */
  | {readonly kind: 'unknown'; readonly why: string}
  /** There was no answer, or none that says it. */
  | {readonly kind: 'unanswered'; readonly why: string};

/**
 * Asks as `kubectl auth whoami` does; an API server before 1.28 has no such question, and tells the name in what it makes
 * of a signing request that it is to make nothing of (`dryRun=All`), or in refusing it.
 *
 * @param question whose path is given here
 * @throws Cancelled
 */
export async function whoAmI(question: Question): Promise<Recognised> {
  try {
    const body = JSON.stringify({apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'});
    const review = await ask({...question, path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body});
    if (review.status !== 404) return recognisedIn(review);
    return recognisedIn(await ask({...question, path: signingPath, body: await signingRequest()}));
  } catch (error) {
    if (error instanceof Failure) return {kind: 'unanswered', why: error.message};
    throw error;
  }
}

const signingPath = '/apis/certificates.k8s.io/v1/certificatesigningrequests?dryRun=All';

function recognisedIn({status, body}: Answer): Recognised {
  if (status === 401) return {kind: 'unknown', why: 'the API server answers Unauthorized'};
  const {data} = answers.safeParse(objectIn(body));
  return data === undefined
    ? {kind: 'unanswered', why: `the API server does not say who this is (HTTP ${status})`}
    : {kind: 'user', name: tame(data)};
}

/** A review, a signing request, or the words of a refusal. */
const answers = z.union([
  z
    .object({status: z.object({userInfo: z.object({username: z.string()})})})
    .transform(({status}) => status.userInfo.username),
  z.object({spec: z.object({username: z.string()})}).transform(({spec}) => spec.username),
  z
    .object({kind: z.literal('Status'), message: z.string().regex(/User "[^"]+"/)})
    .transform(({message}) => /User "([^"]+)"/.exec(message)?.[1] ?? ''),
]);

async function signingRequest(): Promise<string> {
  const key = await generateKeys('ECDSA-P256');
  const wish = {
    subject: {commonName: 'nobody', organizations: []},
    sans: [],
    usages: ['client auth'] as const,
    isAuthority: false,
  };
  return JSON.stringify({
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: {name: 'certwright-who-am-i'},
    spec: {
      request: Buffer.from(await makeRequest(wish, key)).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
    },
  });
}
