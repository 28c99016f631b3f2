import { MessageType, type Message } from 'discord.js';
import type { AskRequest } from '../answer/question/request.js';
import { askArchive, showAnswer } from './asking.js';
import type { Bot } from './bot.js';
import { failurePayload, logFailure, Refusal } from './failures.js';
import { listsFor } from './guild-settings.js';
import { payload } from './payload.js';
import { requireMayAsk, settingsOf } from './permissions.js';
import { isQuestion, questionIn } from './question.js';
import { sendInReply, sendPrivately } from './sending.js';
import type { ShownAnswer } from './store.js';

/** Answers a message that mentions the bot, replies to one of its answers, or is written to it directly. Never throws. */
export async function answerMention(bot: Bot, message: Message): Promise<void> {
  const previous = addressed(bot, message);
  if (previous === 'not-to-me') return;
  const began = performance.now();
  try {
    mayAsk(bot, message);
    await answer(bot, message, previous);
  } catch (error) {
    logFailure(bot, error, 'mention');
    await tell(bot, message, error);
  } finally {
    bot.metrics.latency.observe({ kind: 'mention' }, (performance.now() - began) / 1000);
  }
}

/** The answer that a message to the bot follows, null where it begins anew; `not-to-me` for all other messages. */
function addressed(bot: Bot, message: Message): ShownAnswer | null | 'not-to-me' {
  const { author, client, channel, content, mentions, type, reference } = message;
  const me = client.user.id;
  const byPerson = !author.bot && message.webhookId === null && [MessageType.Default, MessageType.Reply].includes(type);
  if (!byPerson) return 'not-to-me';
  const replied = reference?.messageId === undefined ? null : bot.store.answerOfMessage(reference.messageId);
  const named = new RegExp(`<@!?${me}>`, 'u').test(content);
  // A reply mentions whom it replies to without a word of it in the text; only replies to answers are questions. Who switches the mention off talks to
  // others, and a question in it would come without its words: a hint below each remark on an answer would only be in the way.
  if (!named && message.guildId !== null && (replied === null || !mentions.users.has(me))) return 'not-to-me';
  const ownThread = channel.isThread() && channel.ownerId === me;
  return replied ?? (ownThread || message.guildId === null ? bot.store.lastAnswerIn(message.channelId) : null);
}

function mayAsk(bot: Bot, { author, channel, channelId, guildId, member }: Message): void {
  const parent = channel.isThread() ? channel.parentId : null;
  const roles = member === null ? [] : [...member.roles.cache.keys()];
  const permissions = member === null || channel.isDMBased() ? null : channel.permissionsFor(member);
  requireMayAsk(bot, guildId, parent === null ? [channelId] : [channelId, parent], {
    id: author.id,
    permissions,
    roles,
  });
}

async function answer(bot: Bot, message: Message, previous: ShownAnswer | null): Promise<void> {
  const question = questionIn(message.content);
  if (!isQuestion(question)) {
    const how = `Ask me in the same message: <@${message.client.user.id}> followed by your question, or use \`/ask\`.`;
    return void (await sendInReply(bot, message, () => payload({ content: how })));
  }
  if (message.channel.isSendable()) void message.channel.sendTyping().catch(() => undefined);
  const { guildId, channelId, author } = message;
  const lists = listsFor(settingsOf(bot, guildId), channelId);
  const request: AskRequest = {
    question,
    ...(lists.length === 0 ? {} : { lists }),
    ...(previous === null ? {} : handedOn(previous)),
  };
  const shown = await askArchive(bot, { guildId, channelId, askerId: author.id, request });
  const thread = guildId !== null && settingsOf(bot, guildId).threads ? question : null;
  const sent = await sendInReply(bot, message, (embeds) => showAnswer(bot, shown, { private: false, embeds }), thread);
  if (sent === null) return;
  bot.store.noteMessage(shown.key, sent.id);
  bot.store.noteChannel(shown.key, sent.channelId);
}

/** What a question after an answer may lean on; answers of earlier versions, and where somebody was forgotten, have but their own question. */
function handedOn({ request, answer }: ShownAnswer): Pick<AskRequest, 'topic' | 'afterQuestion'> {
  return answer.topic === undefined ? { afterQuestion: request.question } : { topic: answer.topic };
}

/** What is a person's own matter is said to them alone. */
async function tell(bot: Bot, message: Message, error: unknown): Promise<void> {
  const said = failurePayload(error);
  if (error instanceof Refusal && message.guildId !== null && (await sendPrivately(bot, message, said)) !== null)
    return;
  await sendInReply(bot, message, () => said);
}
