import { feature } from "topojson-client";
import { expect, test } from "vitest";
import { atlas } from "./world";

const shapes = (scale: string) => {
  const world = atlas(scale);
  return feature(world as never, world.objects.countries as never) as unknown as GeoJSON.FeatureCollection;
};
const SHAPES = { "110m": shapes("110m"), "50m": shapes("50m") };
type Scale = keyof typeof SHAPES;

function holder(scale: Scale, lon: number, lat: number): (string | number | undefined)[] {
  return SHAPES[scale].features
    .filter(({ geometry }) => {
      const polygons =
        geometry.type === "Polygon" ? [geometry.coordinates] : (geometry as GeoJSON.MultiPolygon).coordinates;
      return polygons.some(([ring = []]) => {
        let inside = false;
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
          const [x1, y1] = ring[i] as [number, number];
          const [x2, y2] = ring[j] as [number, number];
          if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
        }
        return inside;
      });
    })
    .map(({ id }) => id);
}

test.each(["110m", "50m"] as const)(
  "contested areas lie with the state that the United Nations counts them to, at %s",
  (scale) => {
    expect(holder(scale, 34.2, 45.3)).toEqual(["UKR"]);
    expect(holder(scale, 33.5, 35.3)).toEqual(["CYP"]);
    expect(holder(scale, 45, 9.8)).toEqual(["SOM"]);
    expect(holder(scale, -13.5, 24.5)).toEqual(["ESH"]);
  },
);

test("every country of the fine map with a code has it once", () => {
  const codes = SHAPES["50m"].features.map(({ id }) => id).filter(Boolean);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.length).toBeGreaterThan(230);
});

test("countries are called as they are in every list", () => {
  const names = new Map(SHAPES["50m"].features.map(({ id, properties }) => [id, properties?.name]));
  expect(["SYR", "KOR", "MDA", "LAO", "COD"].map((code) => names.get(code))).toEqual([
    "Syria",
    "South Korea",
    "Moldova",
    "Laos",
    "Democratic Republic of the Congo",
  ]);
  expect([...names.values()].filter((name) => /["|]/.test(String(name)))).toEqual([]);
});
