/** Month names as mail programs write them, January to December; accents are folded before comparing. */
const MONTHS: readonly (readonly string[])[] = [
  // English, German, French, Spanish, Italian, Dutch, Portuguese, Polish (and genitive), Russian (genitive), Swedish, Danish, Finnish, Czech, Turkish
  'january januar jänner janvier enero gennaio januari janeiro stycznia styczen января январь tammikuuta ledna leden ocak',
  'february februar fevrier febrero febbraio februari fevereiro lutego luty февраля февраль helmikuuta unora unor subat',
  'march marz maerz mars marzo maart marco marca marzec марта март maaliskuuta brezna brezen mart',
  'april avril abril aprile kwietnia kwiecien апреля апрель huhtikuuta dubna duben nisan',
  'may mai mayo maggio mei maio maja maj мая май toukokuuta kvetna kveten mayis',
  'june juni juin junio giugno junho czerwca czerwiec июня июнь kesakuuta cervna cerven haziran',
  'july juli juillet julio luglio julho lipca lipiec июля июль heinakuuta cervence cervenec temmuz',
  'august aout agosto augustus augusti sierpnia sierpien августа август elokuuta srpna srpen agustos',
  'september septembre septiembre settembre setembro wrzesnia wrzesien сентября сентябрь syyskuuta zari eylul',
  'october oktober octobre octubre ottobre outubro pazdziernika pazdziernik октября октябрь lokakuuta rijna rijen ekim',
  'november novembre noviembre novembro listopada listopad ноября ноябрь marraskuuta kasim',
  'december dezember decembre diciembre dicembre dezembro grudnia grudzien декабря декабрь joulukuuta prosince prosinec aralik',
].map((names) => names.split(' '));

/** Abbreviations are the first three letters or more; these begin like two months, or are not a beginning. */
const SPECIAL: Readonly<Record<string, number>> = {
  mrz: 3,
  mrt: 3,
  ma: 3,
  jui: 7,
  sept: 9,
  set: 9,
  cze: 6,
  paz: 10,
  lis: 11,
};

const byName: ReadonlyMap<string, number> = new Map(namesAndBeginnings());

function* namesAndBeginnings(): Generator<[string, number]> {
  // Later entries win: beginnings first, whole names over them (`mart` is a month, `mar` a beginning of several).
  for (const length of [3, 4, 5]) {
    for (const [index, names] of [...MONTHS.entries()].reverse()) {
      for (const name of names) if (name.length > length) yield [folded(name).slice(0, length), index + 1];
    }
  }
  for (const [index, names] of MONTHS.entries()) for (const name of names) yield [folded(name), index + 1];
  yield* Object.entries(SPECIAL);
}

function folded(word: string): string {
  return word.toLowerCase().replace(/ı/gu, 'i').normalize('NFD').replace(/\p{M}/gu, '');
}

/** The number of a month (1 to 12) by its name or abbreviation in one of the languages that mail programs speak; null for other words. */
export function monthNumber(word: string): number | null {
  return byName.get(folded(word)) ?? null;
}
