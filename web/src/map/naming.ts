import type L from "leaflet";
import { type Country, labelPoint } from "./base";
import { nudge } from "./crowding";

/** Whose names a map shows, and where: countries wide enough for them, whole on the map, and where no pin stands. */
export function namedCountries(
  map: L.Map,
  shapes: readonly Country[],
  pins: readonly { x: number; y: number }[],
): { name: string; lat: number; lon: number }[] {
  const zoom = map.getZoom();
  const scale = (256 * 2 ** zoom) / 360;
  const { x: wide } = map.getSize();
  const found = [];
  for (const country of shapes) {
    const { lat, lon, width } = labelPoint(country);
    const { name } = country.properties;
    if (width * scale < 34 + name.length * 5.6) continue;
    const across = map.latLngToContainerPoint([lat, lon]).x;
    if (across < 0 || across > wide || nudge(across, name, wide)) continue;
    const { x, y } = map.project([lat, lon], zoom);
    if (pins.some((pin) => Math.abs(pin.x - x) < 75 && Math.abs(pin.y - y) < 42)) continue;
    found.push({ name, lat, lon });
  }
  return found;
}
