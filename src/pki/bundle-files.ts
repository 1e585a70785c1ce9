/**
 * The files of a bundle, read-only; paths are the bundle's (`PlannedFile.path`): `/`-separated, relative, no `..`.
 * What stands behind it (a folder, an archive, a test's map) does not matter to who reads.
 */
export interface BundleFiles {
  /** The text, UTF-8; undefined when there is no such file. A file that is there but cannot be read is a `Failure`. */
  read(path: string): Promise<string | undefined>;
  /** Permission bits (`0o600`), without the type; undefined when there is no such file. */
  mode(path: string): Promise<number | undefined>;
  /** Every file's path, folders left out, in code-unit order. */
  list(): Promise<readonly string[]>;
}
