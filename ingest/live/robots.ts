import { z } from 'zod';
import robotsParserModule from 'robots-parser';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';

/** The package declares an ES default export and gives a CommonJS function. */
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;

/** RFC 9309, 2.4: not kept for longer than a day. 2.5: at least 500 KiB are read. */
const keepMs = 86_400_000;
const largest = 500 * 1024;
/** Longer pauses between two requests are not kept: an archive of years would take years. */
const longestDelayMs = 30_000;
const name = 'threadlore';

const schema = z.object({ at: z.number(), text: z.string() });

/** An archive's robots.txt (RFC 9309). */
export interface Robots {
  /** @throws LiveError (`robots`) where programs are asked to keep away */
  check(url: URL): void;
  /** To be delivered, so that it is not fetched again for a day; null where it was not fetched now. */
  readonly mark: LiveItem | null;
}

/** Reads robots.txt, or takes the one that was read within a day, and keeps the pauses that it asks for. @throws LiveError where the server cannot say now */
export async function robotsOf(reading: LiveReading): Promise<Robots> {
  const { url, http } = reading;
  const place = new URL('/robots.txt', url);
  const known = parsed(reading.mark('robots'));
  const text = known?.text ?? (await fetchRules(place, reading));
  const rules = robotsParser(place.href, text);
  const delay = (rules.getCrawlDelay(name) ?? 0) * 1000;
  if (delay > 0) http.queue.space(url.hostname, Math.min(longestDelayMs, delay));
  return {
    check(page) {
      // A list that moved to https, or to another port, is the same host's.
      const here = new URL(`${page.pathname}${page.search}`, url);
      if (page.hostname === url.hostname && rules.isAllowed(here.href, name) === false)
        throw new LiveError(
          'robots',
          `${url.host} asks programs not to read ${page.pathname} (robots.txt); follow the list another way`,
        );
    },
    mark: known === null ? passed('robots', JSON.stringify({ at: Date.now(), text })) : null,
  };
}

async function fetchRules(place: URL, { http, signal }: LiveReading): Promise<string> {
  try {
    const answer = await http.get(place, { signal });
    return answer.kind === 'fetched' ? answer.octets.toString('utf8', 0, largest) : '';
  } catch (error) {
    // 2.3.1.3: a file that is not there allows everything.
    if (error instanceof LiveError && error.fault === 'missing') return '';
    throw error;
  }
}

function parsed(mark: string | null): { text: string } | null {
  try {
    const known = mark === null ? null : schema.parse(JSON.parse(mark));
    return known !== null && Date.now() - known.at < keepMs ? known : null;
  } catch {
    return null;
  }
}
