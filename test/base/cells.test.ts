import {describe, expect, test} from 'vitest';
import {pad, widthOf, wrap} from '../../src/base/cells.ts';

describe('wrapping', () => {
  test('breaks Latin at spaces only', () => {
    expect(wrap('the API server shows it', 10)).toEqual(['the API', 'server', 'shows it']);
  });

  test('breaks Japanese and Chinese anywhere, two cells a character', () => {
    expect(wrap('証明書を発行し直します', 8)).toEqual(['証明書を', '発行し直', 'します']);
    expect(wrap('重新签发证书', 6)).toEqual(['重新签', '发证书']);
  });

  test('begins no line with a full stop or a closing bracket, and ends none with an opening one', () => {
    expect(wrap('証明書です。次', 10)).toEqual(['証明書で', 'す。次']);
    expect(wrap('名称（主体）在此', 6)).toEqual(['名称', '（主', '体）在', '此']);
  });

  test('keeps a name in the middle of Japanese whole', () => {
    expect(wrap('これはkube-apiserverのものです', 18)).toEqual(['これは', 'kube-apiserverのも', 'のです']);
  });

  test('breaks what is wider than the line all the same', () => {
    expect(wrap('/etc/kubernetes/pki', 8)).toEqual(['/etc/kub', 'ernetes/', 'pki']);
  });

  test('makes no line wider than it may be', () => {
    const text =
      'API サーバーが、呼び出してくるすべての相手（kubectl、kubelet）に見せるサーバー証明書です。 and more words';
    for (let width = 4; width < 60; width += 1) {
      for (const line of wrap(text, width)) {
        // One mark may hang together with what it follows.
        expect(widthOf(line), `${width}: ${line}`).toBeLessThanOrEqual(Math.max(width, 4));
      }
    }
  });
});

test('padding counts cells', () => {
  expect(widthOf(pad('証明書', 10))).toBe(10);
});
