import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType as Type,
  ApplicationIntegrationType,
  InteractionContextType as Context,
  PermissionFlagsBits,
  type APIApplicationCommandBasicOption,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { citationFormats } from '../answer/citation-format.js';
import { german, type Translation } from './definitions-de.js';

type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** Names and descriptions of one command or option in every language but English. One more language: one more file like `definitions-de.ts`, named here. */
const translations: Readonly<Record<string, Translation>> = { de: german };

function localised(path: string): {
  name_localizations: Record<string, string>;
  description_localizations: Record<string, string>;
} {
  const names: Record<string, string> = {};
  const descriptions: Record<string, string> = {};
  for (const [locale, translation] of Object.entries(translations)) {
    const [name, description] = translation[path] ?? [null, null];
    if (name !== null) names[locale] = name;
    if (description !== null) descriptions[locale] = description;
  }
  return { name_localizations: names, description_localizations: descriptions };
}

const everywhere = [Context.Guild, Context.BotDM];
const managers = PermissionFlagsBits.ManageGuild.toString();
const installed = [ApplicationIntegrationType.GuildInstall];

function text(path: string, description: string, more: { required?: boolean; autocomplete?: boolean } = {}) {
  const name = path.split('.').at(-1) ?? path;
  return { type: Option.String as const, name, description, ...localised(path), ...more };
}

function flag(path: string, description: string) {
  const name = path.split('.').at(-1) ?? path;
  return { type: Option.Boolean as const, name, description, ...localised(path) };
}

function command(
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
  admins = false,
): Definition {
  return {
    type: Type.ChatInput,
    name,
    description,
    ...localised(name),
    options,
    contexts: admins ? [Context.Guild] : everywhere,
    integration_types: installed,
    ...(admins ? { default_member_permissions: managers } : {}),
  };
}

const ask = command('ask', 'Ask the mailing-list archive', [
  text('ask.question', 'What you want to know', { required: true }),
  text('ask.list', 'Only in this list', { autocomplete: true }),
  text('ask.author', 'Only what this person said', { autocomplete: true }),
  text('ask.after', 'Only from this day, month or year on: 2019, 2019-03 or 2019-03-05'),
  text('ask.before', 'Only before this day, month or year'),
  flag('ask.private', 'Show the answer to you alone'),
]);

const cite = command('cite', 'Give the reference to a message', [
  text('cite.reference', 'A Message-ID, a link to an archive, or words of subject and author', {
    required: true,
    autocomplete: true,
  }),
  {
    type: Option.String,
    name: 'format',
    description: 'How to write it',
    ...localised('cite.format'),
    choices: citationFormats.map((format) => ({ name: format, value: format })),
  },
  flag('cite.private', 'Show it to you alone'),
]);

const thread = command('thread', 'Show the replies around a message', [
  text('thread.message', 'A Message-ID, a link to an archive, or words of subject and author', {
    required: true,
    autocomplete: true,
  }),
  flag('thread.private', 'Show it to you alone'),
]);

const archive = command('archive', 'Say what the archive holds, and how fresh it is');

const reindex = command(
  'reindex',
  'Read the archive’s sources again (admins)',
  [
    text('reindex.source', 'Only this source', { autocomplete: true }),
    flag('reindex.full', 'Also rebuild threads, passages and index from scratch'),
  ],
  true,
);

const settings: Definition = {
  ...command('settings', 'How this bot works in this server (admins)', [], true),
  type: Type.ChatInput,
  description: 'How this bot works in this server (admins)',
  options: [
    sub('settings.show', 'Show the settings'),
    sub('settings.channel', 'Let a channel ask, or no longer; without any, all channels may', [
      { type: Option.Channel, name: 'channel', description: 'The channel', required: true, ...localised('channel') },
      { ...flag('settings.channel.allow', 'Whether it may ask'), required: true },
    ]),
    sub('settings.lists', 'Lists that are searched unless a question names others', [
      text('settings.lists.lists', 'Names with commas between them; leave it out for all lists', {
        autocomplete: true,
      }),
      { type: Option.Channel, name: 'channel', description: 'For this channel alone', ...localised('channel') },
    ]),
    sub('settings.admins', 'A role that may change settings and re-index, besides Manage Server', [
      { type: Option.Role, name: 'role', description: 'Leave it out for none', ...localised('role') },
    ]),
    sub('settings.answers', 'How answers are shown', [
      flag('settings.answers.private', 'To the asker alone, unless they say otherwise'),
      flag('settings.answers.threads', 'Mentions are answered in a thread of their own'),
    ]),
    sub('settings.cooldown', 'How long a person waits between two questions', [
      {
        type: Option.Integer,
        name: 'seconds',
        description: 'Seconds',
        min_value: 0,
        max_value: 3600,
        required: true,
        ...localised('seconds'),
      },
    ]),
    sub('settings.reset', 'Back to how it was at first'),
  ],
};

function sub(path: string, description: string, options: APIApplicationCommandBasicOption[] = []) {
  const name = path.split('.').at(-1) ?? path;
  return { type: Option.Subcommand as const, name, description, ...localised(path), options };
}

export const contextCommandName = 'Ask the archive';

const askAbout: Definition = {
  type: Type.Message,
  name: contextCommandName,
  name_localizations: localised(contextCommandName).name_localizations,
  contexts: everywhere,
  integration_types: installed,
};

/** Every command, as Discord is told of it. */
export const definitions: readonly Definition[] = [ask, cite, thread, archive, reindex, settings, askAbout];
