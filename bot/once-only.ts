/** True the first time that an id is given. The last `most` ids are remembered. */
export function onceOnly(most: number): (id: string) => boolean {
  const known = new Set<string>();
  return (id) => {
    if (known.has(id)) return false;
    known.add(id);
    if (known.size > most) for (const oldest of known) return known.delete(oldest);
    return true;
  };
}
