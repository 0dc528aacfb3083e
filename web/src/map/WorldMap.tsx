import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import { useEffect, useRef } from "preact/hooks";
import { changed, go, here } from "../address";
import type { About, Contested, World } from "../api/shapes";
import { onTheme } from "../parts/theme";
import { baseLayer, type Countries, type Country, countries, countryStyle } from "./base";
import { type Crowd, crowds, legible, nudge, spacing } from "./crowding";
import { hatchDefinition } from "./hatching";
import { namedCountries } from "./naming";
import { type Pin, pinElement, pinOf } from "./pins";
import { areas, type Site } from "./spots";
import { countryTints } from "./tints";

const WORLD = L.latLngBounds([-58, -170], [78, 180]);
const POLAR = 66;
const WIDE = 90;

/** What the map of a picture needs to be drawn, also by who saves it as a picture. */
export type Drawn = { map: L.Map; shapes: Countries; sites: Site[]; world: World; contested: Contested[] };

type Props = {
  about: About;
  world: World | null;
  sites: Site[];
  contested: Contested[];
  picked: string | null;
  onPick: (keys: string[]) => void;
  onCountry: (iso3: string) => void;
  drawn: { current: Drawn | null };
};

/** The map: base, contested areas, areas and forces, each in its own pane. */
export function WorldMap(props: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const held = useRef<Held | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const made = makeMap(holder.current as HTMLDivElement, latest);
    held.current = made;
    draw(made, latest.current);
    return () => {
      held.current = null;
      latest.current.drawn.current = null;
      made.stop();
    };
  }, []);
  useEffect(() => {
    if (held.current) draw(held.current, props);
  });
  return (
    <div
      ref={holder}
      class="map"
      role="application"
      aria-label="Map of forces. Arrow keys move it, plus and minus zoom; the same forces stand in the list beside it."
    />
  );
}

type Held = {
  map: L.Map;
  tiled: boolean;
  ground: L.Renderer;
  base: L.GeoJSON | null;
  shapes: Countries | null;
  areas: L.LayerGroup;
  hatched: L.LayerGroup;
  pins: L.LayerGroup;
  labels: L.LayerGroup;
  fitted: boolean;
  drawnSites: Site[] | null;
  drawnContested: Contested[] | null;
  crowds: Crowd<Site>[];
  /** The pins that stand for the crowds, each with its name. */
  placed: { marker: L.Marker; element: HTMLElement; label: string }[];
  stop: () => void;
};

