/** A path with its parameters and one `filter=` for each condition; without words the conditions stand by themselves, as GET /records takes them. */
export function filterPath(path: string, query: Record<string, string>, conditions: string[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== '') params.set(name, value);
  for (const condition of conditions) {
    const at = condition.indexOf('=');
    if (query['q']) params.append('filter', condition);
    else if (at > 0) params.set(condition.slice(0, at), condition.slice(at + 1));
  }
  return `${path}?${params.toString()}`;
}

/** "2015-2020" of the address as conditions. */
export const yearConditions = (years: string): string[] => (/^\d{4}-\d{4}$/.test(years) ? [`from=${years.slice(0, 4)}`, `to=${years.slice(5)}`] : []);
