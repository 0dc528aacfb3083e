import type { DayCount } from "../api/shapes";
import { firstDay } from "./words";

/** A day at which a slider stops, and how many claims begin that day. */
export type Stop = { day: string; claims: number };

/** The stops of a slider: every day on which something changed, the day chosen and today, in order. */
export function stops(days: readonly DayCount[], chosen: string, today: string): Stop[] {
  const counts = new Map<string, number>();
  for (const { day, claims } of days) counts.set(firstDay(day), (counts.get(firstDay(day)) ?? 0) + claims);
  for (const day of [chosen, today]) counts.set(firstDay(day), counts.get(firstDay(day)) ?? 0);
  return [...counts].map(([day, claims]) => ({ day, claims })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Where `day` is among `all`: its own stop, else the last one before it, else the first. */
export function position(all: readonly Stop[], day: string): number {
  const wanted = firstDay(day);
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((all[middle] as Stop).day <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

const BARS = 90;

/**
 * One path of bars, a unit apart, for how much changed at each stop; the height is logarithmic, of 20. Of more stops than
 * there is room for, a bar stands for several.
 */
export function bars(all: readonly Stop[]): string {
  const together = Math.ceil(all.length / BARS);
  const counts: { at: number; claims: number }[] = [];
  for (let at = 0; at < all.length; at += together) {
    const some = all.slice(at, at + together);
    const claims = some.reduce((sum, stop) => sum + stop.claims, 0);
    if (claims) counts.push({ at: at + (some.length - 1) / 2, claims });
  }
  const most = Math.log1p(Math.max(1, ...counts.map(({ claims }) => claims)));
  return counts
    .map(({ at, claims }) => `M${at} 20v${-(4 + (16 * Math.log1p(claims)) / most).toFixed(1)}`)
    .join("");
}

/** Years written under the slider, where each begins; of two that would touch, the one with more stops. */
export function yearMarks(all: readonly Stop[], apart: number): { at: number; year: string }[] {
  const marks: { at: number; year: string }[] = [];
  const lengths = new Map<string, number>();
  for (const { day } of all) lengths.set(day.slice(0, 4), (lengths.get(day.slice(0, 4)) ?? 0) + 1);
  let before = "";
  for (const [at, { day }] of all.entries()) {
    const year = day.slice(0, 4);
    if (year === before) continue;
    before = year;
    const last = marks.at(-1);
    if (!last || at - last.at >= apart) marks.push({ at, year });
    else if ((lengths.get(year) ?? 0) > (lengths.get(last.year) ?? 0)) marks.splice(-1, 1, { at, year });
  }
  return marks;
}
