import type Database from 'better-sqlite3';

/** How a stem stands in passages' own words. */
interface TermSpread {
  /** Passages that hold it. */
  readonly holders: number;
  /** How often it stands in all of them. */
  readonly uses: number;
}

const nowhere: TermSpread = { holders: 0, uses: 0 };

/** Read from the text index's vocabulary. The temporary table lives in memory and with its connection. */
function openTermSpread(db: Database.Database): (stem: string) => TermSpread {
  db.exec(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.passage_vocabulary USING fts5vocab('main', 'passage_text_index', 'col')",
  );
  const spread = db.prepare<[string], TermSpread>(
    "SELECT doc AS holders, cnt AS uses FROM temp.passage_vocabulary WHERE term = ? AND col = 'own'",
  );
  return (stem) => spread.get(stem) ?? nowhere;
}

/** How many passages hold a stem in their own words. */
export function openTermHolders(db: Database.Database): (stem: string) => number {
  const spreadOf = openTermSpread(db);
  return (stem) => spreadOf(stem).holders;
}

/** What any word of a question tells, however evenly it is spread; what it tells beyond that grows with how it gathers. */
const EVEN = 0.3;

/**
 * How telling a stem is among passages' own words: its inverse document frequency (as in BM25), times how much rarer it is than words that fall
 * by chance would be (residual IDF, Church and Gale 1995). What a conversation is about is said again and again in few passages; how people
 * put a question ("recommended", "behaves") is as rare, and spread evenly.
 */
export function openTermWeights(db: Database.Database): (stem: string) => number {
  const spreadOf = openTermSpread(db);
  const passages = db.prepare<[], number>('SELECT count(*) FROM passage').pluck();
  const documents = passages.get() ?? 0;
  return (stem) => {
    const { holders, uses } = spreadOf(stem);
    const idf = Math.log(1 + (documents - holders + 0.5) / (holders + 0.5));
    return idf * (EVEN + residualIdf(documents, holders, uses));
  };
}

/** Nats by which passages with the stem are rarer than `uses` of it, strewn over all passages, would make them; 0 where they are not. */
function residualIdf(documents: number, holders: number, uses: number): number {
  if (holders === 0) return 0;
  return Math.max(0, Math.log(documents / holders) + Math.log1p(-Math.exp(-uses / documents)));
}
