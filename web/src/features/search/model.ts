/** A path with its parameters and one `filter=` for each condition. */
export function filterPath(path: string, query: Record<string, string>, conditions: string[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== '') params.set(name, value);
  for (const condition of conditions) params.append('filter', condition);
  return `${path}?${params.toString()}`;
}
