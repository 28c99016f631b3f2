import { z } from 'zod';
import { headText, readPage } from './page-octets.js';
import { messageItem, overviewItem } from './page-patchwork-rest.js';
import { mailSchema, seriesSchema } from './page-patchwork-schema.js';
import type { ArchiveFile, ArchiveItem, Reader } from './reader.js';

/** An answer that names a mail or a series by Patchwork's own fields. */
const ANSWER = /^\s*[[{][^]{0,4000}"(?:web_url|list_archive_url)"/;
const MAIL = /"msgid"\s*:\s*"|"cover_letter"\s*:/;

/**
 * Answers of Patchwork's REST API 1.x, saved as JSON: a patch, a cover letter, the comments on one (mails, with their
 * headers); lists of patches, covers or series, which name mails without their text, as sightings.
 */
export const patchworkRest: Reader = {
  format: 'patchwork-rest',
  detects(head) {
    const text = headText(head);
    return ANSWER.test(text) && MAIL.test(text);
  },
  async *read(file) {
    const content = await readPage(file);
    if (content.kind === 'unread') {
      yield content.item;
      return;
    }
    const answer = parsed(content.text);
    if (answer === undefined) yield { kind: 'skipped', reason: 'malformed', locator: file.path };
    else yield* itemsOf(Array.isArray(answer) ? answer : [answer], file);
  },
};

/** The answer; undefined where it is no JSON or no answer of the kinds above. */
function parsed(text: string): unknown {
  try {
    return z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function* itemsOf(answers: readonly unknown[], file: ArchiveFile): Generator<ArchiveItem> {
  for (const [index, answer] of answers.entries()) {
    const locator = answers.length === 1 ? file.path : `${file.path}#${index + 1}`;
    const mail = mailSchema.safeParse(answer);
    const series = seriesSchema.safeParse(answer);
    if (mail.success && mail.data.content !== undefined) yield messageItem(mail.data, file, locator);
    else if (mail.success) yield overviewItem([mail.data], mail.data.submitter);
    else if (series.success) {
      const { cover_letter: cover, patches, submitter } = series.data;
      yield overviewItem(cover == null ? patches : [cover, ...patches], submitter);
    } else yield { kind: 'skipped', reason: 'malformed', locator };
  }
}
