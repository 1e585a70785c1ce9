/** Read access to a bundle, wherever it lies: what a proof needs to see of it, and no more. */
export interface BundleFiles {
  /** Every regular file, sorted; paths are the bundle's, `/`-separated. */
  list(): readonly string[];
  /** Permission bits of a file or folder (`''` = the bundle's own folder); undefined = there is none. */
  mode(path: string): number | undefined;
  /** Text of a file; undefined = there is none. It may be a private key: no error or log repeats it. */
  read(path: string): Promise<string | undefined>;
}
