const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** `2021-08-07` as “7 August 2021”, `2021-08` as “August 2021”, a time as its day; what is no date stays as it is. */
export function dateWords(iso: string | null | undefined): string {
  if (!iso) return "";
  const parts = /^(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso);
  if (!parts) return iso;
  const [, year, month, day] = parts;
  const name = month ? MONTHS[Number(month) - 1] : undefined;
  if (month && !name) return iso;
  return [day ? Number(day) : null, name, year].filter((part) => part != null).join(" ");
}

/** From when to when: “6–10 July 2021”, “July 2021 – May 2022”, one date alone where both are the same. */
export function periodWords(start: string | null, end: string | null): string {
  if (!start && !end) return "";
  if (!start) return `until ${dateWords(end)}`;
  if (!end) return `from ${dateWords(start)}`;
  if (start === end) return dateWords(start);
  if (start.slice(0, 7) === end.slice(0, 7) && start.length > 9 && end.length > 9)
    return `${Number(start.slice(8, 10))}–${dateWords(end)}`;
  return `${dateWords(start)} – ${dateWords(end)}`;
}

const DAY_MS = 86_400_000;

/** A partial date's first day. */
export function firstDay(iso: string): string {
  return iso.length === 4 ? `${iso}-01-01` : iso.length === 7 ? `${iso}-01` : iso.slice(0, 10);
}

/** A partial date's last day. */
export function lastDay(iso: string): string {
  if (iso.length > 7) return iso.slice(0, 10);
  const [year, month] = iso.split("-").map(Number) as [number, number?];
  return new Date(Date.UTC(year, month ?? 12, 0)).toISOString().slice(0, 10);
}

/** Days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(firstDay(to)) - Date.parse(firstDay(from))) / DAY_MS);
}

/** How long ago, in words for a figure's age: “3 days”, “5 weeks”, “14 months”, “6 years”. */
export function ageWords(days: number): string {
  const [count, unit] =
    days < 21
      ? [days, "day"]
      : days < 90
        ? [Math.round(days / 7), "week"]
        : days < 730
          ? [Math.round(days / 30.44), "month"]
          : [Math.floor(days / 365.25), "year"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Whether `text` is a day, month or year that the server takes. */
export function isDate(text: string): boolean {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!parts) return false;
  const date = new Date(`${firstDay(text)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
