import type { World } from "../api/shapes";
import { actorColour } from "../parts/colours";
import type { Site } from "./spots";

/** The colour of each country that holds forces from abroad: the actor's if it is one, else the accent. */
export function countryTints({
  world,
  sites,
}: {
  world: World | null;
  sites: readonly Site[];
}): Map<string, string> {
  const tints = new Map<string, string>();
  for (const site of sites) {
    const { iso3, shape } = site.place;
    const abroad = site.forces.filter((force) => force.table === "foreign");
    if (!iso3 || shape !== "country" || !abroad.length) continue;
    const actors = new Set(abroad.map((force) => world?.actors[force.actor]?.id));
    tints.set(iso3, actors.size === 1 ? actorColour([...actors][0]) : "#8aa3b5");
  }
  return tints;
}

/** `share` of one colour in another, both as `#rrggbb`. */
export function mix(under: string, over: string, share: number): string {
  const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const [a, b] = [parts(under), parts(over)];
  return `#${a
    .map((value, i) =>
      Math.round(value + ((b[i] as number) - value) * share)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
