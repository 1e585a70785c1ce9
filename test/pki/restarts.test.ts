import {expect, test} from 'vitest';
import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import {fileUseOf} from '../../src/pki/file-flags.ts';
import {pickUpOf} from '../../src/pki/restarts.ts';
import {parseVersion} from '../../src/pki/versions.ts';

test.each<{component: ComponentId; flag: string; from: string; before: string}>([
  {component: 'kube-apiserver', flag: '--kubelet-certificate-authority', from: '1.36', before: '1.35'},
  {component: 'kubelet', flag: 'authentication.x509.clientCAFile', from: '1.36', before: '1.35'},
  {component: 'kubelet', flag: 'tlsCertFile', from: '1.31', before: '1.30'},
  {component: 'kubelet', flag: '--tls-private-key-file', from: '1.31', before: '1.30'},
])(
  '$component reads the file of $flag anew from $from on, and where nothing says the version it is restarted',
  ({component, flag, from, before}) => {
    const use = fileUseOf(component, flag);
    if (use === undefined) expect.fail(`${flag} names no file`);
    const pickUp = (version: string): string => pickUpOf(component, flag, use, parseVersion(version));
    expect(pickUp(from)).toBe('by itself');
    expect(pickUp(before)).toBe('after a restart');
    expect(pickUpOf(component, flag, use, undefined)).toBe('after a restart');
  },
);
