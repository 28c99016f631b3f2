/** Octets that come in pieces and are taken from the front, without a copy of all of them for each piece. */
export class GrowingBuffer {
  #memory: Buffer = Buffer.alloc(1 << 16);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  add(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#memory.length) this.#makeRoom(piece.length);
    this.#memory.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** The first `length` octets; they change with the next call of `add`. */
  view(length: number): Buffer {
    return this.#memory.subarray(this.#start, Math.min(this.#end, this.#start + length));
  }

  /** Where `sought` begins, at or behind `from`, counted from the front; -1 where it is not. */
  indexOf(sought: Buffer | string, from: number): number {
    const at = this.#memory.subarray(this.#start, this.#end).indexOf(sought, from);
    return at;
  }

  startsWith(text: string): boolean {
    return this.view(text.length).toString('latin1') === text;
  }

  drop(length: number): void {
    this.#start = Math.min(this.#end, this.#start + length);
    if (this.#start === this.#end) this.#start = this.#end = 0;
  }

  #makeRoom(wanted: number): void {
    const held = this.length;
    const size = Math.max(this.#memory.length, 2 ** Math.ceil(Math.log2(2 * (held + wanted))));
    const memory = size === this.#memory.length ? this.#memory : Buffer.alloc(size);
    this.#memory.copy(memory, 0, this.#start, this.#end);
    this.#memory = memory;
    this.#start = 0;
    this.#end = held;
  }
}
