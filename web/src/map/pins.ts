import type { ActorRef, World } from "../api/shapes";
import { actorColour } from "../parts/colours";
import { symbolElement } from "../parts/MapSymbol";
import type { Crowd } from "./crowding";
import { shortBounds } from "./figures";
import type { Site } from "./spots";

const SIZE = 24;

/** What a pin shows of a crowd of sites. */
export type Pin = {
  key: string;
  symbols: { sidc: string; colour: string; old: boolean; disputed: boolean }[];
  more: number;
  label: string;
  arrivals: number;
  departures: number;
  whole: boolean;
  said: string;
};

/**
 * The pin of a crowd: a symbol for each actor and class, forces from abroad first, as far as there is `room`, and words
 * for who cannot see.
 */
export function pinOf(world: World, crowd: Crowd<Site>, room: number): Pin {
  const forces = crowd.items.flatMap((site) => site.forces).sort((a, b) => rank(a.table) - rank(b.table));
  const kinds = new Map<string, { sidc: string; colour: string; old: boolean; disputed: boolean }>();
  for (const force of forces) {
    const actor = world.actors[force.actor] as ActorRef;
    const key = `${actor.id}/${force.symbol}`;
    const known = kinds.get(key);
    if (known) {
      known.old &&= force.old;
      known.disputed ||= force.disputed;
    } else
      kinds.set(key, {
        sidc: force.symbol,
        colour: actorColour(actor.id),
        old: force.old,
        disputed: force.disputed,
      });
  }
  const symbols = [...kinds.values()];
  const shown = symbols.length > room ? Math.max(1, room - 1) : symbols.length;
  const [force] = forces;
  const name = crowdName(world, crowd.items);
  const figure = forces.length === 1 && force ? shortBounds(force.low, force.high) : "";
  const arrivals = sum(crowd.items, (one) => one.arrivals.length);
  const departures = sum(crowd.items, (one) => one.departures.length);
  const actors = [...new Set(forces.map((one) => world.actors[one.actor]?.name))];
  const said = [
    [...new Set(crowd.items.map((one) => one.place.name))].join(", "),
    forces.length
      ? `${forces.length} ${forces.length === 1 ? "force" : "forces"} of ${actors.join(", ")}`
      : "",
    forces.some((one) => one.disputed) ? "disputed" : "",
    arrivals ? `${arrivals} recent ${arrivals === 1 ? "arrival" : "arrivals"}` : "",
    departures ? `${departures} recent ${departures === 1 ? "departure" : "departures"}` : "",
  ];
  return {
    key: crowd.items.map((one) => one.key).join("|"),
    symbols: symbols.slice(0, shown),
    more: symbols.length - shown,
    label: figure ? `${name} · ${figure}` : name,
    arrivals,
    departures,
    whole: crowd.items.every((one) => one.place.shape !== "point"),
    said: [figure ? `${name} · ${figure}` : name, ...said.filter(Boolean)].join("; "),
  };
}

/** What stands together is called by its place, by its country where it is all in one, else by the first of its places. */
function crowdName(world: World, items: readonly Site[]): string {
  const [first] = items as [Site];
  if (items.length === 1) return first.place.name;
  const { iso3 } = first.place;
  const country = world.countries.find((one) => one.iso3 === iso3)?.name;
  if (country && items.every((one) => one.place.iso3 === iso3)) return country;
  return `${first.place.name} & ${items.length - 1} more`;
}

/** The element of a pin. */
export function pinElement(pin: Pin): HTMLElement {
  const root = document.createElement("div");
  root.className = `pin${pin.whole ? " pin-whole" : ""}`;
  const line = document.createElement("div");
  line.className = "pin-symbols";
  line.setAttribute("aria-hidden", "true");
  for (const { sidc, colour, old, disputed } of pin.symbols) {
    const holder = document.createElement("span");
    holder.className = `pin-symbol${old ? " is-old" : ""}${disputed ? " is-disputed" : ""}`;
    holder.append(symbolElement(sidc, colour, SIZE));
    line.append(holder);
  }
  if (pin.more) line.append(mark("pin-more", `+${pin.more}`));
  if (pin.arrivals) line.append(mark("pin-move arrival", `↘${pin.arrivals > 1 ? pin.arrivals : ""}`));
  if (pin.departures) line.append(mark("pin-move departure", `↗${pin.departures > 1 ? pin.departures : ""}`));
  root.append(line, words("div", "pin-label", pin.label), words("span", "visually-hidden", pin.said));
  return root;
}

function words(name: string, className: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

/** A mark that the style sheet writes, as the pin's name says in words what it means. */
function mark(className: string, text: string): HTMLElement {
  const element = words("span", className, "");
  element.dataset.words = text;
  return element;
}

const rank = (table: string) => (table === "foreign" ? 0 : 1);
const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((total, item) => total + of(item), 0);
