import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Answer } from '../answer/answer.js';
import type { AskRequest } from '../answer/question/request.js';
import { boardSchema, openBoard, type Board } from './reindex/board.js';
import { readGuildSettings, type GuildSettings } from './guild-settings.js';

/** An answer that was shown: what its buttons, replies to it and votes on it refer to. */
export interface ShownAnswer {
  readonly key: number;
  readonly guildId: string | null;
  readonly channelId: string;
  /** Who asked, by Discord's id. */
  readonly askerId: string;
  readonly request: AskRequest;
  readonly answer: Answer;
}

/** What people made of the answers to a question. */
export interface Feedback {
  readonly question: string;
  readonly at: number;
  readonly kind: Answer['kind'];
  readonly up: number;
  readonly down: number;
}

/** What the bot remembers, in `data/bot.sqlite`; all of it survives a restart and a new index. */
export interface BotStore {
  guildSettings(guildId: string): GuildSettings;
  setGuildSettings(guildId: string, settings: GuildSettings): void;
  addAnswer(answer: Omit<ShownAnswer, 'key'>, at: number): number;
  answer(key: number): ShownAnswer | null;
  /** Notes the Discord message that shows an answer. */
  noteMessage(key: number, messageId: string): void;
  /** Notes that an answer went to another channel than the question's: a thread of its own. */
  noteChannel(key: number, channelId: string): void;
  answerOfMessage(messageId: string): ShownAnswer | null;
  lastAnswerIn(channelId: string): ShownAnswer | null;
  /** One vote per person and answer; a later one takes the place of an earlier one. */
  vote(key: number, personId: string, vote: 1 | -1, at: number): void;
  feedback(limit: number): Feedback[];
  /** A short key for a Message-ID or other long reference: the same one each time. */
  keyOf(reference: string): number;
  reference(key: number): string | null;
  /** Where the bot's processes tell each other of a re-index. */
  readonly board: Board;
  registered(scope: string): string | null;
  setRegistered(scope: string, hash: string): void;
  /** Forgets a person's questions and votes. Returns how many answers and votes that were. */
  forgetPerson(personId: string): { readonly answers: number; readonly votes: number };
  /** Forgets answers that are older and got no vote, and what conversations were about before that. */
  forgetBefore(at: number): number;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS guild(id TEXT PRIMARY KEY, settings TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS answer(
    key INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, guild TEXT, channel TEXT NOT NULL, asker TEXT NOT NULL,
    request TEXT NOT NULL, answer TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS answer_channel ON answer(channel);
  CREATE TABLE IF NOT EXISTS shown(message TEXT PRIMARY KEY, answer INTEGER NOT NULL REFERENCES answer ON DELETE CASCADE) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS shown_answer ON shown(answer);
  CREATE TABLE IF NOT EXISTS vote(
    answer INTEGER NOT NULL REFERENCES answer ON DELETE CASCADE, person TEXT NOT NULL, vote INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(answer, person)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS reference(key INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS registered(scope TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
`;

interface AnswerRow {
  readonly key: number;
  readonly guild: string | null;
  readonly channel: string;
  readonly asker: string;
  readonly request: string;
  readonly answer: string;
}

export function botStorePath(dataDir: string): string {
  return join(dataDir, 'bot.sqlite');
}

/** Opens `bot.sqlite` in the data folder, made where it is not there. Several shards may have it open. */
export function openBotStore(dataDir: string): BotStore {
  mkdirSync(dataDir, { recursive: true });
  const db = new Database(botStorePath(dataDir), { timeout: 5_000 });
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  db.exec(schema + boardSchema);
  return { ...settingsIn(db), ...answersIn(db), ...keysIn(db), board: openBoard(db), close: () => db.close() };
}

function settingsIn(
  db: Database.Database,
): Pick<BotStore, 'guildSettings' | 'setGuildSettings' | 'registered' | 'setRegistered'> {
  const guild = db.prepare<[string], string>('SELECT settings FROM guild WHERE id = ?').pluck();
  const setGuild = db.prepare('INSERT OR REPLACE INTO guild VALUES (?, ?)');
  const registered = db.prepare<[string], string>('SELECT hash FROM registered WHERE scope = ?').pluck();
  const setRegistered = db.prepare('INSERT OR REPLACE INTO registered VALUES (?, ?)');
  return {
    guildSettings: (id) => readGuildSettings(guild.get(id) ?? null),
    setGuildSettings: (id, settings) => void setGuild.run(id, JSON.stringify(settings)),
    registered: (scope) => registered.get(scope) ?? null,
    setRegistered: (scope, hash) => void setRegistered.run(scope, hash),
  };
}

type Answers = Pick<
  BotStore,
  | 'addAnswer'
  | 'answer'
  | 'noteMessage'
  | 'noteChannel'
  | 'answerOfMessage'
  | 'lastAnswerIn'
  | 'vote'
  | 'feedback'
  | 'forgetPerson'
  | 'forgetBefore'
>;

function answersIn(db: Database.Database): Answers {
  const add = db.prepare('INSERT INTO answer(at, guild, channel, asker, request, answer) VALUES (?, ?, ?, ?, ?, ?)');
  const byKey = db.prepare<[number], AnswerRow>('SELECT * FROM answer WHERE key = ?');
  const byMessage = db.prepare<[string], AnswerRow>(
    'SELECT answer.* FROM shown JOIN answer ON answer.key = shown.answer WHERE shown.message = ?',
  );
  const last = db.prepare<[string], AnswerRow>('SELECT * FROM answer WHERE channel = ? ORDER BY key DESC LIMIT 1');
  const note = db.prepare('INSERT OR REPLACE INTO shown VALUES (?, ?)');
  const move = db.prepare('UPDATE answer SET channel = ? WHERE key = ?');
  const vote = db.prepare('INSERT OR REPLACE INTO vote VALUES (?, ?, ?, ?)');
  const feedback = db.prepare<[number], Feedback>(
    `SELECT request ->> 'question' AS question, answer.at AS at, answer.answer ->> 'kind' AS kind, sum(vote = 1) AS up, sum(vote = -1) AS down
     FROM vote JOIN answer ON answer.key = vote.answer GROUP BY answer.key ORDER BY max(vote.at) DESC LIMIT ?`,
  );
  // Later questions carry what their conversation was about, in the words of whoever began it, which nothing tells by now: it may have been in
  // another channel, or be forgotten. So all of those before some moment lose it: a reply to them has only their own question to lean on.
  const forgetTopics = db.prepare<[number]>(
    `UPDATE answer SET request = json_remove(request, '$.topic', '$.afterQuestion'), answer = json_remove(answer, '$.topic')
     WHERE at < ? AND (request ->> '$.topic' IS NOT NULL OR request ->> '$.afterQuestion' IS NOT NULL)`,
  );
  const forgetVotes = db.prepare('DELETE FROM vote WHERE person = ?');
  const forgetAnswers = db.prepare('DELETE FROM answer WHERE asker = ?');
  const forgetOld = db.prepare('DELETE FROM answer WHERE at < ? AND key NOT IN (SELECT answer FROM vote)');
  return {
    addAnswer({ guildId, channelId, askerId, request, answer }, at) {
      const texts = [JSON.stringify(request), JSON.stringify(answer)];
      return Number(add.run(at, guildId, channelId, askerId, ...texts).lastInsertRowid);
    },
    answer: (key) => shown(byKey.get(key)),
    noteMessage: (key, messageId) => void note.run(messageId, key),
    noteChannel: (key, channelId) => void move.run(channelId, key),
    answerOfMessage: (messageId) => shown(byMessage.get(messageId)),
    lastAnswerIn: (channelId) => shown(last.get(channelId)),
    vote: (key, personId, value, at) => void vote.run(key, personId, value, at),
    feedback: (limit) => feedback.all(limit),
    forgetPerson: db.transaction((personId: string) => {
      forgetTopics.run(Number.MAX_SAFE_INTEGER);
      return { votes: forgetVotes.run(personId).changes, answers: forgetAnswers.run(personId).changes };
    }),
    forgetBefore: db.transaction((at: number) => {
      forgetTopics.run(at);
      return forgetOld.run(at).changes;
    }),
  };
}

function shown(row: AnswerRow | undefined): ShownAnswer | null {
  if (row === undefined) return null;
  const { key, guild, channel, asker, request, answer } = row;
  return {
    key,
    guildId: guild,
    channelId: channel,
    askerId: asker,
    request: JSON.parse(request) as AskRequest,
    answer: JSON.parse(answer) as Answer,
  };
}

function keysIn(db: Database.Database): Pick<BotStore, 'keyOf' | 'reference'> {
  const find = db.prepare<[string], number>('SELECT key FROM reference WHERE text = ?').pluck();
  const make = db.prepare('INSERT OR IGNORE INTO reference(text) VALUES (?)');
  const text = db.prepare<[number], string>('SELECT text FROM reference WHERE key = ?').pluck();
  return {
    keyOf(reference) {
      const known = find.get(reference);
      if (known !== undefined) return known;
      make.run(reference);
      return find.get(reference) ?? 0;
    },
    reference: (key) => text.get(key) ?? null,
  };
}
