/** Keeps one person from asking too fast. */
export interface Cooldown {
  /** Null: may ask, and has just done so. Else the moment from which they may ask again, ms since 1970. */
  take(personId: string, seconds: number): number | null;
}

/** So many people are remembered; more can hardly ask within an hour. */
const most = 10_000;

export function openCooldown(now: () => number): Cooldown {
  const until = new Map<string, number>();
  return {
    take(personId, seconds) {
      const at = now();
      const free = until.get(personId) ?? 0;
      if (free > at) return free;
      until.delete(personId);
      if (until.size >= most) for (const [id, end] of until) if (end <= at) until.delete(id);
      if (seconds > 0 && until.size < most) until.set(personId, at + seconds * 1000);
      return null;
    },
  };
}
