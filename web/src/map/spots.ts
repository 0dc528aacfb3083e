import type { ActorRef, Force, World, WorldMove, WorldPlace } from "../api/shapes";
import { actorColour } from "../parts/colours";

/** What stands at one place: forces and recent movements. */
export type Site = {
  key: string;
  place: WorldPlace;
  forces: Force[];
  arrivals: WorldMove[];
  departures: WorldMove[];
};

/** Which forces are wanted. */
export type Wanted = { actor: string | null; asset: string | null; home: boolean };

/** A place's name in the address bar. */
export const siteKey = (place: { iso3: string | null; name: string }) => `${place.iso3 ?? ""}:${place.name}`;

/** The world by place, the places with most forces from abroad first; places that are not on the map are left out. */
export function sites(world: World, wanted: Wanted): Site[] {
  const found = new Map<number, Site>();
  const at = (index: number): Site | null => {
    const place = world.places[index];
    if (!place || place.lat === null || place.lon === null || !place.shape) return null;
    let site = found.get(index);
    if (!site) {
      site = { key: siteKey(place), place, forces: [], arrivals: [], departures: [] };
      found.set(index, site);
    }
    return site;
  };
  const passes = (actor: number | null, asset: string) =>
    (!wanted.asset || wanted.asset === asset) &&
    (!wanted.actor || (actor !== null && world.actors[actor]?.id === wanted.actor));
  for (const force of world.forces)
    if (passes(force.actor, force.asset) && (wanted.home || force.table !== "home"))
      at(force.place)?.forces.push(force);
  for (const move of world.moves) {
    if (move.place === null || !passes(move.actor, move.asset)) continue;
    if (move.kind === "deploy") at(move.place)?.arrivals.push(move);
    else if (move.kind === "withdraw") at(move.place)?.departures.push(move);
    else if (move.kind === "relocate") {
      at(move.place)?.arrivals.push(move);
      if (move.origin !== null) at(move.origin)?.departures.push(move);
    }
  }
  return [...found.values()].sort((a, b) => weight(b) - weight(a) || (a.key < b.key ? -1 : 1));
}

/** An area that forces are somewhere in: a circle in the colour of their actor, or of none where they are of several. */
export type Area = { lat: number; lon: number; radius_km: number; colour: string };

/** The areas of sites, each once, however many of them have it. */
export function areas(world: World | null, all: readonly Site[]): Area[] {
  const found = new Map<string, Area & { actors: Set<string | undefined> }>();
  for (const { place, forces } of all) {
    const { lat, lon, radius_km } = place;
    if (place.shape !== "area" || !radius_km || lat === null || lon === null) continue;
    const key = `${lat}/${lon}/${radius_km}`;
    const area = found.get(key) ?? { lat, lon, radius_km, colour: "", actors: new Set() };
    for (const force of forces) area.actors.add(world?.actors[force.actor]?.id);
    found.set(key, area);
  }
  return [...found.values()].map(({ actors, ...area }) => ({
    ...area,
    colour: actors.size === 1 ? actorColour([...actors][0]) : "#8aa3b5",
  }));
}

function weight(site: Site): number {
  const abroad = site.forces.filter((force) => force.table === "foreign").length;
  return abroad * 10 + site.forces.length + site.arrivals.length + site.departures.length;
}

/** The actors of forces, each once, those with most forces first. */
export function actorsOf(world: World, forces: readonly Force[]): { actor: ActorRef; forces: number }[] {
  const counts = new Map<number, number>();
  for (const force of forces) counts.set(force.actor, (counts.get(force.actor) ?? 0) + 1);
  return [...counts]
    .map(([index, count]) => ({ actor: world.actors[index] as ActorRef, forces: count }))
    .filter(({ actor }) => actor)
    .sort((a, b) => b.forces - a.forces || (a.actor.name < b.actor.name ? -1 : 1));
}
