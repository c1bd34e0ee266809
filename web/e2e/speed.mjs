// What the scripts that measure the pages share.
import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of CPU of a process and all below it. */
export function cpuSeconds(root) {
  const processes = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      processes.set(Number(pid), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // it has ended meanwhile
    }
  }
  const below = (pid) => pid === root || (processes.has(pid) && processes.get(pid).parent > 1 && below(processes.get(pid).parent));
  return [...processes].filter(([pid]) => below(pid)).reduce((sum, [, { ticks }]) => sum + ticks, 0) / 100;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
/** Median, least and most. */
export const shown = (values) => `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;
