import * as L from "leaflet";
import { feature } from "topojson-client";
import type { World } from "../../drawing/world";
import { unwrap } from "./meridian";
import { mix } from "./tints";

export type Country = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, { name: string }> & {
  id?: string;
};
export type Countries = GeoJSON.FeatureCollection<Country["geometry"], { name: string }> & {
  features: Country[];
};

const held: Record<string, Promise<Countries>> = {};

/** The countries of the packaged base map, `coarse` to show at once or fine. */
export function countries(scale: "coarse" | "fine"): Promise<Countries> {
  held[scale] ??= (scale === "coarse" ? import("virtual:world-110m") : import("virtual:world-50m")).then(
    ({ default: world }: { default: World }) => {
      const shapes = feature(world as never, world.objects.countries as never) as unknown as Countries;
      for (const { geometry } of shapes.features) {
        const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
        for (const polygon of polygons) for (const ring of polygon) unwrap(ring as [number, number][]);
      }
      return shapes;
    },
  );
  return held[scale] as Promise<Countries>;
}

/** Where to write a country's name: the middle of its largest piece, and how wide that piece is in degrees. */
export function labelPoint({ geometry }: Country): { lat: number; lon: number; width: number } {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  let best = { area: -1, lat: 0, lon: 0, width: 0 };
  for (const [ring = []] of polygons) {
    let [area, cx, cy, west, east] = [0, 0, 0, 180, -180];
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[j] as [number, number];
      const [x2, y2] = ring[i] as [number, number];
      const cross = x1 * y2 - x2 * y1;
      area += cross;
      cx += (x1 + x2) * cross;
      cy += (y1 + y2) * cross;
      west = Math.min(west, x2);
      east = Math.max(east, x2);
    }
    if (Math.abs(area) > best.area)
      best = { area: Math.abs(area), lon: cx / (3 * area), lat: cy / (3 * area), width: east - west };
  }
  return best;
}

/** The base map as one layer on canvas, in the colours of the theme; over tiles nothing but what is tinted is seen. */
export function baseLayer(
  shapes: Countries,
  renderer: L.Renderer,
  tiled: boolean,
  onPick: (iso3: string) => void,
): L.GeoJSON {
  return L.geoJSON(shapes, {
    pane: "base",
    ...({ renderer } as object),
    style: () => countryStyle(tiled),
    onEachFeature: (country, layer) => {
      const iso3 = (country as Country).id;
      if (iso3) layer.on("click", () => onPick(iso3));
    },
  });
}

/** How a country is drawn: as land, tinted where forces are somewhere in it; over tiles as its tint alone. */
export function countryStyle(tiled: boolean, tint?: string): L.PathOptions {
  if (tiled) return { stroke: false, fillColor: tint, fillOpacity: tint ? 0.3 : 0 };
  const land = landStyle();
  return tint ? { ...land, fillColor: mix(land.fillColor as string, tint, 0.38) } : land;
}

/** Colours of land and borders, from the style sheet. */
export function landStyle(): L.PathOptions {
  const style = getComputedStyle(document.documentElement);
  return {
    fillColor: style.getPropertyValue("--land").trim(),
    fillOpacity: 1,
    color: style.getPropertyValue("--border").trim(),
    weight: 0.7,
  };
}
