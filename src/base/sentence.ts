/**
 * A reason or a problem as a sentence of its own: they are kept as parts of sentences, because some stand in one. What
 * is a name (`etcd`, `kube-proxy`, `10.0.0.1`) keeps its small letter.
 */
export function sentence(text: string): string {
  const end = /[.!?]$/.test(text) ? '' : '.';
  const isName = /^(?:etcd|kube)|^\S*[^\sa-zA-Z',;]/.test(text);
  return isName ? text + end : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${end}`;
}
