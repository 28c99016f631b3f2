/** Why a source on a server could not be read. */
export type LiveFault =
  /** The URL, or the address behind its name, is none that may be asked. */
  | 'forbidden'
  /** No connection, or one that broke off or took too long. */
  | 'network'
  /** The server has no such thing, or gives it to nobody. */
  | 'missing'
  /** The server cannot answer now, or wants to be left alone for a while. */
  | 'busy'
  /** A page for browsers came where mail was expected. */
  | 'challenge'
  /** The archive's robots.txt asks programs to stay away. */
  | 'robots'
  /** More came than is taken. */
  | 'too-large'
  /** The answer is none that this kind of archive gives. */
  | 'not-understood';

/** A source cannot be read (to its end). The message says what, where and how to mend it; other sources go on. */
export class LiveError extends Error {
  override readonly name = 'LiveError';
  readonly fault: LiveFault;
  /** Not before this instant (ms since 1970) may the source be asked again; null where the server said nothing. */
  readonly notBefore: number | null;

  constructor(fault: LiveFault, message: string, options: { cause?: unknown; notBefore?: number | null } = {}) {
    super(message, { cause: options.cause });
    this.fault = fault;
    this.notBefore = options.notBefore ?? null;
  }
}
