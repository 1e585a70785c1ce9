import type {NodeFound} from './inventory.ts';

/** Where the key of a certificate file is: where the partner flag says, the file itself, or the same name with `.key`. */
export function keyPathsOf(
  {components, holdingAt}: Pick<NodeFound, 'components' | 'holdingAt'>,
  path: string,
): readonly string[] {
  const holding = holdingAt(path);
  const partners = (holding?.users ?? []).flatMap(({component, use}) => {
    if (use.holds !== 'certificate' && use.holds !== 'signing-certificate') return [];
    return components
      .filter((found) => found.component === component)
      .flatMap((found) => {
        const named = found.flags.get(use.partner)?.at(-1) ?? found.settings.get(use.partner);
        return named === undefined ? [] : [found.onNode(named)];
      });
  });
  return [...new Set([...partners, path, path.replace(/\.(crt|pem)$/, '.key')])];
}
