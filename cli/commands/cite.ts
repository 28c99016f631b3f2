import { Option, type Command } from 'commander';
import { cite, type Citation } from '../../answer/cite.js';
import { citationFormats, formatCitation, linkOf, type CitationFormat } from '../../answer/citation-format.js';
import { memberDateJson, type Json } from '../../answer/json.js';
import { contextOf, type World } from '../context.js';
import { Failure } from '../failure.js';
import { withLibrary } from '../library.js';
import { writeLine } from '../streams.js';
import { printableLine } from '../terminal.js';

interface CiteFlags {
  readonly format: CitationFormat;
  readonly json?: true;
}

/** `threadlore cite <message-id | permalink | words>`: the reference to a message; several lines where words fit several. */
export function addCite(program: Command, world: World): void {
  program
    .command('cite')
    .description("give the reference to a message, the kernel's Link: trailer among the formats")
    .argument('<reference...>', 'a Message-ID, the URL of a page in an archive, or words of the subject')
    .addOption(new Option('--format <format>', 'how to write it').choices(citationFormats).default('text'))
    .option('--json', 'print the references as JSON')
    .action(async (words: string[], { format, json }: CiteFlags, command: Command) => {
      const context = contextOf(world, command);
      const reference = words.join(' ');
      const citations = await withLibrary(context, (library) => cite(library, reference));
      if (citations.length === 0) {
        throw new Failure(
          `the index in ${context.dataDir} knows no message "${reference.slice(0, 200)}": check the Message-ID or URL, or try words of its subject`,
        );
      }
      const lines = citations.map((citation) => printableLine(formatCitation(citation, format)));
      await writeLine(
        context.streams.out,
        json === true ? JSON.stringify(citations.map(citationJson)) : lines.join('\n'),
      );
    });
}

function citationJson(citation: Citation): Json {
  const { messageId, minted, author, subject, list, permalinks, present, damaged, namedBy } = citation;
  const formats = Object.fromEntries(citationFormats.map((format) => [format, formatCitation(citation, format)]));
  const links = permalinks.map((link) => ({ ...link }));
  return {
    messageId,
    minted,
    author,
    date: memberDateJson(citation),
    subject,
    list,
    permalinks: links,
    link: linkOf(citation),
    present,
    damaged,
    namedBy,
    formats,
  };
}
