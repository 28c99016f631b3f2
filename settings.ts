import { config } from 'dotenv';
import { z } from 'zod';

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
  readonly embedding: EmbeddingSettings | null;
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

/** An embedding model other than the bundled one; of the shape that `openEmbedder` takes. */
export interface EmbeddingSettings {
  readonly model: string;
  readonly pooling: 'cls' | 'mean' | 'none';
  readonly queryPrefix: string;
  readonly passagePrefix: string;
  readonly dimensions?: number;
  readonly quantized: boolean;
  readonly localPath?: string;
  readonly cacheDir?: string;
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

function embeddingOf(values: z.infer<typeof environment>): EmbeddingSettings | null {
  if (values.EMBEDDING_MODEL === undefined) return null;
  return {
    model: values.EMBEDDING_MODEL,
    pooling: values.EMBEDDING_POOLING ?? 'mean',
    queryPrefix: values.EMBEDDING_QUERY_PREFIX ?? '',
    passagePrefix: values.EMBEDDING_PASSAGE_PREFIX ?? '',
    quantized: values.EMBEDDING_QUANTIZED ?? true,
    ...(values.EMBEDDING_DIMENSIONS === undefined ? {} : { dimensions: values.EMBEDDING_DIMENSIONS }),
    ...(values.EMBEDDING_PATH === undefined ? {} : { localPath: values.EMBEDDING_PATH }),
    ...(values.EMBEDDING_CACHE === undefined ? {} : { cacheDir: values.EMBEDDING_CACHE }),
  };
}
