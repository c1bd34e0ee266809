import type { Topic } from '../../shared/api/topics';
import type { components } from '../../shared/api/schema';
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

type Schemas = components['schemas'];
type Measured = 'label' | 'in_topic' | 'overall';

/** What the relevance of a term needs of the sheet the server sends. */
export type TermSheet = Pick<Schemas['TopicTerms'], 'in_topic_total' | 'overall_total'> & { items: (Pick<Schemas['TopicTerm'], Measured> & Partial<Omit<Schemas['TopicTerm'], Measured>>)[] };
export type WeighedTerm = TermSheet['items'][number] & { relevance: number; weight: number; lift: number };

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
