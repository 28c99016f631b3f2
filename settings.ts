import { join } from 'node:path';
import { config } from 'dotenv';
import envPaths from 'env-paths';
import { z } from 'zod';
import type { EmbedderConfig } from './index/embedder.js';
import type { ModelSource } from './index/model-files.js';
import type { OpenOptions } from './index/store.js';

/** An empty variable counts as one that is not set: `.env` files list names without values. */
const text = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());
const flag = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z
    .enum(['true', 'false', '1', '0', 'yes', 'no'])
    .transform((value) => ['true', '1', 'yes'].includes(value))
    .optional(),
);
const count = (least: number, most: number): z.ZodType<number | undefined> =>
  z.preprocess((value) => (value === '' ? undefined : value), z.coerce.number().int().min(least).max(most).optional());
const url = z.preprocess((value) => (value === '' ? undefined : value), z.url({ protocol: /^https?$/ }).optional());
const oneOf = <const T extends readonly [string, ...string[]]>(names: T): z.ZodType<T[number] | undefined> =>
  z.preprocess((value) => (value === '' ? undefined : value), z.enum(names).optional()) as z.ZodType<
    T[number] | undefined
  >;

const environment = z.object({
  THREADLORE_DATA: text,
  THREADLORE_WORKERS: count(1, 64),
  EMBEDDING_MODEL: text,
  EMBEDDING_PATH: text,
  EMBEDDING_CACHE: text,
  EMBEDDING_POOLING: oneOf(['cls', 'mean', 'none']),
  EMBEDDING_QUERY_PREFIX: text,
  EMBEDDING_PASSAGE_PREFIX: text,
  EMBEDDING_DIMENSIONS: count(8, 8192),
  EMBEDDING_QUANTIZED: flag,
  RERANK_MODEL: text,
  RERANK_PATH: text,
  RERANK_QUANTIZED: flag,
  CONTACT: text,
  ALLOW_PRIVATE_NETWORKS: flag,
  DISCORD_TOKEN: text,
  DISCORD_APPLICATION_ID: text,
  DISCORD_GUILD_ID: text,
  DISCORD_API_URL: url,
  HEALTH_PORT: count(0, 65535),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  NO_COLOR: z.string().optional(),
});

/** What the environment and `.env` set. Parts that are null have not been set. */
export interface Settings {
  /** The folder that holds the index. */
  readonly dataDir: string;
  /** Worker threads of an ingest; null: as many as the machine has cores to spare. */
  readonly workers: number | null;
  /** Null: the bundled model. */
  readonly embedding: EmbedderConfig | null;
  /** A cross-encoder that orders the best hits anew; null: none. */
  readonly crossEncoder: ModelSource | null;
  /** Whom an archive's keepers can write to about this program's requests: a mail address or URL. */
  readonly contact: string | null;
  /** Whether URLs may lead into private networks (loopback, 10.0.0.0/8 …). */
  readonly allowPrivateNetworks: boolean;
  readonly discord: {
    readonly token: string | null;
    readonly applicationId: string | null;
    readonly guildId: string | null;
    /** Discord's REST interface without its version, where it is not https://discord.com/api: a proxy, or a stand-in for tests. */
    readonly apiUrl: string | null;
  };
  /** The loopback port of the bot's /healthz and /metrics; null: none. */
  readonly healthPort: number | null;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** https://no-color.org: set and not empty. */
  readonly noColor: boolean;
}

/** The models that an index is opened with. */
export type Models = Pick<OpenOptions, 'embedder' | 'crossEncoder'>;

export function modelsOf({ embedding, crossEncoder }: Pick<Settings, 'embedding' | 'crossEncoder'>): Models {
  return {
    ...(embedding === null ? {} : { embedder: embedding }),
    ...(crossEncoder === null ? {} : { crossEncoder }),
  };
}

/** A variable has a value that cannot be used. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

export const defaultDataDir = './data';

/**
 * Reads the environment, and `.env` in the working folder for what the environment leaves out. Throws `SettingsError` naming the variable, its
 * value's fault and how to mend it. Values are never part of the message: one of them is a token.
 */
export function loadSettings(variables: NodeJS.ProcessEnv = environmentWithFile()): Settings {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new SettingsError(
      `cannot use the settings (${faults.join('; ')}): correct them in the environment or in .env`,
    );
  }
  const values = parsed.data;
  return {
    dataDir: values.THREADLORE_DATA ?? defaultDataDir,
    workers: values.THREADLORE_WORKERS ?? null,
    embedding: embeddingOf(values),
    crossEncoder: crossEncoderOf(values),
    contact: values.CONTACT ?? null,
    allowPrivateNetworks: values.ALLOW_PRIVATE_NETWORKS ?? false,
    discord: {
      token: values.DISCORD_TOKEN ?? null,
      applicationId: values.DISCORD_APPLICATION_ID ?? null,
      guildId: values.DISCORD_GUILD_ID ?? null,
      apiUrl: values.DISCORD_API_URL ?? null,
    },
    healthPort: values.HEALTH_PORT ?? null,
    logLevel: values.LOG_LEVEL ?? 'info',
    noColor: (values.NO_COLOR ?? '') !== '',
  };
}

function environmentWithFile(): NodeJS.ProcessEnv {
  config({ quiet: true });
  return process.env;
}

type Values = z.infer<typeof environment>;

function embeddingOf(values: Values): EmbedderConfig | null {
  if (values.EMBEDDING_MODEL === undefined) return null;
  return {
    ...sourceOf(values, values.EMBEDDING_MODEL, values.EMBEDDING_PATH, values.EMBEDDING_QUANTIZED),
    pooling: values.EMBEDDING_POOLING ?? 'mean',
    queryPrefix: values.EMBEDDING_QUERY_PREFIX ?? '',
    passagePrefix: values.EMBEDDING_PASSAGE_PREFIX ?? '',
    ...(values.EMBEDDING_DIMENSIONS === undefined ? {} : { dimensions: values.EMBEDDING_DIMENSIONS }),
  };
}

function crossEncoderOf(values: Values): ModelSource | null {
  if (values.RERANK_MODEL === undefined) return null;
  return sourceOf(values, values.RERANK_MODEL, values.RERANK_PATH, values.RERANK_QUANTIZED);
}

/** Models are kept where the operating system keeps caches, unless a folder is named: the package's own folder goes with each installation. */
function sourceOf(
  values: Values,
  model: string,
  path: string | undefined,
  quantized: boolean | undefined,
): ModelSource {
  const cacheDir = values.EMBEDDING_CACHE ?? join(envPaths('threadlore', { suffix: '' }).cache, 'models');
  return { model, quantized: quantized ?? true, cacheDir, ...(path === undefined ? {} : { localPath: path }) };
}
