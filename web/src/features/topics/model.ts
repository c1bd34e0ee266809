import type { Topic } from '../../shared/api/topics';
import { labelOf } from '../../shared/labels';

export interface AreaGroup {
  id: string;
  label: string;
  topics: Topic[];
}

export interface DomainGroup {
  id: string;
  label: string;
  count: number;
  areas: AreaGroup[];
}

/** Topics by domain and area, in the order they come; those without levels form one unnamed group that is left out. */
export function byDomain(topics: Topic[]): DomainGroup[] {
  const domains = new Map<string, DomainGroup>();
  for (const topic of topics) {
    if (!topic.domain || !topic.area) continue;
    const domain = domains.get(topic.domain.id) ?? { id: topic.domain.id, label: labelOf(topic.domain), count: 0, areas: [] };
    domains.set(topic.domain.id, domain);
    let area = domain.areas.find((a) => a.id === topic.area?.id);
    if (!area) {
      area = { id: topic.area.id, label: labelOf(topic.area), topics: [] };
      domain.areas.push(area);
    }
    area.topics.push(topic);
    domain.count += 1;
  }
  return [...domains.values()];
}

export interface TopicTerm {
  id?: string;
  label: string;
  weight: number;
  documents?: number;
  share?: number;
}

export interface WeighedTerm extends TopicTerm {
  relevance: number;
  lift: number | null;
}

/**
 * Relevance of Sievert and Shirley (2014): λ log p(w|k) + (1−λ) log(p(w|k)/p(w)). p(w) is taken from the documents that hold the term; where
 * those are unknown the weight alone ranks.
 */
export function relevantTerms(terms: TopicTerm[], lambda: number, documents: number): WeighedTerm[] {
  return terms
    .map((term) => {
      const overall = term.share ?? (term.documents && documents > 0 ? term.documents / documents : undefined);
      const lift = overall && overall > 0 && term.weight > 0 ? term.weight / overall : null;
      const logWeight = Math.log(Math.max(term.weight, 1e-12));
      return { ...term, lift, relevance: lift === null ? logWeight : lambda * logWeight + (1 - lambda) * Math.log(lift) };
    })
    .sort((a, b) => b.relevance - a.relevance);
}
