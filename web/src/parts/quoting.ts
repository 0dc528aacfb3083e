/**
 * Text with marks, cut into pieces. Offsets are in Unicode code points, as the server counts them; JavaScript's own
 * strings count UTF-16 units.
 */
export type Marked = { text: string; start: number; end: number; marks: number[] };

/** Cuts `text`, which begins at code point `offset` of its document, wherever one of `spans` begins or ends. */
export function marked(
  text: string,
  offset: number,
  spans: readonly { start: number; end: number }[],
): Marked[] {
  const points = Array.from(text);
  const cuts = new Set([0, points.length]);
  for (const { start, end } of spans)
    for (const at of [start - offset, end - offset]) if (at > 0 && at < points.length) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, i) => {
    const to = sorted[i + 1] as number;
    const marks = spans.flatMap(({ start, end }, at) =>
      start - offset < to && end - offset > from ? [at] : [],
    );
    return { text: points.slice(from, to).join(""), start: from + offset, end: to + offset, marks };
  });
}

/** The code point at which a UTF-16 offset of `text` stands. */
export function codePointAt(text: string, offset: number): number {
  return Array.from(text.slice(0, offset)).length;
}
