/** A subject without its reply marks, for telling whether it changed within a thread. */
export function bareSubject(subject: string): string {
  return subject.replace(/^(?:\s*(?:re|aw|sv|antw|fwd?)\s*:)+\s*/iu, '').trim();
}
