import ms from "milsymbol";
import type { Plugin } from "vite";

/**
 * Draws the military symbols of the page once, when it is built: `virtual:symbols` maps a symbol identification code
 * (APP-6D and MIL-STD-2525D, the first 16 of its 20 digits) to its drawing. The library that draws them weighs 196 kB
 * compressed; the drawings that the sixteen classes of force need weigh a few.
 */
export function symbols(): Plugin {
  const name = "virtual:symbols";
  return {
    name: "garrison-symbols",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(drawings())}` : undefined),
  };
}

/** Parts of a drawing: the name of an SVG element and its attributes. `FILL` marks where the actor's colour goes. */
export type Part = [string, Record<string, string>, (Part[] | string)?];
export type Drawing = { box: [number, number, number, number]; parts: Part[] };

// Symbol set and entity of each class, as src/garrison/server/ gives them in `symbol`.
const ENTITIES = [
  "10-000000",
  "10-110000",
  "10-121100",
  "27-110000",
  "27-110101",
  "20-110000",
  "20-120802",
  "20-120803",
  "15-120200",
  "15-120100",
  "15-110900",
  "15-111000",
  "15-111100",
  "15-111300",
  "15-111600",
  "15-140000",
  "15-140100",
  "15-110000",
  "15-220100",
  "01-110000",
  "01-110100",
  "01-110104",
  "01-110102",
  "01-110200",
  "01-110300",
  "30-110000",
  "30-120000",
  "30-120200",
  "35-110000",
  "35-110100",
];
const STATUSES = ["0", "1"]; // present, and planned: a broken frame
const FRAMES = ["1", "4"]; // unknown and neutral: the page takes no side
const ECHELONS = ["00", "11", "12", "13", "14", "15", "16", "17", "18", "21", "22", "23", "24", "25", "26"];

/** Every drawing by its code. */
export function drawings(): Record<string, Drawing> {
  const drawn: Record<string, Drawing> = {};
  for (const entity of ENTITIES)
    for (const frame of FRAMES)
      for (const status of STATUSES)
        for (const echelon of entity.startsWith("10-") ? ECHELONS : ["00"]) {
          const [set, code] = entity.split("-");
          const sidc = `100${frame}${set}${status}0${echelon}${code}`;
          drawn[sidc] = drawing(`${sidc}0000`);
        }
  return drawn;
}

function drawing(sidc: string): Drawing {
  const mode = {
    Civilian: "FILL",
    Friend: "FILL",
    Hostile: "FILL",
    Neutral: "FILL",
    Unknown: "FILL",
    Suspect: "FILL",
  };
  const svg = new ms.Symbol(sidc, { size: 100, colorMode: mode }).asSVG();
  const box = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? "0 0 200 200").split(" ").map(Number);
  return { box: box as Drawing["box"], parts: parse(svg.replace(/^<svg[^>]*>|<\/svg>$/g, "")) };
}

const TOKEN = /<(\/?)([a-z]+)((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gi;

function parse(markup: string): Part[] {
  const root: Part = ["g", {}, []];
  const open = [root];
  for (const [, end, name, attributes, closed, words] of markup.matchAll(TOKEN)) {
    const around = open.at(-1) as Part;
    if (words !== undefined) {
      if (words.trim()) around[2] = words;
    } else if (end) {
      open.pop();
    } else {
      const pairs = [...(attributes ?? "").matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        value,
      ]);
      const part: Part = [name ?? "g", Object.fromEntries(pairs), []];
      (around[2] as Part[]).push(part);
      if (!closed) open.push(part);
    }
  }
  return (root[2] as Part[]).map(pruned);
}

/** Without empty lists of children. */
function pruned([name, attributes, inner]: Part): Part {
  if (typeof inner === "string") return [name, attributes, inner];
  return inner?.length ? [name, attributes, inner.map(pruned)] : [name, attributes];
}
