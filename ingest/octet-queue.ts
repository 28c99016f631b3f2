/** Reads lines and exact lengths from a stream of octets. Holds no more than what is asked for and one chunk. */
export class OctetQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #current: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(octets: AsyncIterable<Uint8Array>) {
    this.#chunks = octets[Symbol.asyncIterator]();
  }

  /** The next line without its newline, or null at the end. Lines are expected to be short. */
  async line(): Promise<string | null> {
    let line = '';
    for (;;) {
      const end = this.#current.indexOf(0x0a, this.#at);
      if (end >= 0) {
        line += this.#current.toString('latin1', this.#at, end);
        this.#at = end + 1;
        return line;
      }
      line += this.#current.toString('latin1', this.#at);
      if (!(await this.#next())) return line === '' ? null : line;
    }
  }

  /** The next `length` octets (fewer at the end), in memory of their own. */
  async take(length: number): Promise<Buffer> {
    if (this.#current.length - this.#at >= length) {
      const taken = Buffer.from(this.#current.subarray(this.#at, this.#at + length));
      this.#at += length;
      return taken;
    }
    const parts: Buffer[] = [];
    await this.#pass(length, (part) => parts.push(part));
    return Buffer.concat(parts);
  }

  /** Passes over `length` octets without keeping them. */
  async skip(length: number): Promise<void> {
    await this.#pass(length, () => undefined);
  }

  async #pass(length: number, visit: (part: Buffer) => void): Promise<void> {
    let missing = length;
    while (missing > 0) {
      const part = this.#current.subarray(this.#at, this.#at + missing);
      visit(part);
      missing -= part.length;
      this.#at += part.length;
      if (missing > 0 && !(await this.#next())) return;
    }
  }

  async #next(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done === true) return false;
    this.#current = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    this.#at = 0;
    return true;
  }
}
