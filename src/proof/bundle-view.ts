import {Failure} from '../base/failure.ts';
import {readKubeconfig} from '../kubeconfig/read-kubeconfig.ts';
import type {Kubeconfig} from '../kubeconfig/kubeconfig.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import {certificateReader, type ReadCertificates} from './seen-certificate.ts';

/** What became of reading a file. */
export type FileText =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'missing'}
  /** It is there, and may not or cannot be read. */
  | {readonly kind: 'unreadable'; readonly says: string};

/** A bundle's files as the proof looks at them: each read and taken apart once, however many connections use it. */
export interface BundleView {
  text(path: string): Promise<FileText>;
  kubeconfig(path: string): Promise<Kubeconfig | Exclude<FileText, {kind: 'text'}>>;
  readonly certificates: ReadCertificates;
}

export function viewOf(files: BundleFiles): BundleView {
  const texts = new Map<string, Promise<FileText>>();
  const kubeconfigs = new Map<string, ReturnType<BundleView['kubeconfig']>>();
  const text = (path: string): Promise<FileText> => remembered(texts, path, () => readText(files, path));
  return {
    text,
    kubeconfig: (path) =>
      remembered(kubeconfigs, path, async () => {
        const file = await text(path);
        return file.kind === 'text' ? readKubeconfig(file.text) : file;
      }),
    certificates: certificateReader(),
  };
}

export function remembered<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

async function readText(files: BundleFiles, path: string): Promise<FileText> {
  try {
    const text = await files.read(path);
    return text === undefined ? {kind: 'missing'} : {kind: 'text', text};
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {kind: 'unreadable', says: error.message};
  }
}
