/**
 * Colours of actors and voices. Twelve that differ also for people who see few colours (after Okabe and Ito, and
 * Tol's muted scheme), all light enough to carry a black drawing. A name keeps its colour whatever else is shown.
 */
const PALETTE = [
  "#7fb2e5",
  "#f2a65a",
  "#7cc8a0",
  "#e58a8a",
  "#b9a0e0",
  "#e5cf5b",
  "#6fc7cf",
  "#d99ac5",
  "#a8c46c",
  "#c9a27e",
  "#9fb4c7",
  "#f0b7a4",
] as const;

// The actors that most texts speak of, kept apart by hand.
const FIXED: Record<string, number> = {
  RUS: 3,
  USA: 0,
  CHN: 5,
  GBR: 6,
  FRA: 4,
  TUR: 1,
  IRN: 8,
  UKR: 11,
  ISR: 10,
  AFG: 9,
  IND: 7,
  TJK: 2,
  UZB: 6,
  "United Nations": 10,
  NATO: 4,
  Taliban: 9,
};

/** The colour of an actor, by its id. */
export function actorColour(id: string | null | undefined): string {
  if (!id || id === "unknown") return "#c8ccd0";
  return PALETTE[(FIXED[id] ?? hash(id)) % PALETTE.length] as string;
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return value >>> 0;
}

/** Colours for the voices of one chart, in the order in which they are first heard; darker, as they stand alone. */
export const VOICES = [
  "#2f6fae",
  "#b8581b",
  "#2f8a5b",
  "#b03a48",
  "#7653b5",
  "#8a7412",
  "#1f8791",
  "#a8487f",
  "#5f7a22",
  "#7d5a36",
];
export const VOICES_DARK = [
  "#7fb2e5",
  "#f2a65a",
  "#7cc8a0",
  "#e58a8a",
  "#b9a0e0",
  "#e5cf5b",
  "#6fc7cf",
  "#d99ac5",
  "#a8c46c",
  "#c9a27e",
];
