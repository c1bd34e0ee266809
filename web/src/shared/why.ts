import i18n from 'i18next';
import { signed } from './format';

export interface Component {
  name: string;
  value?: number;
  contribution: number;
}

/** A component's name in the reader's language; the server's own name where it is not known here. */
export function componentName(name: string): string {
  const key = `component.${name}`;
  return i18n.exists(key) ? i18n.t(key) : name.replace(/_/g, ' ');
}

/** "growth of share +0.21, new authors +0.08": the largest reasons first. */
export function whyText(components: Component[], limit = 3): string {
  return [...components]
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, limit)
    .filter((component) => component.contribution > 0)
    .map((component) => `${componentName(component.name)} ${signed(component.contribution, 2)}`)
    .join(i18n.language === 'en' ? ', ' : '、');
}
