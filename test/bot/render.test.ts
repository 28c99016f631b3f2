import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Permalink, Quote, StatusNote } from '../../answer/answer.js';
import { citationFormats } from '../../answer/citation-format.js';
import { parseCustomId } from '../../bot/custom-id.js';
import { limits } from '../../bot/limits.js';
import type { Payload } from '../../bot/payload.js';
import { renderAnswer } from '../../bot/render/answer.js';
import { renderArchive } from '../../bot/render/archive.js';
import { renderCitations } from '../../bot/render/cite.js';
import { renderContext } from '../../bot/render/context.js';
import { renderOutcome, renderProgress } from '../../bot/render/reindex.js';
import { renderSettings } from '../../bot/render/settings.js';
import { renderThread } from '../../bot/render/thread.js';
import { usualSettings } from '../../bot/guild-settings.js';
import type { Run } from '../../bot/reindex/running.js';
import type { MessageId } from '../../mail/message-id.js';
import { discordSchema } from '../discord/schema.js';
import { hostileText } from './hostile.js';

const check = discordSchema();
if (check === null)
  console.warn("payloads are checked against the table of limits alone: Discord's OpenAPI description is not there");

/** The table's limits, on what Discord counts. */
function expectFits(shown: Payload): void {
  const { content, embeds, components } = shown;
  expect(content.length).toBeLessThanOrEqual(limits.content);
  expect(embeds.length).toBeLessThanOrEqual(limits.embeds);
  let together = 0;
  for (const { title = '', description = '', footer } of embeds) {
    expect(title.length).toBeLessThanOrEqual(limits.embedTitle);
    expect(description.length).toBeLessThanOrEqual(limits.embedDescription);
    together += title.length + description.length + (footer?.text.length ?? 0);
  }
  expect(together).toBeLessThanOrEqual(limits.embedsTogether);
  expect(content + embeds.map(({ description }) => description).join('')).not.toBe('');
  expect(components.length).toBeLessThanOrEqual(limits.rows);
  for (const row of components) {
    expect(row.components.length).toBeGreaterThan(0);
    expect(row.components.length).toBeLessThanOrEqual(limits.buttonsPerRow);
    for (const button of row.components) {
      if (!('custom_id' in button)) throw new Error('a button without an id');
      expect(button.custom_id.length).toBeLessThanOrEqual(limits.customId);
      expect(parseCustomId(button.custom_id)).not.toBeNull();
      expect(('label' in button ? button.label : '')?.length).toBeLessThanOrEqual(limits.buttonLabel);
    }
  }
  const body = { content, embeds, components, allowed_mentions: shown.allowedMentions };
  expect(check?.('PATCH', '/webhooks/1/token/messages/@original', body) ?? null).toBeNull();
  expect(check?.('POST', '/channels/1/messages', body) ?? null).toBeNull();
}

const date = fc.option(
  fc.record({ instant: fc.integer({ min: 0, max: 4e12 }), offset: fc.option(fc.integer({ min: -840, max: 840 })) }),
);
const id = hostileText.map((text) => `${text}@x` as MessageId);
const permalinks: fc.Arbitrary<Permalink[]> = fc.array(
  fc.record({
    list: hostileText,
    url: fc.oneof(
      hostileText,
      hostileText.map((text) => `https://lists.example.org/${encodeURIComponent(text.toWellFormed())}`),
      fc.webUrl(),
    ),
  }),
  { maxLength: 3 },
);
const note: fc.Arbitrary<StatusNote> = fc.record({
  kind: fc.constantFrom(
    'superseded',
    'acked',
    'reviewed',
    'tested',
    'nacked',
    'objected',
    'corrected',
    'applied',
    'tracked',
  ),
  by: hostileText,
  at: date,
  messageId: id,
  text: hostileText,
  permalinks,
});
const quote: fc.Arbitrary<Quote> = fc.record({
  text: hostileText,
  spans: fc.constant([{ start: 0, end: 1 }]),
  speaker: hostileText,
  saidAt: date,
  messageId: fc.option(id),
  subject: hostileText,
  list: hostileText,
  permalinks,
  quotedBy: fc.option(fc.record({ name: hostileText, messageId: id, at: date })),
  status: fc.array(note, { maxLength: 6 }),
  score: fc.double({ noNaN: true }),
  passageKey: fc.nat(),
  verified: fc.constant(true as const),
});
const common = {
  question: hostileText,
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  searched: fc.record(
    {
      words: hostileText,
      lists: fc.array(hostileText, { maxLength: 30 }),
      messages: fc.nat(),
      first: date,
      last: date,
      author: fc.option(hostileText),
      after: fc.option(fc.integer({ min: 0, max: 4e12 })),
      before: fc.option(fc.integer({ min: 0, max: 4e12 })),
      syncedAt: fc.option(fc.integer({ min: 0, max: 4e12 })),
    },
    { requiredKeys: ['lists', 'messages', 'first', 'last', 'author', 'after', 'before', 'syncedAt'] },
  ),
};
const near = fc.record({
  subject: hostileText,
  damaged: fc.boolean(),
  list: hostileText,
  rootId: id,
  last: date,
  permalinks,
});
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    ...common,
    kind: fc.constant('found' as const),
    quotes: fc.array(quote, { minLength: 1, maxLength: 10 }),
  }),
  fc.record({ ...common, kind: fc.constant('nothing-found' as const), nearest: fc.array(near, { maxLength: 5 }) }),
);
const runs = { numRuns: 60, endOnFailure: true };

