import { formatCitation, linkOf, type CitationFormat } from '../../answer/citation-format.js';
import type { Citation } from '../../answer/cite.js';
import { namedNotice } from '../../answer/ghosts.js';
import { damagedNotice } from '../../answer/words.js';
import { withoutAddresses } from '../addresses.js';
import { blockQuote, inertLine, safeUrl, shortened } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import { colours } from './answer.js';
import { button, rows } from './buttons.js';
import { dayOf, hiddenWords } from './words.js';

/** Each citation takes at most this much, so that five of them fit into a description. */
const longestCitation = 780;

/** Citations in the form that was asked for, each with the beginning of what it cites. */
export function renderCitations(cited: readonly Citation[], format: CitationFormat, threadKey: number | null): Payload {
  const most = cited.length === 1 ? 3_000 : longestCitation;
  const parts = cited.slice(0, 5).map((each) => renderCitation(each, format, most));
  const head = cited.length > 1 ? [`${cited.length} messages fit these words:`] : [];
  return payload({
    embeds: [{ color: colours.found, description: [...head, ...parts].join('\n\n') }],
    components: threadKey === null ? [] : rows([button('Thread', { kind: 'thread', reference: threadKey, page: 0 })]),
  });
}

function renderCitation(citation: Citation, format: CitationFormat, most: number): string {
  const line = format === 'discord' ? discordLine(citation) : copyable(citation, format);
  const { excerpt } = citation;
  const missing = missingWords(citation);
  const hidden = hiddenWords(excerpt)
    .map((words) => ` · ${words}`)
    .join('');
  const room = Math.min(600, most - line.length - missing.length - hidden.length - 2);
  const words = excerpt === '' || room < 60 ? '' : `\n${blockQuote(excerpt, room)}`;
  return words === '' ? line + missing : line + hidden + missing + words;
}

/** Why a message's words are not shown. */
function missingWords({ present, damaged }: Citation): string {
  if (damaged) return '\n-# The stored message is damaged: its words are not shown.';
  return present ? '' : '\n-# It is known from replies; the archive does not hold it.';
}

function discordLine(citation: Citation): string {
  const { author, subject, list, date, messageId, minted, damaged, namedBy } = citation;
  const title = damaged ? damagedNotice : inertLine(subject, 120) || '(no subject)';
  const url = safeUrl(linkOf(citation) ?? '', 300);
  const place = [inertLine(list, 50), dayOf(date)].filter((part) => part !== '').join(', ');
  const named = [`**${inertLine(author ?? 'unknown', 60)}**`, url === null ? title : `[${title}](${url})`, place];
  const id = url !== null || minted || messageId.length > 150 ? [] : [`\`<${messageId.replaceAll('`', "'")}>\``];
  const notice = namedBy === null ? [] : [`*${namedNotice}*`];
  return [...named, ...notice, ...id].join(' · ');
}

/** In a fence, which the text cannot end, so that it can be copied as it is. */
function copyable(citation: Citation, format: CitationFormat): string {
  const { author, subject } = citation;
  const shown = {
    ...citation,
    author: author === null ? null : withoutAddresses(author),
    subject: withoutAddresses(shortened(subject, 200)),
  };
  return `\`\`\`\n${shortened(formatCitation(shown, format), 600).replaceAll('```', "'''")}\n\`\`\``;
}

export function nothingCited(reference: string): Payload {
  const content = `The archive knows no message “${inertLine(reference, 150)}”. Check the Message-ID or link, or try words of its subject.`;
  return payload({ content });
}
