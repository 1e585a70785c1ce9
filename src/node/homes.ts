import type {NodeRoot} from './root.ts';

/** Home folders whose kubeconfigs count: root's, and that of whoever called sudo (passwd(5)). */
export function homesOf(root: NodeRoot, sudoUser: string | undefined): readonly string[] {
  const passwd = root.read('/etc/passwd');
  const lines = passwd.ok ? passwd.bytes.toString('utf8').split('\n') : [];
  const homeOf = (user: string): string | undefined => lines.find((line) => line.startsWith(`${user}:`))?.split(':')[5];
  const homes = [
    homeOf('root') ?? '/root',
    ...(sudoUser === undefined ? [] : [homeOf(sudoUser) ?? `/home/${sudoUser}`]),
  ];
  return [...new Set(homes)].filter((home) => home.startsWith('/'));
}
