import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { usualSettings } from '../../bot/guild-settings.js';
import { rateLimited, refusals } from '../discord/rest.js';
import { botToken, ids } from '../discord/world.js';
import type { HeldMessage } from '../discord/loopback.js';
import { answerTo, readable, removeData, sampleData, stage, textOf, until, type Stage } from './run.js';

const question = 'Why is the journal not synced after every record?';
const said = 'The time is not the problem, the wear is.';
let dataDir = '';
let on: Stage;
beforeAll(async () => {
  dataDir = await sampleData();
  on = await stage(dataDir);
});
afterAll(async () => {
  await on.close();
  removeData(dataDir);
});
afterEach(() => {
  expect(on.discord.violations.splice(0)).toEqual([]);
  on.discord.faults.length = 0;
  on.discord.clock.advance(60_000);
});

async function stillAnswers(): Promise<void> {
  on.discord.clock.advance(60_000);
  expect(readable(await answerTo(on.discord.command('ask', { question })))).toContain(said);
}

function written(channel: string): HeldMessage[] {
  return [...on.discord.messages.values()].filter(
    ({ channel_id, author }) => channel_id === channel && author.id === ids.bot,
  );
}

describe('Discord in trouble', () => {
  it('outlives an unknown interaction', async () => {
    on.discord.fail(/POST .*\/callback$/u, refusals.unknownInteraction);
    const lost = on.discord.command('ask', { question });
    await until(() => on.log().includes('10062'));
    expect(lost.original).toBeNull();
    await stillAnswers();
  });

  it('waits as long as a rate limit says', async () => {
    on.discord.fail(/PATCH .*@original$/u, rateLimited(0.4));
    const asked = on.discord.command('ask', { question });
    expect(readable(await answerTo(asked))).toContain(said);
    const edits = on.discord.requests.filter(({ path }) => path.includes(asked.token) && path.endsWith('@original'));
    expect((edits[1]?.at ?? 0) - (edits[0]?.at ?? 0)).toBeGreaterThanOrEqual(400);
  });

  it('tries again where Discord breaks', async () => {
    on.discord.fail(/PATCH .*@original$/u, refusals.broken, 2);
    expect(readable(await answerTo(on.discord.command('ask', { question })))).toContain(said);
  });

  it('answers an event that comes twice once', async () => {
    const { dispatch } = on.discord.gateway;
    on.discord.gateway.dispatch = (type, data) => {
      dispatch.call(on.discord.gateway, type, data);
      dispatch.call(on.discord.gateway, type, data);
    };
    try {
      const asked = on.discord.command('ask', { question });
      await answerTo(asked);
      const before = written(ids.general).length;
      on.discord.write(`<@${ids.bot}> ${question}`, ids.ada);
      await until(() => written(ids.general).length > before);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(written(ids.general).length).toBe(before + 1);
      expect(on.discord.requests.filter(({ path }) => path.endsWith(`${asked.token}/callback`)).length).toBe(1);
    } finally {
      on.discord.gateway.dispatch = dispatch;
    }
  });

  it('resumes after a cut connection, and answers what came meanwhile', async () => {
    const { resumes } = on.discord.gateway;
    on.discord.gateway.drop();
    const asked = on.discord.command('archive');
    await until(() => on.discord.gateway.resumes > resumes);
    await until(() => asked.acknowledgedAt ?? on.log().includes('10062'));
    await stillAnswers();
  });

  it('connects anew when Discord asks for it', async () => {
    const { resumes } = on.discord.gateway;
    on.discord.gateway.askToReconnect();
    await until(() => on.discord.gateway.resumes > resumes);
    await stillAnswers();
  });

  it('keeps its heart beating', async () => {
    const { heartbeats } = on.discord.gateway;
    await until(() => on.discord.gateway.heartbeats > heartbeats);
  });
});

