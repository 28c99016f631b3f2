/** Where a command writes: results to `out`, everything else to `log`. */
export interface Streams {
  readonly out: NodeJS.WriteStream;
  readonly log: NodeJS.WriteStream;
}

/** Writes a result with its line end, and waits where the reader is slower, so that a stream of any length stays in bounds. */
export async function writeLine(stream: NodeJS.WritableStream, line: string): Promise<void> {
  if (stream.write(`${line}\n`)) return;
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
}

/** `threadlore … | head` closes the pipe early: that is no failure, and nobody is there to write on for. */
export function endQuietlyOnClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
