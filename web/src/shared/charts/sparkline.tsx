/** A word-sized line of counts: bare, with its last point marked. */
export function Sparkline({ values, width = 96, height = 26, label }: { values: number[]; width?: number; height?: number; label?: string }) {
  if (values.length < 2) return null;
  const top = Math.max(...values, 1e-9);
  const x = (i: number) => 2 + ((width - 6) * i) / (values.length - 1);
  const y = (v: number) => height - 3 - ((height - 6) * v) / top;
  const points = values.map((v, i) => `${x(i).toFixed(1)},${y(v).toFixed(1)}`);
  const last = values.length - 1;
  return (
    <svg width={width} height={height} role="img" aria-label={label ?? values.join(', ')} style={{ display: 'block' }}>
      <polygon points={`${x(0)},${height - 3} ${points.join(' ')} ${x(last)},${height - 3}`} fill="var(--primary)" opacity={0.1} />
      <polyline points={points.join(' ')} fill="none" stroke="var(--primary)" strokeWidth={1.6} strokeLinejoin="round" strokeLinecap="round" />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2.6} fill="var(--seal)" />
    </svg>
  );
}

/** A value with its interval on a common scale; the hollow mark is where nothing changes. */
export function Whisker({ value, low, high, min, max, width = 110, zero = 0 }: { value: number; low: number; high: number; min: number; max: number; width?: number; zero?: number }) {
  const x = (v: number) => 3 + ((width - 6) * (Math.min(max, Math.max(min, v)) - min)) / Math.max(1e-9, max - min);
  return (
    <svg width={width} height={18} aria-hidden="true" style={{ display: 'block' }}>
      <line x1={x(zero)} x2={x(zero)} y1={2} y2={16} stroke="var(--line)" strokeWidth={1.5} />
      <line x1={x(low)} x2={x(high)} y1={9} y2={9} stroke="var(--muted)" strokeWidth={1.6} />
      <line x1={x(low)} x2={x(low)} y1={6} y2={12} stroke="var(--muted)" strokeWidth={1.6} />
      <line x1={x(high)} x2={x(high)} y1={6} y2={12} stroke="var(--muted)" strokeWidth={1.6} />
      <circle cx={x(value)} cy={9} r={3.4} fill={low > zero ? 'var(--seal)' : 'var(--primary)'} />
    </svg>
  );
}
