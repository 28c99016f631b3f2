import type { Command } from 'commander';
import { loadSettings, type Settings } from '../settings.js';
import type { HttpOptions } from '../ingest/live/http.js';
import type { Streams } from './streams.js';
import { lookOf, type Look } from './terminal.js';

/** What every command works with. */
export interface Context {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly streams: Streams;
  /** How the terminal that results go to wants them. */
  readonly look: Look;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What a command needs of the world: made once in `main.ts`, and by tests. */
export interface World {
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** How long a command may take to end after an interrupt; 3 s unless it sets more. */
  patienceMs?: number;
}

/** The context of one run: the options before and after the command's name, then the environment. */
export function contextOf(world: World, command: Command): Context {
  const settings = loadSettings();
  const { data } = command.optsWithGlobals<{ data?: string }>();
  return {
    settings,
    dataDir: data ?? settings.dataDir,
    streams: world.streams,
    look: lookOf(world.streams.out, settings.noColor),
    signal: world.signal,
  };
}

/** How servers are asked, as the settings say. */
export function httpOptionsOf({ contact, allowPrivateNetworks }: Settings): HttpOptions {
  return { contact, allowPrivate: allowPrivateNetworks };
}
