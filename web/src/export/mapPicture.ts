import type { Country } from "../map/base";
import { landStyle } from "../map/base";
import { crowds, legible, nudge, spacing } from "../map/crowding";
import { hatchDefinition } from "../map/hatching";
import { namedCountries } from "../map/naming";
import { pinOf } from "../map/pins";
import { areas } from "../map/spots";
import { countryTints, mix } from "../map/tints";
import type { Drawn } from "../map/WorldMap";
import { symbolElement } from "../parts/MapSymbol";
import { fitting } from "./fitting";

const MARGIN = 12;
const BASIS = "Statements read from texts, not findings. Garrison; base map: Natural Earth.";

export type MapPicture = { kind: "map"; drawn: Drawn; title: string };

const SVG = "http://www.w3.org/2000/svg";
const SIZE = 24;
const FONT = "'IBM Plex Sans', 'Helvetica Neue', Arial, sans-serif";

/** The map as it stands on screen, as a drawing of its own: with its title, its symbols, and what it rests on. */
export function mapPicture({ drawn, title }: MapPicture): SVGSVGElement {
  const { map, shapes, sites, world, contested } = drawn;
  const { x: width, y: height } = map.getSize();
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const svg = make("svg", {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    "font-family": FONT,
  }) as SVGSVGElement;
  svg.append(
    hatchDefinition(document, colour("--hatch")),
    make("rect", { width, height, fill: colour("--sea") }),
  );

  const land = landStyle();
  const tints = countryTints({ world, sites });
  const project = (lat: number, lon: number) => map.latLngToContainerPoint([lat, lon]);
  for (const country of shapes.features) {
    const tint = country.id ? tints.get(country.id) : undefined;
    const d = outline(country.geometry, project, width, height);
    if (d)
      svg.append(
        make("path", {
          d,
          fill: tint ? mix(land.fillColor as string, tint, 0.38) : (land.fillColor as string),
          stroke: land.color as string,
          "stroke-width": 0.7,
        }),
      );
  }
  const circle = (lat: number, lon: number, km: number, attributes: Record<string, string | number>) => {
    const centre = project(lat, lon);
    const edge = project(lat + km / 111.2, lon);
    const [r, cx, cy] = [Math.abs(centre.y - edge.y), centre.x, centre.y].map((value) => +value.toFixed(1));
    svg.append(make("circle", { cx: cx as number, cy: cy as number, r: r as number, ...attributes }));
  };
  for (const { geometry } of contested) {
    const d = geometry && outline(geometry as unknown as Country["geometry"], project, width, height);
    if (d) svg.append(make("path", { d, fill: "url(#hatch)", "fill-rule": "evenodd" }));
  }
  for (const { lat, lon, radius_km, colour: fill } of areas(world, sites))
    circle(lat, lon, radius_km, { fill, "fill-opacity": 0.18, stroke: fill, "stroke-dasharray": "5 4" });

  const spots = sites.map((site) => ({
    ...project(site.place.lat as number, site.place.lon as number),
    item: site,
  }));
  const { apart, room } = spacing(map.getZoom());
  const seen = crowds(spots, apart)
    .filter(({ x, y }) => x > -40 && y > -40 && x < width + 40 && y < height + 40)
    .map((crowd) => ({ crowd, pin: pinOf(world, crowd, room) }));
  const origin = map.project([0, 0]).subtract(map.latLngToContainerPoint([0, 0]));
  const pinned = seen.map(({ crowd: { x, y } }) => ({ x: x + origin.x, y: y + origin.y }));
  for (const { name, lat, lon } of namedCountries(map, shapes.features, pinned)) {
    const { x, y } = project(lat, lon);
    svg.append(
      words(name, {
        x,
        y: y + 4,
        "text-anchor": "middle",
        "font-size": 11,
        "letter-spacing": "0.04em",
        fill: colour("--muted"),
      }),
    );
  }
  const named = legible(seen.map(({ crowd: { x, y }, pin }) => ({ x, y, text: pin.label })));
  for (const [at, { crowd, pin }] of seen.entries()) {
    const group = make("g", { transform: `translate(${crowd.x.toFixed(1)} ${crowd.y.toFixed(1)})` });
    let left = (-(pin.symbols.length + (pin.more ? 1 : 0)) * (SIZE + 4)) / 2;
    for (const { sidc, colour: fill, old, disputed } of pin.symbols) {
      const symbol = symbolElement(sidc, fill, SIZE);
      symbol.setAttribute("x", String(left));
      symbol.setAttribute("y", String(-Number(symbol.getAttribute("height")) / 2));
      if (old) symbol.setAttribute("opacity", "0.55");
      group.append(symbol);
      if (disputed)
        group.append(
          make("circle", {
            cx: left + SIZE,
            cy: -SIZE / 2,
            r: 4,
            fill: colour("--bad"),
            stroke: colour("--surface"),
          }),
        );
      left += SIZE + 4;
    }
    if (pin.more)
      group.append(words(`+${pin.more}`, { x: left, y: 4, "font-size": 12, fill: colour("--ink") }));
    left = ((pin.symbols.length + (pin.more ? 1 : 0)) * (SIZE + 4)) / 2;
    for (const [arrow, moves, name] of [
      ["↘", pin.arrivals, "--arrival"],
      ["↗", pin.departures, "--departure"],
    ] as const) {
      if (!moves) continue;
      const told = `${arrow}${moves > 1 ? moves : ""}`;
      group.append(words(told, { x: left, y: 5, "font-size": 15, "font-weight": 600, fill: colour(name) }));
      left += 10 * told.length + 4;
    }
    if (named[at])
      group.append(
        words(pin.label, {
          x: nudge(crowd.x, pin.label, width),
          y: SIZE / 2 + 13,
          "text-anchor": "middle",
          "font-size": 11,
          fill: colour("--ink"),
          stroke: colour("--land"),
          "stroke-width": 3,
          "paint-order": "stroke",
        }),
      );
    svg.append(group);
  }
  svg.append(
    make("rect", { width, height: 30, fill: colour("--surface"), "fill-opacity": 0.92 }),
    words(title, {
      x: MARGIN,
      y: 20,
      "font-size": fitting(title, 14, width - 2 * MARGIN),
      "font-weight": 600,
      fill: colour("--ink"),
    }),
    words(BASIS, {
      x: MARGIN,
      y: height - 10,
      "font-size": fitting(BASIS, 11, width - 2 * MARGIN),
      fill: colour("--ink"),
    }),
  );
  return svg;
}

function outline(
  geometry: Country["geometry"],
  project: (lat: number, lon: number) => { x: number; y: number },
  width: number,
  height: number,
): string {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  let d = "";
  for (const polygon of polygons)
    for (const ring of polygon) {
      const points = ring.map(([lon, lat]) => project(lat as number, lon as number));
      const seen =
        points.some(({ x }) => x > -50) &&
        points.some(({ x }) => x < width + 50) &&
        points.some(({ y }) => y > -50) &&
        points.some(({ y }) => y < height + 50);
      if (seen) d += `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
    }
  return d;
}

function make(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

function words(text: string, attributes: Record<string, string | number>): SVGElement {
  const element = make("text", attributes);
  element.textContent = text;
  return element;
}
