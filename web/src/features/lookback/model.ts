export interface Forecast {
  thing: string;
  member: string;
  kind: string;
  probability: number;
  made_at: string;
}

const headings: Record<keyof Forecast, RegExp> = {
  thing: /^(thing|id|item|topic|\u7f16\u53f7|\u6761\u76ee|\u8bfe\u9898)$/i,
  probability: /^(probability|prob|p|forecast|\u6982\u7387|\u9884\u6d4b\u6982\u7387)$/i,
  member: /^(member|by|expert|who|\u6210\u5458|\u4e13\u5bb6|\u9884\u6d4b\u8005)$/i,
  kind: /^(kind|\u7c7b\u578b|\u6210\u5458\u7c7b\u578b)$/i,
  made_at: /^(made_at|made at|date|\u9884\u6d4b\u65e5\u671f|\u65e5\u671f)$/i,
};

function probabilityOf(cell: string): number | null {
  const percent = cell.endsWith('%');
  const value = Number(percent ? cell.slice(0, -1).trim() : cell);
  const probability = percent ? value / 100 : value;
  return cell !== '' && Number.isFinite(probability) && probability >= 0 && probability <= 1 ? probability : null;
}

/** Forecasts of a table with headings, or with the columns thing, probability, member, kind, date; rows that say none are named by their number. */
export function readForecasts(rows: string[][]): { forecasts: Forecast[]; rejects: number[] } {
  const names = Object.keys(headings) as (keyof Forecast)[];
  const found = Object.fromEntries(names.map((name) => [name, (rows[0] ?? []).findIndex((cell) => headings[name].test(cell))])) as Record<keyof Forecast, number>;
  const headed = found.thing >= 0 && found.probability >= 0;
  const place: Record<keyof Forecast, number> = headed ? found : { thing: 0, probability: 1, member: 2, kind: 3, made_at: 4 };
  const forecasts: Forecast[] = [];
  const rejects: number[] = [];
  rows.slice(headed ? 1 : 0).forEach((row, i) => {
    const cell = (name: keyof Forecast) => (place[name] < 0 ? '' : (row[place[name]] ?? '').trim());
    const probability = probabilityOf(cell('probability'));
    const kind = (cell('kind') || 'expert').toLowerCase();
    if (cell('thing') === '' || probability === null || !['expert', 'panel', 'machine'].includes(kind)) rejects.push(i + (headed ? 2 : 1));
    else forecasts.push({ thing: cell('thing'), member: cell('member') || kind, kind, probability, made_at: cell('made_at') });
  });
  return { forecasts, rejects };
}
