/** An article that could not be had so often, in as many syncs, is given up. */
const tries = 5;

/** Articles that a server has and could not give. The mark passes them, and they are asked for again with each sync. */
export class OwedArticles {
  readonly #failures: Map<number, number>;

  /** `mark` is what `mark()` gave: `17:1 45:3`. */
  constructor(mark: string | null) {
    const found = [...(mark ?? '').matchAll(/(\d{1,10}):(\d)/g)];
    this.#failures = new Map(found.map(([, number, count]) => [Number(number), Number(count)]));
  }

  numbers(): number[] {
    return [...this.#failures.keys()].sort((left, right) => left - right);
  }

  /** Notes that an article could not be had; true where it is given up. */
  failed(number: number): boolean {
    const count = (this.#failures.get(number) ?? 0) + 1;
    if (count < tries) this.#failures.set(number, count);
    else this.#failures.delete(number);
    return count >= tries;
  }

  settled(number: number): void {
    this.#failures.delete(number);
  }

  /** After a renumbering the numbers mean nothing. */
  clear(): void {
    this.#failures.clear();
  }

  mark(): string {
    return this.numbers()
      .map((number) => `${number}:${this.#failures.get(number) ?? 0}`)
      .join(' ');
  }
}