describe("no payload exceeds Discord's limits, or what its OpenAPI description lets pass", () => {
  it('answers', () => {
    const how = fc.record({
      key: fc.nat(),
      threadKey: fc.option(fc.nat()),
      private: fc.boolean(),
      embeds: fc.boolean(),
      more: fc.boolean(),
    });
    fc.assert(
      fc.property(answer, how, (shown, view) => expectFits(renderAnswer({ answer: shown, ...view }))),
      runs,
    );
  });

  it('quotes in their messages', () => {
    const parent = fc.record({
      messageId: id,
      author: fc.option(hostileText),
      date,
      words: fc.oneof(
        fc.record({ kind: fc.constant('whole' as const), excerpt: hostileText }),
        fc.record({ kind: fc.constantFrom('damaged' as const, 'absent' as const) }),
      ),
    });
    const words = fc.oneof(
      fc.record({
        kind: fc.constant('whole' as const),
        subject: hostileText,
        before: hostileText,
        passage: hostileText,
        after: hostileText,
      }),
      fc.record({ kind: fc.constant('damaged' as const) }),
    );
    const context = fc.record({
      messageId: id,
      author: hostileText,
      date,
      permalinks,
      words,
      parent: fc.option(parent),
    });
    fc.assert(
      fc.property(context, (shown) => expectFits(renderContext(shown, 10, 123_456_789))),
      runs,
    );
  });

  it('threads, each page of them', () => {
    const member = fc.record({
      messageId: id,
      parentId: fc.option(id),
      depth: fc.nat(1000),
      present: fc.boolean(),
      author: fc.option(hostileText),
      date,
      subject: fc.option(hostileText),
      damaged: fc.boolean(),
      permalinks,
      namedBy: fc.option(id),
    });
    const thread = fc.record({
      rootId: id,
      subject: hostileText,
      list: hostileText,
      members: fc.array(member, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(thread, fc.option(fc.integer({ min: 0, max: 9 })), (shown, page) => {
        expectFits(renderThread({ thread: shown, messageId: shown.members[0]?.messageId ?? 'x', key: 1, page }));
      }),
      runs,
    );
  });

  it('citations', () => {
    const citation = fc.record({
      messageId: id,
      minted: fc.boolean(),
      author: fc.option(hostileText),
      date,
      subject: hostileText,
      excerpt: hostileText,
      list: hostileText,
      permalinks,
      onLore: fc.boolean(),
      present: fc.boolean(),
      damaged: fc.boolean(),
      namedBy: fc.option(id),
    });
    const cited = fc.array(citation, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(cited, fc.constantFrom(...citationFormats), (shown, format) =>
        expectFits(renderCitations(shown, format, 1)),
      ),
      runs,
    );
  });

  it('the archive, settings and re-index', () => {
    const list = fc.record({ list: hostileText, messages: fc.nat(), first: date, last: date });
    fc.assert(
      fc.property(fc.array(list, { maxLength: 60 }), hostileText, (lists, words) => {
        const stats = {
          messages: 1,
          ghosts: 2,
          threads: 3,
          passages: { own: 4, recovered: 5 },
          lists,
          sources: [{ source: words, messages: 1, syncedAt: null, lastError: words }],
          model: { id: words, dimensions: 256 },
          schema: 1,
          graphed: 0,
          bytes: 0,
          revision: 1,
        };
        expectFits(renderArchive(stats));
        const names = lists.map(({ list: name }) => name);
        expectFits(renderSettings({ ...usualSettings, lists: names, channelLists: { 1: names, 2: [words] } }));
        const run: Run = {
          number: 1,
          startedAt: 0,
          startedBy: '123',
          how: 'anew',
          sources: [words],
          progress: () => ({
            progress: { stage: 'reading', source: words, done: 5, total: null },
            stageBegan: { at: 0, done: 0 },
          }),
          ended: new Promise(() => undefined),
          cancel: () => undefined,
          cancelling: false,
        };
        expectFits(renderProgress(run, 10_000));
        expectFits(renderOutcome(run, { kind: 'failed', name: 'Error', message: words }, 10_000));
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});

describe('an answer', () => {
  it('pings nobody', () => {
    fc.assert(
      fc.property(answer, (shown) => {
        const { allowedMentions } = renderAnswer({
          answer: shown,
          key: 1,
          threadKey: null,
          private: false,
          embeds: true,
          more: true,
        });
        expect(allowedMentions).toEqual({ parse: [] });
      }),
      { numRuns: 20 },
    );
  });
});
