export interface Quota {
  attribute: string;
  value: string;
  least: number;
  greatest: number | null;
}

/** As the server reads it: attribute=value:least or attribute=value:least-greatest; -1 and null know no upper bound. */
export const quotaText = (quota: Quota): string => `${quota.attribute}=${quota.value.replace(/,/g, ' ')}:${quota.least}${quota.greatest === null || quota.greatest < 0 ? '' : `-${quota.greatest}`}`;

export function readQuota(text: string): Quota {
  const found = /^([a-z_]+)=(.*):(\d+)(?:-(\d+))?$/.exec(text);
  return { attribute: found?.[1] ?? 'sector', value: found?.[2] ?? '', least: Number(found?.[3] ?? 1), greatest: found?.[4] === undefined ? null : Number(found[4]) };
}
