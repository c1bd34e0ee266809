/** The seal: a lens with a grain of dust in its middle. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="9" fill="var(--seal)" />
      <circle cx="18" cy="18" r="9" fill="none" stroke="#fdf8ef" strokeWidth="2.6" />
      <path d="M24.8 24.8 31 31" stroke="#fdf8ef" strokeWidth="3.2" strokeLinecap="round" />
      <circle cx="18" cy="18" r="2.5" fill="#fdf8ef" />
    </svg>
  );
}
