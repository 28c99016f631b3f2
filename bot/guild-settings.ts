import { z } from 'zod';

const snowflake = z.string().regex(/^\d{1,20}$/u);

const stored = z.object({
  /** Channels that may ask; empty: all. */
  channels: z.array(snowflake).default([]),
  /** Lists that are searched unless a question names others; empty: all. */
  lists: z.array(z.string()).default([]),
  /** The same for one channel. */
  channelLists: z.record(snowflake, z.array(z.string())).default({}),
  /** Besides people who may manage the server. */
  adminRole: snowflake.nullable().default(null),
  /** Answers are shown to the asker alone unless they say otherwise. */
  private: z.boolean().default(false),
  /** Questions in a channel are answered in a thread of their own. */
  threads: z.boolean().default(false),
  /** Seconds between two questions of one person. */
  cooldown: z.number().int().min(0).max(3600).default(5),
});

/** What a server's admins have set. */
export type GuildSettings = z.infer<typeof stored>;

export const usualSettings: GuildSettings = stored.parse({});

/** Reads stored settings; parts that cannot be read (written by another version) are as usual. */
export function readGuildSettings(json: string | null): GuildSettings {
  if (json === null) return usualSettings;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return usualSettings;
  }
  const parsed = stored.safeParse(value);
  if (parsed.success) return parsed.data;
  const broken = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  const sound = Object.fromEntries(Object.entries(value ?? {}).filter(([name]) => !broken.has(name)));
  return { ...usualSettings, ...stored.parse(sound) };
}

/** Lists that a question in a channel is about unless it says otherwise. */
export function listsFor({ lists, channelLists }: GuildSettings, channelId: string): readonly string[] {
  return channelLists[channelId] ?? lists;
}
