import { archiveCommand } from './archive.js';
import { askCommand } from './ask.js';
import { citeCommand } from './cite.js';
import type { SlashCommand } from './command.js';
import { reindexCommand } from './reindex.js';
import { settingsCommand } from './settings.js';
import { threadCommand } from './thread.js';

const all = [askCommand, citeCommand, threadCommand, archiveCommand, reindexCommand, settingsCommand];

/** Every slash command, by name. */
export const commands: ReadonlyMap<string, SlashCommand> = new Map(all.map((command) => [command.name, command]));
