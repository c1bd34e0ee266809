import type { MappedTerm, Quadrant } from './api';

export const drawn = 900;

/** The terms a map shows: all weak signals, then the most frequent of the others, so that a map of thousands can be read. */
export function chooseTerms(terms: MappedTerm[], map: 'emergence_map' | 'issue_map'): MappedTerm[] {
  const supported = terms.filter((term) => term[map] !== 'unsupported');
  const weak = supported.filter((term) => term[map] === 'weak').sort((a, b) => b.diffusion_growth - a.diffusion_growth);
  const others = supported.filter((term) => term[map] !== 'weak').sort((a, b) => b.documents - a.documents);
  return [...weak.slice(0, drawn / 2), ...others.slice(0, drawn - Math.min(weak.length, drawn / 2))];
}

/** Quadrant under thresholds a reader moved: above y grows, right of x is frequent. */
export function quadrantOf(x: number, y: number, at: { x: number; y: number }): Quadrant {
  if (y >= at.y) return x >= at.x ? 'strong' : 'weak';
  return x >= at.x ? 'well_known' : 'latent';
}
