import i18n from 'i18next';

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
