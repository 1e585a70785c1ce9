import {problem, type Problem} from '../base/problem.ts';
import {spkiPin} from '../x509/inspect.ts';
import type {Bench} from './bench.ts';

/** What lets a node join must speak of one token and of the authority that the nodes will meet. */
export function checkBootstrapFile(
  path: string,
  kind: 'token-secret' | 'cluster-info' | 'join-command',
  text: string,
  bench: Bench,
): readonly Problem[] {
  switch (kind) {
    case 'token-secret':
      return checkToken(path, text, bench, base64);
    case 'join-command':
      return [...checkToken(path, text, bench, (half) => half), ...checkPins(path, text, bench)];
    case 'cluster-info':
      return text.includes(
        base64(
          trusted(bench)
            .map(({pem}) => pem)
            .join(''),
        ),
      )
        ? []
        : [
            wrongAuthority(
              path,
              trusted(bench)
                .map(({id}) => id)
                .join(' and '),
            ),
          ];
    default:
      return kind satisfies never;
  }
}

/** The token's halves stand apart in the Secret, side by side in the command. */
function checkToken(
  path: string,
  text: string,
  {bootstrapToken}: Bench,
  written: (half: string) => string,
): readonly Problem[] {
  const halves = bootstrapToken?.reveal().split('.') ?? [];
  return halves.every((half) => text.includes(written(half)))
    ? []
    : [
        problem(
          'token-differs',
          path,
          `${path} speaks of another bootstrap token than the kubeconfigs: nodes with theirs are refused`,
          'issue the bundle anew, or make a token: certwright token create',
        ),
      ];
}

function checkPins(path: string, text: string, bench: Bench): readonly Problem[] {
  return trusted(bench)
    .filter(({pem}) => !text.includes(spkiPin(pem)))
    .map(({id}) => wrongAuthority(path, id));
}

/** The authorities that a joining node is to verify the API server with. */
function trusted({blueprint, authorities}: Bench): readonly {readonly id: string; readonly pem: string}[] {
  const ids = blueprint.kubeconfigs.find(({credential}) => credential.kind === 'bootstrap-token')?.trusts ?? [];
  return ids.flatMap((id) => {
    const certificate = authorities.get(id);
    return certificate === undefined ? [] : [{id, pem: certificate.pem}];
  });
}

function wrongAuthority(path: string, id: string): Problem {
  return problem(
    'authority-differs',
    path,
    `${path} does not speak of ${id} as the bundle has it: a joining node would refuse the API server`,
    'issue the bundle anew',
  );
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
