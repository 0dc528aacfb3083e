import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import countries from "i18n-iso-countries";
import { feature, mergeArcs } from "topojson-client";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);

/** Countries by their codes, called on the map as everywhere else in Garrison (the table's first and third columns). */
const NAMES = new Map(
  readFileSync(`${import.meta.dirname}/../../src/garrison/naming/reference/countries.csv`, "utf-8")
    .split("\n")
    .flatMap((line) => {
      const [, code, quoted, plain] = /^([A-Z]{3}),[A-Z]{2},(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line) ?? [];
      return code ? [[code, (quoted ?? plain ?? "").replaceAll('""', '"')] as const] : [];
    }),
);

/**
 * The base map: countries of Natural Earth (public domain) from `world-atlas`, under their ISO 3166-1 alpha-3 codes.
 * `virtual:world-110m` and `virtual:world-50m` hold it, coarse and fine. Natural Earth draws who holds a place; here
 * contested areas lie, as in every row of Garrison, with the state that the United Nations counts them to, and the
 * page hatches them from the project's own table.
 */
export function world(): Plugin {
  const names = ["virtual:world-110m", "virtual:world-50m"];
  return {
    name: "garrison-world",
    resolveId: (id) => (names.includes(id) ? `\0${id}` : undefined),
    load(id) {
      if (!names.includes(id.slice(1)) || !id.startsWith("\0")) return undefined;
      // A string that is parsed starts faster than an object that is compiled.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(atlas(id.split("-")[1] as string)))})`;
    },
  };
}

type Land = (Polygon | MultiPolygon) & { id?: string; properties: { name: string } };
export type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

// What Natural Earth draws apart, and the code that it takes here (the guide's: Kosovo has a code of its own).
const APART: Record<string, string> = {
  "N. Cyprus": "CYP",
  Somaliland: "SOM",
  Kosovo: "XKX",
  "Siachen Glacier": "IND",
};
// A place within a piece that Natural Earth draws with another state: longitude, latitude, drawn with, counted to.
const COUNTED: [number, number, string, string][] = [[34.2, 45.3, "RUS", "UKR"]];

/** The countries at a scale (`110m`, `50m`), each under its code. */
export function atlas(scale: string): World {
  const topology = require(`world-atlas/countries-${scale}.json`) as World;
  const pieces = new Map<string, Land[]>();
  for (const land of topology.objects.countries.geometries as unknown as Land[]) {
    const code = APART[land.properties.name] ?? (land.id ? countries.numericToAlpha3(land.id) : undefined);
    const key = code ?? `-${land.properties.name}`;
    pieces.set(key, [...(pieces.get(key) ?? []), land]);
  }
  for (const [lon, lat, drawn, counted] of COUNTED) move(topology, pieces, [lon, lat], drawn, counted);
  cutSouth(topology, pieces, 27.667, "MAR", "ESH");
  const geometries = [...pieces].map(([code, lands]) => {
    const whole = lands.length > 1 ? mergeArcs(topology as never, lands as never) : (lands[0] as Land);
    const name = NAMES.get(code) ?? lands[0]?.properties.name ?? code;
    return {
      type: whole.type,
      arcs: whole.arcs,
      ...(code.startsWith("-") ? {} : { id: code }),
      properties: { name },
    };
  });
  return {
    type: "Topology",
    transform: topology.transform,
    arcs: topology.arcs,
    objects: { countries: { type: "GeometryCollection", geometries } },
  } as unknown as World;
}

/** Moves the piece of land around a point from one state to another. */
function move(
  topology: World,
  pieces: Map<string, Land[]>,
  at: [number, number],
  from: string,
  to: string,
): void {
  const [land] = pieces.get(from) ?? [];
  if (land?.type !== "MultiPolygon") return;
  const piece = land.arcs.find((arcs) => {
    const shape = feature(topology as never, { type: "Polygon", arcs } as never) as never as {
      geometry: { coordinates: [number, number][][] };
    };
    return within(at, shape.geometry.coordinates[0] ?? []);
  });
  if (!piece) return;
  pieces.set(from, [{ ...land, arcs: land.arcs.filter((arcs) => arcs !== piece) }]);
  pieces.get(to)?.push({ type: "Polygon", arcs: piece, properties: { name: to } });
}

/** Gives what a state has south of a parallel to another: Morocco ends at 27°40′ N, as Western Sahara begins there. */
function cutSouth(
  topology: World,
  pieces: Map<string, Land[]>,
  parallel: number,
  from: string,
  to: string,
): void {
  const [land] = pieces.get(from) ?? [];
  if (!land) return;
  const polygons = land.type === "Polygon" ? [land.arcs] : land.arcs;
  const rings = polygons.map((arcs) => {
    const shape = feature(topology as never, { type: "Polygon", arcs } as never) as never as {
      geometry: { coordinates: [number, number][][] };
    };
    return shape.geometry.coordinates[0] ?? [];
  });
  for (const [code, north] of [
    [from, true],
    [to, false],
  ] as const) {
    const parts = rings.map((ring) => side(ring, parallel, north)).filter((ring) => ring.length > 3);
    const cut = parts.map((ring) => [[topology.arcs.push(packed(topology, ring)) - 1]]);
    const piece = { type: "MultiPolygon", arcs: cut, properties: land.properties } as Land;
    pieces.set(code, north ? [piece] : [...(pieces.get(code) ?? []), piece]);
  }
}

/** The part of a ring on one side of a parallel, closed. */
function side(ring: [number, number][], parallel: number, north: boolean): [number, number][] {
  const kept: [number, number][] = [];
  const holds = (lat: number) => (north ? lat >= parallel : lat <= parallel);
  for (let i = 0; i < ring.length - 1; i++) {
    const [x1, y1] = ring[i] as [number, number];
    const [x2, y2] = ring[i + 1] as [number, number];
    if (holds(y1)) kept.push([x1, y1]);
    if (holds(y1) !== holds(y2)) kept.push([x1 + ((x2 - x1) * (parallel - y1)) / (y2 - y1), parallel]);
  }
  return kept.length ? [...kept, kept[0] as [number, number]] : kept;
}

/** A line as the steps in whole units that a quantised topology has. */
function packed(topology: World, line: [number, number][]): [number, number][] {
  const { scale, translate } = topology.transform as { scale: [number, number]; translate: [number, number] };
  let before: [number, number] = [0, 0];
  return line.map(([x, y]) => {
    const at: [number, number] = [
      Math.round((x - translate[0]) / scale[0]),
      Math.round((y - translate[1]) / scale[1]),
    ];
    const step: [number, number] = [at[0] - before[0], at[1] - before[1]];
    before = at;
    return step;
  });
}

function within([x, y]: [number, number], ring: [number, number][]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[i] as [number, number];
    const [x2, y2] = ring[j] as [number, number];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
