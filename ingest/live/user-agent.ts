import { packageVersion } from '../../index/package-path.js';

/** The name that archives see: the program, its version, and whom to write to. */
export function userAgent(contact: string | null): string {
  const whom = contact === null ? 'no contact set' : contact.replace(/[^\x20-\x7e]|[()\\]/g, '').slice(0, 200);
  return `threadlore/${packageVersion()} (mailing-list archive reader; ${whom})`;
}
