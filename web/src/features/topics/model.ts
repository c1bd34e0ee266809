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
  label_zh?: string;
  label_en?: string;
  in_topic: number;
  overall: number;
  documents?: number;
}

export interface TermSheet {
  in_topic_total: number;
  overall_total: number;
  items: TopicTerm[];
}

export interface WeighedTerm extends TopicTerm {
  relevance: number;
  weight: number;
  lift: number;
}

/**
 * Relevance of Sievert and Shirley (2014): λ log p(w|k) + (1−λ) log(p(w|k)/p(w)), with p(w|k) the share of the topic's term occurrences that are w,
 * and p(w) that of all occurrences.
 */
export function relevantTerms(sheet: TermSheet, lambda: number): WeighedTerm[] {
  return sheet.items
    .filter((term) => term.in_topic > 0 && term.overall > 0)
    .map((term) => {
      const weight = term.in_topic / Math.max(1e-12, sheet.in_topic_total);
      const lift = weight / (term.overall / Math.max(1e-12, sheet.overall_total));
      return { ...term, weight, lift, relevance: lambda * Math.log(weight) + (1 - lambda) * Math.log(lift) };
    })
    .sort((a, b) => b.relevance - a.relevance);
}
