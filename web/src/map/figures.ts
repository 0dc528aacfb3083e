/** A number for the small space under a symbol: 7,000 as it is, 150,000 as 150k. */
export function short(number: number): string {
  if (number < 10_000) return number.toLocaleString("en");
  if (number < 1_000_000) return `${+(number / 1000).toFixed(number < 100_000 ? 1 : 0)}k`;
  return `${+(number / 1_000_000).toFixed(1)}M`;
}

/** The bounds of a row in a few characters: `5–7k`, `≥ 4,000`, `≤ 900`; nothing where no number is stated. */
export function shortBounds(low: number | null, high: number | null): string {
  if (low === null && high === null) return "";
  if (low === null) return `≤ ${short(high as number)}`;
  if (high === null) return `≥ ${short(low)}`;
  return low === high ? short(low) : `${short(low)}–${short(high)}`;
}
