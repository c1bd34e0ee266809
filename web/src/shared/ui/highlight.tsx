import type { ReactNode } from 'react';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Text with the given terms marked, whatever their case. */
export function Highlight({ text, terms }: { text: string; terms: string[] }): ReactNode {
  const wanted = terms.filter((term) => term.trim().length > 1).sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return text;
  const pieces = text.split(new RegExp(`(${wanted.map(escape).join('|')})`, 'gi'));
  return pieces.map((piece, i) => (i % 2 === 1 ? <mark key={i}>{piece}</mark> : piece));
}
