import type { HeldInteraction, HeldMessage, LoopbackDiscord, Requested } from './loopback.js';
import { ids, people, threadChannel } from './world.js';

export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Body = Record<string, unknown>;

/** How Discord says no. */
export const refusals = {
  unknownInteraction: { status: 404, body: { code: 10_062, message: 'Unknown interaction' } },
  unknownMessage: { status: 404, body: { code: 10_008, message: 'Unknown Message' } },
  acknowledged: { status: 400, body: { code: 40_060, message: 'Interaction has already been acknowledged.' } },
  invalidToken: { status: 401, body: { code: 50_027, message: 'Invalid Webhook Token' } },
  missingPermissions: { status: 403, body: { code: 50_013, message: 'Missing Permissions' } },
  archived: { status: 400, body: { code: 50_083, message: 'Thread is archived' } },
  broken: { status: 500, body: { code: 0, message: 'Internal Server Error' } },
} as const satisfies Record<string, RestAnswer>;

/** 429 as Discord gives it: seconds in header and body. */
export function rateLimited(seconds: number): RestAnswer {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers: { 'retry-after': String(seconds), 'x-ratelimit-scope': 'shared' },
  };
}

const ok = (body: unknown): RestAnswer => ({ status: 200, body });
const done: RestAnswer = { status: 204 };

interface Route {
  readonly on: RegExp;
  readonly answer: (discord: LoopbackDiscord, groups: readonly string[], body: Body, at: number) => RestAnswer;
}

const ephemeral = 64;
const firstResponseMs = 3_000;
const tokenMs = 15 * 60_000;

const routes: readonly Route[] = [
  {
    on: /^GET \/gateway\/bot$/u,
    answer: ({ gateway }) =>
      ok({
        url: gateway.url,
        shards: gateway.advised,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
      }),
  },
  { on: /^GET \/users\/@me$/u, answer: () => ok(people[ids.bot]) },
  { on: /^GET \/applications\/@me$/u, answer: () => ok({ id: ids.application, name: 'threadlore' }) },
  {
    on: /^POST \/users\/@me\/channels$/u,
    answer: () => ok({ id: ids.direct, type: 1, recipients: [people[ids.bert]] }),
  },
  {
    on: /^PUT \/applications\/\d+(?:\/guilds\/\d+)?\/commands$/u,
    answer(discord, _, body) {
      discord.registered = body;
      return ok(
        (body as unknown as Body[]).map((command, at) => ({
          ...command,
          id: String(at + 1),
          application_id: ids.application,
          version: '1',
        })),
      );
    },
  },
  {
    on: /^POST \/interactions\/(\d+)\/([^/]+)\/callback$/u,
    answer: (discord, [, , token = ''], body, at) => callback(discord, token, body, at),
  },
  { on: /^POST \/webhooks\/\d+\/([^/]+)$/u, answer: (discord, [, token = ''], body) => followUp(discord, token, body) },
  {
    on: /^(GET|PATCH|DELETE) \/webhooks\/\d+\/([^/]+)\/messages\/([^/]+)$/u,
    answer: (discord, [, method = '', token = '', id = ''], body) => webhookMessage(discord, method, token, id, body),
  },
  { on: /^POST \/channels\/(\d+)\/typing$/u, answer: () => done },
  {
    on: /^POST \/channels\/(\d+)\/messages$/u,
    answer: (discord, [, channel = ''], body) => ok(create(discord, channel, body, 0)),
  },
  {
    on: /^(GET|PATCH) \/channels\/\d+\/messages\/(\d+)$/u,
    answer(discord, [, method = '', id = ''], body) {
      const message = discord.messages.get(id);
      if (message === undefined) return refusals.unknownMessage;
      return ok(method === 'GET' ? message : edit(discord, message, body));
    },
  },
  {
    on: /^POST \/channels\/(\d+)\/messages\/(\d+)\/threads$/u,
    answer: (_, [, channel = '', message = ''], { name }) => ok(threadChannel(message, String(name), channel, ids.bot)),
  },
  {
    on: /^PATCH \/channels\/(\d+)$/u,
    answer: (_, [, id = '']) => ok(threadChannel(id, 'an older thread', ids.general, ids.bot)),
  },
  { on: /^GET \/channels\/(\d+)$/u, answer: (_, [, id = '']) => ok({ id, type: 1, recipients: [people[ids.bert]] }) },
];

