import { z } from 'zod';

/** A row of a list of patches or covers. Dates are UTC, without a zone. */
export const rowSchema = z.object({
  id: z.number().int().positive(),
  msgid: z.string(),
  date: z.string().max(40),
  state: z.string().max(60).nullish(),
  web_url: z.string().nullish(),
});
export type Row = z.infer<typeof rowSchema>;

const mailSchema = rowSchema.pick({ id: true, msgid: true, web_url: true }).nullish();

/** An event of a project. Only what is used of it. */
export const eventSchema = z.object({
  id: z.number().int(),
  category: z.string(),
  date: z.string().max(40),
  payload: z.object({
    patch: mailSchema,
    cover: mailSchema,
    series: z.object({ id: z.number().int().positive() }).nullish(),
    current_state: z.string().max(60).nullish(),
  }),
});
export type Event = z.infer<typeof eventSchema>;
