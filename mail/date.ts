import { clockTime, zoneOffset } from './date-clock.js';
import { calendarDay } from './date-day.js';

/** A moment as a message gives it. */
export interface MailDate {
  /** Milliseconds since 1970-01-01T00:00:00Z. Where the text names no zone, the wall clock is read as UTC. */
  readonly instant: number;
  /** Minutes east of UTC; null where the text names no zone. */
  readonly offset: number | null;
}

const MINUTE = 60_000;
/** No date is longer; what stands behind this is not read, so that hostile headers cost nothing. */
const MAX_LENGTH = 160;
/** Mail is not older than this, and clocks that say otherwise are wrong (years 0, 1904, 1970, 9999). */
const FIRST_YEAR = 1971;
const LAST_YEAR = 2100;

/**
 * Reads a date in any look that headers, archive pages and attribution lines have: RFC 5322 with its obsolete zones,
 * ISO 8601 with and without punctuation, asctime, Patchwork (`Jan. 5, 2024, noon`), numeric and localised looks.
 * Slashes are read month first (`1/30/19`), dots day first (`30.1.2019`), unless only the other way makes a day.
 * Null where there is no date, or none that mail can have (before 1971, after 2100, 30 February, 25 o'clock).
 */
export function parseMailDate(text: string): MailDate | null {
  const plain = text
    .slice(0, MAX_LENGTH)
    .normalize('NFKC')
    .replace(/[\s\u200e\u200f]+/gu, ' ')
    .trim();
  const day = calendarDay(plain);
  if (day === null || day.year < FIRST_YEAR || day.year > LAST_YEAR) return null;
  const time = clockTime(day.rest);
  if (time === null) return null;
  const offset = zoneOffset(time.rest);
  const wallClock = Date.UTC(day.year, day.month - 1, day.day, time.hour, time.minute, time.second);
  return { instant: wallClock - (offset ?? 0) * MINUTE, offset };
}

/** ISO 8601 in UTC, to the second: `2019-01-31T05:44:46Z`. */
export function formatIso(date: MailDate): string {
  return `${isoSeconds(date.instant)}Z`;
}

/** ISO 8601 on the writer's own clock: `2019-01-30T21:44:46-08:00`; in UTC where the zone is not known. */
export function formatIsoLocal(date: MailDate): string {
  if (date.offset === null || date.offset === 0) return formatIso(date);
  const distance = Math.abs(date.offset);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const zone = `${date.offset < 0 ? '-' : '+'}${pad(Math.floor(distance / 60))}:${pad(distance % 60)}`;
  return `${isoSeconds(date.instant + date.offset * MINUTE)}${zone}`;
}

function isoSeconds(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}

/** The minute that a moment falls in, counted since 1970. */
export function minuteOf(date: MailDate): number {
  return Math.floor(date.instant / MINUTE);
}

/**
 * Whether two dates can be the same moment, give or take `toleranceMinutes`. Where either names no zone, they may also
 * differ by what zones differ by: a multiple of 15 minutes up to 14 hours (one side unknown) or 26 (both).
 */
export function withinZoneDoubt(a: MailDate, b: MailDate, toleranceMinutes: number): boolean {
  const apart = Math.abs(a.instant - b.instant) / MINUTE;
  if (apart <= toleranceMinutes) return true;
  const unknown = Number(a.offset === null) + Number(b.offset === null);
  const reach = [0, 14 * 60, 26 * 60][unknown] ?? 0;
  const beyondZone = Math.abs(apart - Math.round(apart / 15) * 15);
  return unknown > 0 && apart <= reach + toleranceMinutes && beyondZone <= toleranceMinutes;
}
