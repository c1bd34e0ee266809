import type { ReactNode } from 'react';

/** Nothing is here yet: what it would be, and what to do. */
export function Empty({ title, text, action }: { title: string; text?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 56 56" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
        <circle cx="24" cy="24" r="15" />
        <path d="m35 35 12 12" strokeLinecap="round" strokeWidth="2.4" />
        <circle cx="24" cy="24" r="2.2" fill="currentColor" stroke="none" />
        <path d="M8 49h9M4 43h5" strokeLinecap="round" opacity=".5" />
      </svg>
      <h3>{title}</h3>
      {text ? <p>{text}</p> : null}
      {action}
    </div>
  );
}
