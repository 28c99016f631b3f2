/** A day, month or year as people write it in a filter: `2019`, `2019-03`, `2019-03-05`, or a full ISO 8601 moment. */
const dayPattern = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

/**
 * The first moment of a day, month or year, in milliseconds since 1970 (UTC); null where it is none.
 * `after:2019` includes what was said at this moment and `before:2019` excludes it, so that both meet without a gap.
 */
export function startOfDate(text: string): number | null {
  const trimmed = text.trim();
  const parts = dayPattern.exec(trimmed);
  if (parts === null) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(trimmed)) return null;
    const instant = Date.parse(trimmed);
    return Number.isNaN(instant) ? null : instant;
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  // 2019-02-30 would roll over into March.
  return instant.getUTCMonth() === month - 1 && instant.getUTCDate() === day ? instant.getTime() : null;
}

/** The day of a moment, in UTC, as `startOfDate` reads it. */
export function formatDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