describe('channels that bar something', () => {
  it('answers without embeds where it may not embed', async () => {
    on.discord.write(`<@${ids.bot}> ${question}`, ids.bert, ids.noEmbeds);
    const answer = await until(() => written(ids.noEmbeds)[0]);
    expect(answer.embeds).toEqual([]);
    expect(readable(answer)).toContain(said);
  });

  it('answers the person where it may not write', async () => {
    const before = written(ids.direct).length;
    on.discord.write(`<@${ids.bot}> ${question}`, ids.bert, ids.silent);
    const answer = await until(() => written(ids.direct)[before]);
    expect(readable(answer)).toMatch(new RegExp(`I may not write in <#${ids.silent}>`, 'u'));
    expect(readable(answer)).toContain(said);
  });

  it('tries without embeds where Discord knows better than the bot', async () => {
    on.discord.fail(/POST \/channels\/\d+\/messages$/u, refusals.missingPermissions);
    const before = written(ids.general).length;
    on.discord.write(`<@${ids.bot}> ${question}`);
    const answer = await until(() => written(ids.general)[before]);
    expect(answer.embeds).toEqual([]);
  });

  it('leaves a clear line in the log where nothing is possible', async () => {
    on.discord.fail(/POST \/channels\/\d+\/messages$/u, refusals.missingPermissions, 9);
    on.discord.write(`<@${ids.bot}> ${question}`);
    await until(() =>
      on.log().includes('could not answer: the bot needs View Channel, Send Messages and Embed Links there'),
    );
    on.discord.faults.length = 0;
    await stillAnswers();
  });

  it('says a refused mention to the person alone', async () => {
    const before = written(ids.direct).length;
    on.discord.write(`<@${ids.bot}> ${question}`, ids.ada);
    on.discord.write(`<@${ids.bot}> ${question}`, ids.ada);
    const told = await until(() => written(ids.direct)[before]);
    expect(told.content).toMatch(/you can ask again <t:\d+:R>/u);
  });
});

describe('load', () => {
  it('acknowledges every question within 3 s, answers as many as it can, and is busy for the rest', async () => {
    const { store } = on.running.bot;
    store.setGuildSettings(ids.guild, { ...usualSettings, cooldown: 0 });
    const asked = Array.from({ length: 60 }, () => on.discord.command('ask', { question }));
    const answers = await Promise.all(asked.map((each) => answerTo(each)));
    store.setGuildSettings(ids.guild, usualSettings);
    for (const each of asked) expect((each.acknowledgedAt ?? Infinity) - each.sentAt).toBeLessThan(3_000);
    const busy = answers.filter((answer) => /I am busy, try again in a few seconds/u.test(answer.content)).length;
    const found = answers.filter((answer) => readable(answer).includes(said)).length;
    expect(busy + found).toBe(60);
    expect(busy).toBeGreaterThan(0);
    expect(found).toBeGreaterThan(10);
  });

  it('bounds its queue', async () => {
    const ask = () => on.running.bot.archive.ask({ kind: 'ask', request: { question } });
    const jobs = Promise.allSettled(Array.from({ length: 60 }, ask));
    const asked = on.discord.command('ask', { question });
    expect((await answerTo(asked)).content).toMatch(/I am busy, try again in a few seconds/u);
    const ends = await jobs;
    const busy = ends.filter((end) => end.status === 'rejected' && (end.reason as Error).name === 'BusyError');
    expect(busy.length).toBeGreaterThanOrEqual(30);
    expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
  });
});

describe('secrets', () => {
  it('never logs a token', () => {
    const log = on.log();
    expect(log.length).toBeGreaterThan(0);
    expect(log).not.toContain(botToken);
    expect(log).not.toContain('secret-token-of-this-interaction');
  });
});

describe('an archive in trouble', () => {
  it('says that there is none yet, and what is to be done', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'threadlore-bot-'));
    const other = await stage(empty);
    try {
      const answer = await answerTo(other.discord.command('ask', { question }));
      expect(answer.content).toMatch(/no archive here yet.*threadlore ingest/u);
      const typed = other.discord.type('ask', { question: 'x', list: 'g' }, 'list');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(typed.choices ?? []).toEqual([]);
      expect(textOf(await answerTo(other.discord.command('archive')))).toMatch(/no archive here yet/u);
    } finally {
      await other.close();
      removeData(empty);
    }
  });
});

