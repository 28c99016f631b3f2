/** A time of day, and what the text says besides it. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** What stands behind the clock: where the zone is. */
  readonly rest: string;
}

const MORNING = String.raw`a\.? ?m\b\.?|上午|午前|오전`;
const EVENING = String.raw`p\.? ?m\b\.?|下午|午後|오후`;

/** 20:08:32 · 8:17 PM · 下午8:17 · 20.17 · 20h17 · 4 p.m. · 143156 (hypermail's compact ISO) */
const CLOCK = new RegExp(
  String.raw`(?:(?<before>上午|午前|오전|下午|午後|오후) ?)?(?<![\d+-])(?:(?<hour>\d{1,2})(?: ?[:.h] ?(?<minute>\d{2})(?:[:.](?<second>\d{2}))?(?:[.,]\d{1,9})?(?!\d) ?(?<half>${MORNING}|${EVENING})?|(?<bare> ?(?:${MORNING}|${EVENING})))|(?<compact>\d{6})(?!\d))`,
  'iu',
);

/** Zones by name, in minutes east of UTC. RFC 5322, 4.3, and those that occur; ambiguous ones (IST, AST, CST in China) are left out or read as RFC 5322 says. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  bst: 60,
  west: 60,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  msd: 240,
  trt: 180,
  jst: 540,
  kst: 540,
  hkt: 480,
  aest: 600,
  aedt: 660,
  acst: 570,
  awst: 480,
  nzst: 720,
  nzdt: 780,
};

/** The time of day in a text without its day; midnight where it names none, null where it names one that no clock shows. */
export function clockTime(text: string): ClockTime | null {
  const match = CLOCK.exec(text);
  if (match === null) return wordedTime(text);
  const { before, half, bare, compact } = match.groups ?? {};
  const parts = compact === undefined ? match.groups : /(?<hour>..)(?<minute>..)(?<second>..)/u.exec(compact)?.groups;
  const hour = twelveHours(Number(parts?.['hour']), before ?? half ?? bare ?? '');
  const minute = Number(parts?.['minute'] ?? 0);
  // A leap second has no place in a count of milliseconds.
  const second = Math.min(Number(parts?.['second'] ?? 0), 59);
  if (hour > 24 || minute > 59) return null;
  return { hour, minute, second, rest: text.slice(match.index + match[0].length) };
}

function wordedTime(text: string): ClockTime {
  const word = /\b(?:noon|midnight)\b/iu.exec(text);
  const rest = word === null ? text : text.slice(word.index + word[0].length);
  return { hour: word?.[0].toLowerCase() === 'noon' ? 12 : 0, minute: 0, second: 0, rest };
}

function twelveHours(hour: number, half: string): number {
  if (half.trim() === '') return hour;
  if (hour > 12) return hour;
  const evening = /^(?:p|下午|午後|오후)/iu.test(half.trim());
  return (hour % 12) + (evening ? 12 : 0);
}

/**
 * The zone named in what stands behind the clock, in minutes east of UTC; null where it names none. Numbers win over
 * names (`+0100 (CET)`), and offsets that no place has are passed over.
 */
export function zoneOffset(text: string): number | null {
  const numeric = /(?<![\d])(?<sign>[+-]|\u2212)(?<hours>\d{1,2}):?(?<minutes>\d{2})?(?!\d)/u.exec(text);
  if (numeric !== null) {
    const { sign, hours, minutes } = numeric.groups ?? {};
    const distance = Number(hours) * 60 + Number(minutes ?? 0);
    if (distance <= 14 * 60) return distance === 0 ? 0 : sign === '+' ? distance : -distance;
  }
  for (const [word] of text.matchAll(/(?<![\p{L}])[a-z]{1,5}(?![\p{L}])/giu)) {
    const offset = ZONES[word.toLowerCase()];
    if (offset !== undefined) return offset;
  }
  return null;
}
