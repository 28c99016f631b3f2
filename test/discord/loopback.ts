import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Clock } from './clock.js';
import { LoopbackGateway } from './gateway.js';
import { interactionBase, optionsOf, type Doing, type OptionValue, type Values } from './interactions.js';
import { answerRest, type RestAnswer } from './rest.js';
import { discordSchema, type CheckBody } from './schema.js';
import { ids, people, type PersonId } from './world.js';

/** A message that Discord holds. */
export interface HeldMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly author: { readonly id: string };
  readonly flags: number;
  content: string;
  embeds: { description?: string; title?: string; footer?: { text: string }; color?: number }[];
  components: { components: { label?: string; custom_id?: string; url?: string; style: number }[] }[];
  edits: number;
  [other: string]: unknown;
}

/** An interaction on its way, and what the bot made of it. */
export interface HeldInteraction {
  readonly id: string;
  readonly token: string;
  readonly channelId: string;
  /** The message whose button was pressed. */
  readonly source: HeldMessage | null;
  readonly sentAt: number;
  acknowledgedAt: number | null;
  /** Callback type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices. */
  kind: number | null;
  ephemeral: boolean;
  original: HeldMessage | null;
  readonly followUps: HeldMessage[];
  choices: { name: string; value: string }[] | null;
}

export interface Fault {
  /** `METHOD /path` without the version. */
  readonly on: RegExp;
  readonly answer: RestAnswer;
  times: number;
}

/** What the bot asked of Discord. */
export interface Requested {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly at: number;
}

/** Read and compiled once: it holds 1.2 MB. */
let schema: CheckBody | null = null;

/**
 * Discord on the loopback address: gateway and REST, as much of it as the bot uses. Checks what it is sent (`violations`), enforces the 3 s that an
 * interaction waits and the 15 min that its token lives, by a clock that tests move; fails as told.
 */
export class LoopbackDiscord {
  readonly clock = new Clock();
  readonly gateway: LoopbackGateway;
  readonly requests: Requested[] = [];
  /** Bodies that Discord would refuse, or mentions that would ping. */
  readonly violations: string[] = [];
  readonly messages = new Map<string, HeldMessage>();
  readonly interactions = new Map<string, HeldInteraction>();
  readonly faults: Fault[] = [];
  registered: unknown = null;
  readonly #server: Server;
  readonly #check: CheckBody | null;
  #snowflakes = 0n;

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
    this.gateway = new LoopbackGateway(this.#server);
    this.#check = schema ??= discordSchema();
  }