describe('leaving and coming back', () => {
  it('finishes what runs before it leaves; buttons of before work afterwards', async () => {
    const first = await stage(dataDir);
    const shown = await answerTo(first.discord.command('ask', { question }));
    first.discord.clock.advance(60_000);
    const late = first.discord.command('ask', { question });
    await until(() => late.acknowledgedAt);
    await first.running.stop();
    expect(readable(await answerTo(late))).toContain(said);
    await first.discord.close();

    const second = await stage(dataDir);
    try {
      second.discord.messages.set(shown.id, shown);
      const context = await answerTo(second.discord.press(shown, 'Context 1'));
      expect(readable(context)).toMatch(/`1` \*\*/u);
    } finally {
      await second.close();
    }
  });

  it('serves /healthz and /metrics on the loopback address where a port is set', async () => {
    const watched = await stage(dataDir, { variables: { HEALTH_PORT: '0' } });
    const url = `http://127.0.0.1:${watched.running.healthPort ?? 0}`;
    try {
      await answerTo(watched.discord.command('ask', { question }));
      const health = await fetch(`${url}/healthz`);
      expect(health.status).toBe(200);
      expect(await health.json()).toMatchObject({ gateway: true, index: { messages: 30 } });
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('threadlore_questions_total{outcome="found"} 1');
      expect(metrics).toMatch(/threadlore_index_age_seconds \d/u);
      expect(metrics).toContain('threadlore_latency_seconds_bucket');
      expect(metrics).toContain('threadlore_queue_length');
      expect((await fetch(`${url}/else`)).status).toBe(404);
    } finally {
      await watched.close();
    }
  });

  it('tells maintainers what people made of the answers', async () => {
    const answer = await answerTo(on.discord.command('ask', { question }));
    await answerTo(on.discord.press(answer, '👎'));
    const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
    const status = ['--data', dataDir, 'status', '--feedback'];
    expect(execFileSync(process.execPath, [main, ...status], { encoding: 'utf8' })).toBe(
      `+0 -1  answered  ${question}\n`,
    );
    const json = JSON.parse(
      execFileSync(process.execPath, [main, ...status, '--json'], { encoding: 'utf8' }),
    ) as unknown;
    expect(json).toMatchObject([{ question, kind: 'found', up: 0, down: 1 }]);
  });

  it('forgets what a conversation was about together with whoever began it', () => {
    const { store } = on.running.bot;
    const last = store.lastAnswerIn(ids.general)!;
    const topic = { text: question, filter: {}, threads: [], sure: 1 };
    const begun = store.addAnswer({ ...last, channelId: 'elsewhere', askerId: 'beginner' }, 0);
    const reply = { request: { question: 'why?', topic }, answer: { ...last.answer, topic } };
    const keys = ['elsewhere', 'a thread below it'].map((channelId) =>
      store.addAnswer({ ...last, ...reply, channelId, askerId: 'follower' }, 0),
    );
    store.forgetPerson('beginner');
    expect(store.answer(begun)).toBeNull();
    for (const key of keys) {
      expect(store.answer(key)?.request).toEqual({ question: 'why?' });
      expect(store.answer(key)?.answer).not.toHaveProperty('topic');
    }
  });

  it('forgets with time what a conversation was about, where a vote keeps an answer in it', () => {
    const { store } = on.running.bot;
    const last = store.lastAnswerIn(ids.general)!;
    const topic = { text: question, filter: {}, threads: [], sure: 1 };
    const reply = { request: { question: 'why?', topic }, answer: { ...last.answer, topic }, channelId: 'elsewhere' };
    const [old, recent] = [1, 3].map((at) => store.addAnswer({ ...last, ...reply }, at)) as [number, number];
    store.vote(old, 'voter', 1, 1);
    store.forgetBefore(2);
    expect(store.answer(old)?.request).toEqual({ question: 'why?' });
    expect(store.answer(recent)?.request).toEqual(reply.request);
  });

  it('forgets a person on demand', () => {
    const { store } = on.running.bot;
    const main = new URL('../../dist/cli/main.js', import.meta.url).pathname;
    expect(store.lastAnswerIn(ids.general)).not.toBeNull();
    for (const person of [ids.bert, ids.ada, ids.owner]) {
      const out = execFileSync(process.execPath, [main, '--data', dataDir, 'bot', '--forget', person], {
        encoding: 'utf8',
      });
      expect(out).toMatch(/Forgot \d+ questions with their answers/u);
    }
    expect(store.lastAnswerIn(ids.general)).toBeNull();
  });
});
