import { z } from 'zod';

/** Who sent a mail. */
const personSchema = z.object({ name: z.string().nullish(), email: z.string().nullish() });

/** What every answer says of a mail that it only names. */
const namedSchema = z.object({
  msgid: z.string(),
  /** UTC, without a zone. */
  date: z.string(),
  /** Patchwork's own writing of the subject (`[v4,3/8] …`): patches and covers. */
  name: z.string().nullish(),
  /** The mail's subject: comments. */
  subject: z.string().nullish(),
  web_url: z.string().nullish(),
});

/** A patch, a cover letter, or a comment; with text and headers where the answer is about that one mail. */
export const mailSchema = namedSchema.extend({
  submitter: personSchema,
  content: z.string().optional(),
  diff: z.string().nullish(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  project: z.object({ link_name: z.string() }).nullish(),
  list_archive_url: z.string().nullish(),
});

/** A patch series: its cover letter, if it has one, and its patches. */
export const seriesSchema = z.object({
  submitter: personSchema,
  cover_letter: namedSchema.nullish(),
  patches: z.array(namedSchema),
});

export type Person = z.infer<typeof personSchema>;
export type NamedMail = z.infer<typeof namedSchema>;
export type PatchworkMail = z.infer<typeof mailSchema>;
