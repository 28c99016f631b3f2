/** Addresses, or names made of them, of list software and its notices. */
const ROLE =
  /(?:^|[\s<([:])(?:owner-[\w.-]{1,60}|[\w.-]{1,60}-(?:request|owner|daemon|bounces(?:\+[^\s@>]{0,120})?|digest|confirm(?:\+[\w-]*)?|leave|unsubscribe))(?=$|[\s@>)\]]|_at_|\(a\))/iu;

/** Whether a name or address is that of a list's machinery (`r-help-request@…`, `owner-list@…`): it sends what others wrote. */
export function isRole(shown: string): boolean {
  return ROLE.test(shown.slice(0, 400));
}