/** Answers a request whose body is sound. */
export function answerRest(discord: LoopbackDiscord, { method, path, body, at }: Requested): RestAnswer {
  const line = `${method} ${path}`;
  for (const { on, answer } of routes) {
    const match = on.exec(line);
    if (match !== null) return answer(discord, match, (body ?? {}) as Body, at);
  }
  discord.violations.push(`the loopback Discord has no route for ${line}`);
  return { status: 404, body: { code: 0, message: '404: Not Found' } };
}

function callback(discord: LoopbackDiscord, token: string, { type, data }: Body, now: number): RestAnswer {
  const interaction = discord.interactions.get(token);
  if (interaction === undefined || now - interaction.sentAt > firstResponseMs) return refusals.unknownInteraction;
  if (interaction.acknowledgedAt !== null) return refusals.acknowledged;
  interaction.acknowledgedAt = now;
  interaction.kind = Number(type);
  const sent = (data ?? {}) as Body;
  interaction.ephemeral = (Number(sent['flags'] ?? 0) & ephemeral) !== 0;
  if (type === 4)
    interaction.original = create(discord, interaction.channelId, sent, interaction.ephemeral ? ephemeral : 0);
  if (type === 7 && interaction.source !== null) edit(discord, interaction.source, sent);
  if (type === 8) interaction.choices = sent['choices'] as HeldInteraction['choices'];
  return done;
}

/** The interaction of a token that still lives. */
function living(discord: LoopbackDiscord, token: string): HeldInteraction | RestAnswer {
  const interaction = discord.interactions.get(token);
  if (interaction === undefined || interaction.acknowledgedAt === null) return refusals.unknownInteraction;
  return discord.clock.now() - interaction.sentAt > tokenMs ? refusals.invalidToken : interaction;
}

function followUp(discord: LoopbackDiscord, token: string, body: Body): RestAnswer {
  const interaction = living(discord, token);
  if ('status' in interaction) return interaction;
  const message = create(discord, interaction.channelId, body, Number(body['flags'] ?? 0));
  interaction.followUps.push(message);
  return ok(message);
}

function webhookMessage(discord: LoopbackDiscord, method: string, token: string, id: string, body: Body): RestAnswer {
  const interaction = living(discord, token);
  if ('status' in interaction) return interaction;
  const updates = interaction.kind === 6 || interaction.kind === 7;
  if (id === '@original' && !updates && interaction.original === null && method === 'PATCH') {
    interaction.original = create(discord, interaction.channelId, body, interaction.ephemeral ? ephemeral : 0);
    return ok(interaction.original);
  }
  const message = id === '@original' ? (updates ? interaction.source : interaction.original) : discord.messages.get(id);
  if (message === null || message === undefined) return refusals.unknownMessage;
  return ok(method === 'GET' ? message : edit(discord, message, body));
}

function create(discord: LoopbackDiscord, channel_id: string, body: Body, flags: number): HeldMessage {
  watchPings(discord, body);
  const { content, embeds, components, message_reference } = body as Partial<HeldMessage>;
  return discord.hold({
    channel_id,
    flags,
    content: content ?? '',
    embeds: embeds ?? [],
    components: components ?? [],
    ...(message_reference === undefined ? {} : { message_reference }),
  });
}

function edit(discord: LoopbackDiscord, message: HeldMessage, body: Body): HeldMessage {
  watchPings(discord, body);
  const { content, embeds, components } = body as Partial<HeldMessage>;
  message.edits += 1;
  message.content = content ?? message.content;
  message.embeds = embeds ?? message.embeds;
  message.components = components ?? message.components;
  return message;
}

/** Nothing that the bot sends may ping anybody. */
function watchPings(discord: LoopbackDiscord, body: Body): void {
  const mentions = body['allowed_mentions'] as
    { parse?: unknown[]; users?: unknown[]; roles?: unknown[]; replied_user?: boolean } | undefined;
  const silent =
    mentions?.parse?.length === 0 &&
    mentions.users === undefined &&
    mentions.roles === undefined &&
    mentions.replied_user !== true;
  if (!silent) discord.violations.push(`would ping: ${JSON.stringify(body).slice(0, 500)}`);
}
