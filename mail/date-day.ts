import { monthNumber } from './date-words.js';

/** A day of the Gregorian calendar, and what the text says besides it. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly rest: string;
}

type Groups = Readonly<Record<string, string | undefined>>;

const WORD = String.raw`\p{L}[\p{L}\p{M}]*`;

/** How a day is written, most telling look first. Each needs its own borders, so that `12:30.10.2019` is not torn. */
const LOOKS: readonly RegExp[] = [
  // 30 Jan 2019 · 30. Januar 2019 · 30-Jan-19 · 30 de enero de 2019 · 1er février 2019 · 30th of January, 2019
  new RegExp(
    String.raw`(?<!\d)(?<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|°)?[ -]?,? ?(?:de |of )?(?<month>${WORD})\.?,?[ -]?(?:de |del )?(?<year>\d{4}|\d{2,3}(?![\d:]))(?!\d)`,
    'iu',
  ),
  // January 30, 2019 · Jan. 5, 2024 · Jan 30 2019
  new RegExp(String.raw`(?<month>${WORD})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})(?!\d)`, 'iu'),
  // Tue Jun 05 2018 is above; asctime keeps the year behind the clock: Jun  5 20:08:32 [EST] 2018
  new RegExp(
    String.raw`(?<month>${WORD})\.? (?<day>\d{1,2}) (?<between>\d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?(?: [a-z]{1,5})?) (?<year>\d{4})(?!\d)`,
    'iu',
  ),
  // 2019-01-30 · 2019/1/30 · 2019.01.30 · 20251124T143156 · 2019年1月30日 · 2019년 1월 30일 · 2019. 1. 30.
  /(?<!\d)(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?!\d)T?/iu,
  /(?<!\d)(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})T(?=\d)/iu,
  /(?<year>\d{4})(?:年|년|\.) ?(?<month>\d{1,2})(?:月|월|\.) ?(?<day>\d{1,2})(?:日|일|\.)/u,
  // 30.01.2019 · 30. 1. 2019 (Czech) · 1/30/19 · 30-01-2019
  /(?<!\d)(?<first>\d{1,2})(?<mark>[-/]|\. ?)(?<second>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?![\d:])/u,
];

/** Finds the day that a text names; null where it names none that exists. */
export function calendarDay(text: string): CalendarDay | null {
  for (const look of LOOKS) {
    const match = look.exec(text);
    if (match === null) continue;
    const day = dayOf(match.groups ?? {});
    if (day === null) continue;
    const between = match.groups?.['between'] ?? '';
    const rest = `${text.slice(0, match.index)} ${between} ${text.slice(match.index + match[0].length)}`;
    return { ...day, rest };
  }
  return null;
}

function dayOf(groups: Groups): Omit<CalendarDay, 'rest'> | null {
  const year = fullYear(groups['year'] ?? '');
  const [month, day] = monthAndDay(groups);
  if (month === null || month < 1 || month > 12) return null;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day >= 1 && day <= lastDay ? { year, month, day } : null;
}

function monthAndDay(groups: Groups): [number | null, number] {
  const { first, second, month, day, mark } = groups;
  if (first === undefined || second === undefined) {
    const number = /^\d+$/u.test(month ?? '') ? Number(month) : monthNumber(month ?? '');
    return [number, Number(day)];
  }
  const monthFirst = mark === '/' ? Number(first) <= 12 : Number(second) > 12;
  return monthFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
}

/** RFC 5322, 4.3: two digits mean 1950 to 2049, three are years since 1900 (a clock that met the year 2000 badly). */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}
