import { findArchives } from './walk.js';
import { followSources, type Following } from './live/follow-sources.js';
import { openHttp, type HttpOptions } from './live/http.js';
import { readArchive } from './reading.js';
import { isUrl, type FollowedSource } from './sources.js';

const nobody: HttpOptions = { contact: null, allowPrivate: false };

/** Reads what is new in sources that are followed, on this machine and on servers; what is wrong with one is noted, and the others go on. */
export async function readFollowed(
  sources: readonly FollowedSource[],
  following: Omit<Following, 'http'>,
  options: HttpOptions = nobody,
): Promise<void> {
  for (const source of sources) if (!isUrl(source.url)) await readPath(source, following);
  const onServers = sources.filter(({ url }) => isUrl(url));
  if (onServers.length === 0) return;
  const http = openHttp(options);
  try {
    await followSources(onServers, { ...following, http });
  } finally {
    await http.close();
  }
}

async function readPath({ url: path, list }: FollowedSource, following: Omit<Following, 'http'>): Promise<void> {
  following.onSource(path);
  const archives = await findArchives([path], list === null ? {} : { list }).catch((error: unknown) => {
    following.tally.fail(path, error);
    return null;
  });
  if (archives === null) return;
  for await (const archive of archives) await readArchive(archive, following);
  const error = following.tally.errors.get(path);
  if (error !== undefined) following.tally.fail(path, error);
}
