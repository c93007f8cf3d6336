/** `window=300`, by a scenario's names for limits: those that a run had and production has not. */
export function unusualLimits<L>(
  names: { readonly [name: string]: keyof L & string },
  limits: Partial<L>,
  production: L,
): string[] {
  return Object.entries(names).flatMap(([name, limit]) => {
    const value = limits[limit];
    return value === undefined || value === production[limit] ? [] : [`${name}=${String(value)}`];
  });
}
