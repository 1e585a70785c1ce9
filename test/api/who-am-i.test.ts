import {describe, expect, test} from 'vitest';
import {whoAmI} from '../../src/api/who-am-i.ts';
import {readRequest} from '../../src/x509/read-request.ts';
import {apiServer, type Reply} from './asked.ts';

const reviews = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests?dryRun=All';

/** As API servers before 1.28 answer: they have no such question. */
const older =
  (reply: Reply): Reply =>
  (asked) =>
    asked.path === reviews ? {status: 404, body: '404 page not found'} : reply(asked);

async function recognised(reply: Reply) {
  const {question, asked} = await apiServer(reply);
  return {who: await whoAmI(question), paths: asked.map(({path}) => path), asked};
}

describe('who a kubeconfig is', () => {
  test('is what a review of oneself says', async () => {
    const body = {kind: 'SelfSubjectReview', status: {userInfo: {username: 'kubernetes-admin', groups: []}}};
    const {who, paths} = await recognised(() => ({status: 201, body}));
    expect(who).toEqual({kind: 'user', name: 'kubernetes-admin'});
    expect(paths).toEqual([reviews]);
  });

  test('before 1.28 is in a signing request that comes to nothing', async () => {
    const {who, paths, asked} = await recognised(
      older(() => ({status: 201, body: {spec: {username: 'system:node:cp-1'}}})),
    );
    expect(who).toEqual({kind: 'user', name: 'system:node:cp-1'});
    expect(paths).toEqual([reviews, requests]);
    const {spec} = JSON.parse(asked[1]?.body ?? '') as {spec: {request: string}};
    expect(readRequest(Buffer.from(spec.request, 'base64').toString()).subject.commonName).toBe('nobody');
  });

  test('before 1.28 is in the words of a refusal, too', async () => {
    const message =
      'certificatesigningrequests.certificates.k8s.io is forbidden: User "system:kube-scheduler" cannot create resource';
    const {who} = await recognised(older(() => ({status: 403, body: {kind: 'Status', message}})));
    expect(who).toEqual({kind: 'user', name: 'system:kube-scheduler'});
  });

  test('is nobody to an API server that answers Unauthorized', async () => {
    const {who} = await recognised(() => ({status: 401, body: {kind: 'Status', message: 'Unauthorized'}}));
    expect(who).toEqual({kind: 'unknown', why: 'the API server answers Unauthorized'});
  });

  test('is not guessed from an answer that says nothing of it', async () => {
    const {who} = await recognised(() => ({status: 500, body: 'etcd is gone'}));
    expect(who).toEqual({kind: 'unanswered', why: 'the API server does not say who this is (HTTP 500)'});
  });
});