function makeMap(element: HTMLElement, latest: { current: Props }): Held {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    minZoom: 1,
    maxZoom: 11,
    zoomSnap: 0.5,
    zoomDelta: 1,
    maxBounds: [
      [-85, -200],
      [85, 200],
    ],
    maxBoundsViscosity: 0.8,
    zoomAnimation: !calm,
    fadeAnimation: false,
    renderer: L.svg({ padding: 0.3 }),
  });
  L.control.zoom({ position: "topright", zoomInTitle: "Zoom in", zoomOutTitle: "Zoom out" }).addTo(map);
  for (const [name, order] of [
    ["base", 200],
    ["areas", 340],
    ["hatch", 350],
    ["names", 450],
  ] as const) {
    map.createPane(name).style.zIndex = String(order);
  }
  (map.getPane("names") as HTMLElement).style.pointerEvents = "none";
  for (const name of ["areas", "hatch"]) (map.getPane(name) as HTMLElement).style.pointerEvents = "none";
  const attribution = L.control.attribution({ position: "bottomright", prefix: false }).addTo(map);
  const { tiles } = latest.current.about;
  if (tiles) {
    L.tileLayer(tiles.url, {
      attribution: text(tiles.attribution ?? ""),
      referrerPolicy: "no-referrer",
    }).addTo(map);
  } else attribution.addAttribution("Natural Earth");

  const view = /^([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(here().params.get("map") ?? "");
  if (view) map.setView([Number(view[2]), Number(view[3])], Number(view[1]), { animate: false });
  else map.fitBounds(WORLD, { animate: false });

  const held: Held = {
    map,
    tiled: tiles !== null,
    // Thousands of circles as elements of their own would stall the page.
    ground: L.canvas({ pane: "areas", padding: 0.3 }),
    base: null,
    shapes: null,
    areas: L.layerGroup().addTo(map),
    hatched: L.layerGroup().addTo(map),
    pins: L.layerGroup().addTo(map),
    labels: L.layerGroup().addTo(map),
    fitted: Boolean(view),
    drawnSites: null,
    drawnContested: null,
    crowds: [],
    placed: [],
    stop: () => {},
  };
  const canvas = L.canvas({ pane: "base", padding: 0.4 });
  let gone = false;
  const take = (shapes: Countries) => {
    if (gone) return;
    held.base?.remove();
    held.shapes = shapes;
    held.base = baseLayer(shapes, canvas, held.tiled, (iso3) => latest.current.onCountry(iso3)).addTo(map);
    paint(held, latest.current);
    nameCountries(held);
    share(held, latest.current);
  };
  countries("coarse").then(take);
  // The fine base map weighs most: it comes once what was asked for is there.
  const later = setTimeout(() => countries("fine").then(take), 400);

  let wait: ReturnType<typeof setTimeout> | undefined;
  let byHand = false;
  map.on("zoomend", () => placePins(held, latest.current));
  map.on("zoomend moveend", () => {
    nudgeNames(held);
    nameCountries(held);
    clearTimeout(wait);
    if (!byHand) return;
    wait = setTimeout(() => {
      const { lat, lng } = map.getCenter();
      const at = `${+map.getZoom().toFixed(1)}/${lat.toFixed(2)}/${lng.toFixed(2)}`;
      if (!gone) go(changed({ map: at }), { replace: true });
    }, 300);
  });
  const hand = () => {
    byHand = true;
    held.fitted = true;
  };
  for (const kind of ["mousedown", "wheel", "keydown", "touchstart"])
    element.addEventListener(kind, hand, { passive: true });
  const offTheme = onTheme(() => {
    paint(held, latest.current);
  });
  const watch = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  watch.observe(element);
  held.stop = () => {
    gone = true;
    clearTimeout(later);
    clearTimeout(wait);
    offTheme();
    watch.disconnect();
    map.remove();
  };
  return held;
}

function draw(held: Held, props: Props): void {
  if (props.sites !== held.drawnSites) {
    held.drawnSites = props.sites;
    if (!held.fitted && props.sites.length) {
      const points = props.sites.map(({ place }): [number, number] => [
        place.lat as number,
        place.lon as number,
      ]);
      // Mercator gives the poles half of the map: they are there for who moves it.
      const lived = points.filter(([lat]) => Math.abs(lat) < POLAR);
      const bounds = L.latLngBounds(lived.length ? lived : points);
      const wide = bounds.getEast() - bounds.getWest() > WIDE;
      held.map.fitBounds(bounds.pad(wide ? 0.06 : 0.3), { animate: false, maxZoom: 5 });
      held.fitted = true;
    }
    paint(held, props);
    drawAreas(held, props);
  }
  if (props.contested !== held.drawnContested) {
    held.drawnContested = props.contested;
    drawContested(held, props.contested);
  }
  placePins(held, props);
  nameCountries(held);
  share(held, props);
}

function share(held: Held, props: Props): void {
  if (props.world && held.shapes)
    props.drawn.current = {
      map: held.map,
      shapes: held.shapes,
      sites: props.sites,
      world: props.world,
      contested: props.contested,
    };
}

/** Tints the countries of which, as a whole, forces from abroad are stated. */
function paint(held: Held, props: Props): void {
  const { base } = held;
  if (!base) return;
  const tints = countryTints(props);
  base.eachLayer((layer) => {
    const iso3 = ((layer as L.Polygon).feature as Country | undefined)?.id ?? "";
    (layer as L.Path).setStyle(countryStyle(held.tiled, tints.get(iso3)));
  });
}

function drawAreas(held: Held, { world, sites }: Props): void {
  held.areas.clearLayers();
  for (const { lat, lon, radius_km, colour } of areas(world, sites)) {
    L.circle([lat, lon], {
      pane: "areas",
      renderer: held.ground,
      radius: radius_km * 1000,
      color: colour,
      fillColor: colour,
      fillOpacity: 0.12,
      weight: 1.2,
      dashArray: "5 4",
      interactive: false,
    }).addTo(held.areas);
  }
}

function drawContested(held: Held, contested: Contested[]): void {
  held.hatched.clearLayers();
  const renderer = L.svg({ pane: "hatch", padding: 0.3 });
  for (const { geometry } of contested) {
    if (!geometry) continue;
    L.geoJSON(geometry as unknown as GeoJSON.Geometry, {
      pane: "hatch",
      ...({ renderer } as object),
      style: { stroke: false, fillOpacity: 1, className: "hatched" },
      interactive: false,
    }).addTo(held.hatched);
  }
  const svg = (renderer as unknown as { _container?: SVGSVGElement })._container;
  if (svg && !svg.querySelector("defs")) svg.prepend(hatchDefinition(document));
}

function placePins(held: Held, props: Props): void {
  const { world, sites, picked, onPick } = props;
  held.pins.clearLayers();
  held.placed = [];
  if (!world) return;
  const { map } = held;
  const zoom = map.getZoom();
  const spots = sites.map((site) => {
    const { x, y } = map.project([site.place.lat as number, site.place.lon as number], zoom);
    return { x, y, item: site };
  });
  const wanted = picked?.split("|") ?? [];
  const { apart, room } = spacing(zoom);
  held.crowds = crowds(spots, apart);
  const pins = held.crowds.map((crowd) => pinOf(world, crowd, room));
  const named = legible(held.crowds.map(({ x, y }, at) => ({ x, y, text: pins[at]?.label ?? "" })));
  held.crowds.forEach((crowd, at) => {
    const pin = pins[at] as Pin;
    const element = pinElement(pin);
    if (!named[at]) element.classList.add("is-crowded");
    if (crowd.items.some((site) => wanted.includes(site.key))) element.classList.add("is-picked");
    const marker = L.marker(map.unproject([crowd.x, crowd.y], zoom), {
      icon: L.divIcon({ html: element, className: "pin-holder", iconSize: [0, 0] }),
      title: pin.said,
      riseOnHover: true,
    });
    const pick = () => onPick(crowd.items.map((site) => site.key));
    marker.on("click", pick);
    marker.addTo(held.pins);
    held.placed.push({ marker, element, label: pin.label });
    const holder = marker.getElement();
    holder?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      pick();
    });
  });
  nudgeNames(held);
}

/** Moves the names of pins at the map's edge inwards. */
function nudgeNames({ map, placed }: Held): void {
  const width = map.getSize().x;
  for (const { marker, element, label } of placed) {
    const aside = nudge(map.latLngToContainerPoint(marker.getLatLng()).x, label, width);
    if (aside) element.style.setProperty("--aside", `${aside.toFixed(1)}px`);
    else element.style.removeProperty("--aside");
  }
}

/** Writes the names of the countries on the base map; tiles have names of their own. */
function nameCountries(held: Held): void {
  held.labels.clearLayers();
  if (!held.base || held.tiled) return;
  for (const { name, lat, lon } of namedCountries(held.map, held.shapes?.features ?? [], held.crowds)) {
    const label = document.createElement("span");
    label.className = "country-name";
    label.textContent = name;
    L.marker([lat, lon], {
      pane: "names",
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ html: label, className: "pin-holder", iconSize: [0, 0] }),
    }).addTo(held.labels);
  }
}

/** Plain text for a control that takes markup. */
function text(words: string): string {
  const element = document.createElement("span");
  element.textContent = words;
  return element.innerHTML;
}
