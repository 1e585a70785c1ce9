import {Duplex} from 'node:stream';

/**
 * Two streams, each the other's far end, without a port or a file.
 *
 * What is written arrives only once the writer has been told that it was: Node's TLS cannot send the alert that says
 * why it refuses while an earlier write of its own is unfinished, and `duplexPair` of Node brings the other end's answer
 * before that.
 */
export function memoryPipe(): readonly [Duplex, Duplex] {
  const one = new End();
  const other = new End();
  one.far = other;
  other.far = one;
  return [one, other];
}

class End extends Duplex {
  far: End | undefined;

  override _read(): void {
    // Whatever arrives is pushed as it comes.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#send(null, done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#send(null, () => done(error));
  }

  #send(chunk: Buffer | null, done: () => void): void {
    setImmediate(() => {
      done();
      this.far?.receive(chunk);
    });
  }

  receive(chunk: Buffer | null): void {
    if (!this.destroyed && !this.readableEnded) this.push(chunk);
  }
}
