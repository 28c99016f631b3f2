/** Ends a `switch` over a union: a case that the compiler finds missing does not compile, one that slips in at run time throws. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected case: ${JSON.stringify(value)}`);
}
