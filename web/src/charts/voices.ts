import type { SeriesMark } from "../api/shapes";
import { VOICES, VOICES_DARK } from "../parts/colours";
import { isDark } from "../parts/theme";

/** The colour of each voice, in the order in which they are first heard. */
export function voiceColours(marks: readonly SeriesMark[]): Map<string, string> {
  const colours = isDark() ? VOICES_DARK : VOICES;
  const voices = [...new Set([...marks].sort((a, b) => (a.day < b.day ? -1 : 1)).map((mark) => mark.voice))];
  return new Map(voices.map((voice, at) => [voice, colours[at % colours.length] as string]));
}

/** Shapes of the hedges: a full dot is exact, a ring about, arrows are bounds, a bar is a range, a square vague. */
export const HEDGES: [string, string][] = [
  ["exact", "●"],
  ["about", "○"],
  ["at_least", "▲"],
  ["at_most", "▼"],
  ["range", "┃"],
  ["vague", "▢"],
];
