/** What a line of a quoted header block gives. */
export type HeaderField = 'from' | 'date' | 'to' | 'subject' | 'other';

const FIELDS: Readonly<Record<HeaderField, string>> = {
  from: 'From|Von|De|Da|Van|Från|Fra|Od|Lähettäjä|От|От кого|发件人|寄件者|差出人|보낸 사람|Kimden|Feladó|Odesílatel|Από|De la',
  date: 'Sent|Date|Sent at|Date Sent|Gesendet|Gesendet am|Datum|Envoyé|Envoyé le|Enviado|Enviado el|Enviada em|Enviado em|Fecha|Data|Inviato|Verzonden|Skickat|Sendt|Dato|Wysłano|Lähetetty|Päivämäärä|Отправлено|Дата|发送时间|日期|送信日時|日付|보낸 날짜|Gönderildi|Tarih|Küldve|Odesláno|Received',
  to: 'To|An|À|A|Para|Aan|Till|Til|Do|Vastaanottaja|Кому|收件人|宛先|받는 사람|Kime|Címzett|Komu|Cc|CC|Bcc|Kopie|Copie à|Kopia|Kopi|Копия|抄送|Bilgi|DW|UDW',
  subject:
    'Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Ämne|Emne|Temat|Aihe|Тема|主题|主旨|件名|제목|Konu|Tárgy|Předmět|Assunto',
  other:
    'Reply-To|Reply to|Antwort an|Répondre à|Importance|Priority|Wichtigkeit|Prioridad|Organization|Message-ID|Message-Id|In-Reply-To|References|Newsgroups|Sender|Resent-From|Return-Path|List-Id|User-Agent|X-Mailer|Content-Type|MIME-Version|Attachments|Anlagen|Delivered-To|Sent by|Sensitivity|When|Where',
};

const LOOKS = (Object.keys(FIELDS) as HeaderField[]).map(
  (field) =>
    [field, new RegExp(`^[*_\\s]{0,14}(?:${FIELDS[field]})[*_]{0,2}\\s?[:：][*_]{0,2}(?=\\s|$|\\S)\\s*`, 'u')] as const,
);

/** Reads one line of a header block, in the languages of the mail programs that write them; null for other lines. */
export function headerField(line: string): { field: HeaderField; value: string } | null {
  for (const [field, look] of LOOKS) {
    const match = look.exec(line);
    if (match !== null) return { field, value: line.slice(match[0].length).replace(/^[*_\s]+|[*_\s]+$/gu, '') };
  }
  return null;
}

const DIVIDER =
  /^[\s*_]{0,4}(?:[-_=]{2,}|>{3,}|<{2,})\s{0,3}(?:Original (?:Message|mail|e-?mail)(?: Follows)?|Original|Reply Message|Forwarded (?:Message|by|message from|mail|email)\b.{0,120}?|Forwarded|Message d['’]origine|Message original|Message transféré|Ursprüngliche (?:Nachricht|Mail|E-Mail)|Original-?nachricht|Weitergeleitete Nachricht|Mensaje (?:original|reenviado)|Mensagem (?:original|encaminhada)|Messaggio (?:originale|inoltrato)|Oorspronkelijk(?:e)? bericht|Doorgestuurd bericht|Ursprungligt meddelande|Vidarebefordrat meddelande|Oprindelig meddelelse|Videresendt (?:besked|melding)|Opprinnelig melding|Wiadomość oryginalna|Treść przekazanej wiadomości|Исходное сообщение|Пересылаемое сообщение|Alkuperäinen viesti|原始邮件|转发邮件|邮件原件|原始郵件|Original Message ?\(.{0,80}\)|原本のメッセージ|Quoting .{1,80}|(?:Begin|Start of) forwarded message(?: \(RFC \d{3,4}[^()]{0,20}\))?)\s{0,3}[:：]?[\s*]{0,3}(?:[-_=]{2,}|<{3,}|>{2,})?[\s*]{0,4}$/iu;
const BARE_DIVIDER =
  /^\s{0,4}(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du message (?:réexpédié|transféré)|Inicio del mensaje reenviado|Inizio messaggio inoltrato)\s?:\s*$/iu;
const END = /^\s{0,4}[-_=]{2,}\s?End (?:of )?(?:forwarded|original) message\b.{0,120}$/iu;

/** `-----Original Message-----`, `---------- Forwarded message ---------` and their like. */
export function isDivider(line: string): boolean {
  return (DIVIDER.test(line) && !END.test(line)) || BARE_DIVIDER.test(line);
}

/** Phones write header and divider on one line: `-------- Original message --------From: … Date: … To: …`. Its fields, a line each; null for other lines. */
export function dividerWithFields(line: string): { from: string; date: string } | null {
  const match = JOINED.exec(line);
  return match === null ? null : { from: match[1]!, date: match[2]! };
}

const JOINED =
  /^\s{0,4}-{4,12}\s?Original [Mm]essage\s?-{4,12}\s{0,3}From: (.{3,120}?) {1,3}(?:Date|Sent): (.{6,60}?) {1,3}(?:To|Cc|Subject): /u;

/** The first line of what `git format-patch` writes: an mbox envelope with git's fixed date. */
export function isPatchEnvelope(line: string): boolean {
  return /^[ >]?From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001\s*$/u.test(line);
}

/** `----- End forwarded message -----`. */
export function isForwardEnd(line: string): boolean {
  return END.test(line);
}
