/** Verbs that end an attribution line, as mail programs and people write them. Matched with the colon that follows. */
export const SAYING_VERBS: readonly string[] = [
  'wrote',
  'writes',
  'said',
  'says',
  'typed',
  'scribbled',
  'spake',
  'asked',
  'hath wroth',
  'composed on',
  'schrieb',
  'schreibt',
  'geschrieben',
  'a écrit',
  'a ecrit',
  'a ?crit',
  'écrivait',
  'écrit',
  'escribió',
  'escribi?',
  'escribio',
  'escribía',
  'va escriure',
  'ha scritto',
  'scrive',
  'schreef',
  'het volgende geschreven',
  'escreveu',
  'napisał',
  'napisał(a)',
  'napisała',
  'napisał(-a)',
  'pisze',
  'написал',
  'написала',
  'написал(а)',
  'пишет',
  'пише',
  'skrev',
  'skriver',
  'kirjoitti',
  'napsal',
  'napsal(a)',
  'napsala',
  'napísal',
  'napísal(a)',
  'yazdı',
  'şunu yazdı',
  'írta',
  'ezt írta',
  'έγραψε',
  'a scris',
  'je napisao',
  'je napisao/la',
  'rašė',
  'kirjutas',
  'щось написав',
  '写道',
  '寫道',
  '写到',
  'さんは書きました',
  'さんが書きました',
  'のメール',
  '님이 작성',
  '작성',
];

/** Words that open an attribution line before the date. */
export const OPENERS: readonly string[] = [
  'On',
  'Am',
  'Le',
  'El',
  'Il',
  'Il giorno',
  'Op',
  'Em',
  'Den',
  'Dne',
  'Dňa',
  'W dniu',
  'Dnia',
  'El dia',
  'El día',
  'Il dì',
  'På',
  'Pe',
  'În',
  'ons',
  '在',
  '于',
  '於',
  'Quoting',
  'Zitat von',
  'Citando a',
  'Missatge de',
  'Kontakt',
  'Στις',
  'На',
  'Vào',
  'Pada',
  'V',
  'Also sprach',
  'Thus spake',
  'Thus spoke',
  'Excerpts from',
  'Message from',
  'Once upon a time',
  'At',
];

/** Words that only ever stand inside a date (weekdays and months are looked up by their first letters). */
const DATE_WORDS = new Set(
  (
    'at on um à a am pm a.m p.m a.m. p.m. de del di do da le the of den klo kl o kello las alle ore uhr heures h utc gmt z est edt cst cdt mst mdt pst pdt cet cest bst msk ist jst ' +
    '?s st nd rd th г год года roku vers às em um. god. om och i'
  ).split(' '),
);

const DAYS_AND_MONTHS =
  /^(?:wo|vr|za|zo|ma|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mo|di|mi|do|fr|sa|so|mär|mai|okt|dez|lun|mer|jeu|ven|sam|dim|fév|avr|juin|juil|aoû|déc|mié|mie|jue|vie|sáb|sab|dom|ene|abr|ago|dic|mar|gio|gen|mag|giu|lug|set|ott|maa|din|woe|don|vri|zat|zon|mrt|mei|seg|ter|qua|qui|sex|fev|out|pon|wt|śr|czw|pt|nd|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru|пн|вт|ср|чт|пт|сб|вс|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|mån|tis|ons|tor|fre|lör|sön|lør|søn|man|po|út|st|čt|pá|so|ne|周|星期|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|tammi|helmi|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|tues|thur|sept|sett|magg|lugl|genn|janv|févr|fevr|avri|juin|juil|août|aout|mars|märz|juni|abri|март|нояб|февр|сент|июня|июля)$/iu;

const FULL_DAY_OR_MONTH =
  /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?$|^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/iu;

/** Endings that tell a day's or month's long name from a person's: `Montag`, `Dienstag`, `lundi`, `martes`, `janvier`, `Dezember`. */
const LONG_NAMES =
  /^(?:\p{L}+tag|mittwoch|sonnabend|\p{L}+di|lunes|martes|miércoles|miercoles|jueves|viernes|sábado|domingo|\p{L}+-feira|\p{L}+dag|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|januari|februari|maart|mei|augustus|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|sobota|niedziela|poniedziałek|wtorek|środa|czwartek|piątek|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|января|февраля|марта|апреля|июня|июля|августа|сентября|октября|ноября|декабря)$/iu;

/** Whether one blank-free piece of an attribution line can belong to its date (`Wed,` `30` `8:17` `+0100` `Uhr`). */
export function isDatePiece(piece: string): boolean {
  const bare = piece.replace(/^[([于在於]+|[\])}.,;:]+$/g, '');
  if (bare === '' || piece === 'v') return true;
  if (/^(?:GMT|UTC)[-+]\d[\d:]*$|^\d{1,2}-\p{L}{3}-\d{2,4}$/u.test(bare)) return true;
  if (/^[-+]?\d/.test(bare))
    return (
      /^[-+]?\d[\d:./\-hT+Zz年月日時时点分秒]*(?:st|nd|rd|th|am|pm|[(（]\p{L}{1,3}[)）])?$/iu.test(bare) ||
      /^\d+年/.test(bare)
    );
  if (/^(?:上午|下午|午前|午後|周|星期)/.test(bare)) return true;
  const lower = bare.toLowerCase();
  if (DATE_WORDS.has(lower) || FULL_DAY_OR_MONTH.test(bare) || LONG_NAMES.test(bare)) return true;
  return DAYS_AND_MONTHS.test(bare);
}