  static async start(): Promise<LoopbackDiscord> {
    const discord = new LoopbackDiscord();
    await new Promise<void>((resolve) => discord.#server.listen(0, '127.0.0.1', resolve));
    discord.gateway.port = discord.#port;
    return discord;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** For DISCORD_API_URL. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.#port}/api`;
  }

  async close(): Promise<void> {
    await this.gateway.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** A snowflake of now: the bot reads interactions' age from their ids. */
  snowflake(): string {
    this.#snowflakes += 1n;
    return String((BigInt(this.clock.now() - 1_420_070_400_000) << 22n) | (this.#snowflakes & 0x3fffffn));
  }

  /** Fails the next `times` requests that fit. */
  fail(on: RegExp, answer: RestAnswer, times = 1): void {
    this.faults.push({ on, answer, times });
  }

  /** Somebody uses a slash command; `options` nested for subcommands. */
  command(name: string, values: Values | readonly OptionValue[] = {}, doing: Doing = {}): HeldInteraction {
    const options = Array.isArray(values) ? (values as OptionValue[]) : optionsOf(values as Values);
    return this.#send(2, { id: '1', type: 1, name, options, ...resolvedOf(options) }, doing);
  }

  /** Somebody types in the option `focused`. */
  type(name: string, values: Values, focused: string, doing: Doing = {}): HeldInteraction {
    return this.#send(4, { id: '1', type: 1, name, options: optionsOf(values, focused) }, doing);
  }

  /** Somebody uses a context-menu command on a message. */
  menu(name: string, content: string, doing: Doing = {}): HeldInteraction {
    const target = this.hold({ content, author: people[ids.ada], channel_id: doing.in ?? ids.general });
    return this.#send(
      3,
      { id: '1', type: 3, name, target_id: target.id, resolved: { messages: { [target.id]: target } } },
      doing,
      2,
    );
  }

  /** Somebody presses the button with this label. */
  press(message: HeldMessage, label: string, doing: Doing = {}): HeldInteraction {
    const buttons = message.components.flatMap(({ components }) => components);
    const custom = buttons.find((button) => button.label === label)?.custom_id;
    if (custom === undefined)
      throw new Error(`no button "${label}" among ${buttons.map((each) => each.label).join(', ')}`);
    return this.pressId(message, custom, doing);
  }

  pressId(message: HeldMessage, custom_id: string, doing: Doing = {}): HeldInteraction {
    return this.#send(3, { custom_id, component_type: 2 }, { in: message.channel_id, ...doing }, 3, message);
  }

  /**
   * Somebody writes a message; `repliesTo` a message of the bot mentions it, as Discord's clients do unless `pings` is off. What does not mention the bot
   * comes without its content: the bot does not ask for MessageContent.
   */
  write(
    content: string,
    by: PersonId = ids.bert,
    where: string = ids.general,
    repliesTo: HeldMessage | null = null,
    pings = true,
  ): HeldMessage {
    const mentioned = content.includes(`<@${ids.bot}>`) || (pings && repliesTo?.author.id === ids.bot);
    const message = this.hold({
      content: mentioned || where === ids.direct ? content : '',
      author: people[by],
      channel_id: where,
      mentions: mentioned ? [people[ids.bot]] : [],
      ...(repliesTo === null
        ? {}
        : {
            type: 19,
            message_reference: { message_id: repliesTo.id, channel_id: where },
            referenced_message: repliesTo,
          }),
    });
    const guild =
      where === ids.direct
        ? {}
        : {
            guild_id: ids.guild,
            member: { roles: [], joined_at: '2024-01-01T00:00:00Z', deaf: false, mute: false, flags: 0 },
          };
    this.gateway.dispatch('MESSAGE_CREATE', { ...message, ...guild });
    return message;
  }

  hold(parts: Partial<HeldMessage> & { readonly channel_id: string }): HeldMessage {
    const message: HeldMessage = {
      id: this.snowflake(),
      type: 0,
      author: people[ids.bot],
      content: '',
      embeds: [],
      components: [],
      attachments: [],
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      pinned: false,
      tts: false,
      timestamp: new Date(this.clock.now()).toISOString(),
      edited_timestamp: null,
      flags: 0,
      edits: 0,
      ...parts,
    };
    this.messages.set(message.id, message);
    return message;
  }

  #send(type: number, data: object, doing: Doing, as = type, message: HeldMessage | null = null): HeldInteraction {
    const id = this.snowflake();
    const token = `aW50ZXJhY3Rpb24.${id}.secret-token-of-this-interaction`;
    const base = interactionBase(id, token, doing);
    const held: HeldInteraction = {
      id,
      token,
      channelId: base.channel_id,
      source: message,
      sentAt: this.clock.now(),
      acknowledgedAt: null,
      kind: null,
      ephemeral: false,
      original: null,
      followUps: [],
      choices: null,
    };
    this.interactions.set(token, held);
    this.gateway.dispatch('INTERACTION_CREATE', {
      ...base,
      type: as === 2 && type === 3 ? 2 : as,
      data,
      ...(message === null ? {} : { message }),
    });
    return held;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const path = decodeURIComponent((request.url ?? '').replace(/^\/api\/v10/u, '').split('?')[0] ?? '');
    const method = request.method ?? 'GET';
    const body: unknown = text === '' ? null : JSON.parse(text);
    const requested: Requested = { method, path, body, at: this.clock.now() };
    this.requests.push(requested);
    const answer = this.#fault(`${method} ${path}`) ?? this.#checked(requested);
    const type = answer.body === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(answer.status, { ...type, ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  #checked(requested: Requested): RestAnswer {
    const { method, path, body } = requested;
    const wrong = body === null ? null : (this.#check?.(method, path, body) ?? null);
    if (wrong !== null) {
      this.violations.push(wrong);
      return { status: 400, body: { code: 50_035, message: 'Invalid Form Body' } };
    }
    return answerRest(this, requested);
  }

  #fault(line: string): RestAnswer | null {
    const fault = this.faults.find(({ on, times }) => times > 0 && on.test(line));
    if (fault === undefined) return null;
    fault.times -= 1;
    return fault.answer;
  }
}

/** Channels and roles that options name. */
function resolvedOf(options: readonly OptionValue[]): object {
  const all = options.flatMap((option) => [option, ...(option.options ?? [])]);
  const named = (type: number): [string, object][] =>
    all
      .filter((option) => option.type === type)
      .map(({ value }) => [String(value), { id: String(value), name: 'named', type: 0, permissions: '0' }]);
  const [channels, roles] = [named(7), named(8)];
  if (channels.length + roles.length === 0) return {};
  return { resolved: { channels: Object.fromEntries(channels), roles: Object.fromEntries(roles) } };
}
