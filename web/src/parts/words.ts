import type { Estimate, PlaceRef, Quantity } from "../api/shapes";

const ASSETS: Record<string, string> = {
  personnel: "personnel",
  unit: "units",
  base: "bases",
  tank: "tanks",
  armoured_vehicle: "armoured vehicles",
  artillery: "artillery",
  air_defence: "air defence",
  missile: "missiles",
  combat_aircraft: "combat aircraft",
  aircraft: "aircraft",
  helicopter: "helicopters",
  uav: "drones",
  warship: "warships",
  submarine: "submarines",
  vehicle: "vehicles",
  equipment: "equipment",
};

/** A class of force in words. */
export const assetWords = (asset: string) => ASSETS[asset] ?? asset.replaceAll("_", " ");

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Words as a sentence: with a capital, and a stop at the end. */
export const sentence = (text: string) => capital(text) + (/[.!?…]$/.test(text) ? "" : ".");

export const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** A place with its country, where it is not the country itself. */
export function placeWords(place: PlaceRef, country?: string): string {
  return place.shape !== "country" && country && country !== place.name
    ? `${place.name}, ${country}`
    : place.name;
}

export const quantityWords = (quantity: Quantity | null) =>
  quantity?.words ?? quantity?.text ?? "number not stated";

/** A number to two digits, as the command line prints an estimate: more would say what no model knows. */
export function rounded(number: number): number {
  if (number < 100) return number;
  const unit = 10 ** (Math.floor(Math.log10(number)) - 1);
  return Math.round(number / unit) * unit;
}

const VERBS: Record<string, [string, string, string, string]> = {
  present: ["", "is to be there", "may be there", "is said not to be there"],
  deploy: ["arrives or is sent", "is to be sent", "may be sent", "is said not to be sent"],
  withdraw: ["leaves", "is to leave", "may leave", "is said not to leave"],
  relocate: ["moves", "is to move", "may move", "is said not to move"],
  exercise: ["exercises", "is to exercise", "may exercise", "is said not to exercise"],
  strength: ["numbers", "is to number", "may number", "is said not to number"],
};
const STATUSES = ["fact", "planned", "possible", "denied"];

/** Who a claim's sentence is of, and the rest of it, its kind and status as a verb; what is there as a fact needs none. */
function parted(sentence: string): [string, string] {
  const found = /^(.+?): (\w+) \((\w+)\): (.*)$/s.exec(sentence);
  if (!found) return ["", sentence];
  const [, who = "", kind = "", status = "", what = ""] = found;
  const verb = VERBS[kind]?.[STATUSES.indexOf(status)];
  const said = verb === undefined ? `${kind} (${status})` : verb;
  // The verb in front says it; behind stays whether a size is stated.
  const rest = what.replace(/ \((?:[a-z ]+; )?(size not stated)\)$/, said ? " ($1)" : "");
  return [who, said ? `${said}: ${rest}` : rest];
}

/** A claim in one sentence. */
export function sentenceWords(sentence: string): string {
  const [who, what] = parted(sentence);
  return who ? `${who}${what.includes(": ") ? " · " : ": "}${what}` : what;
}

/** What a claim says, without of whom. */
export const predicateWords = (sentence: string) => parted(sentence)[1];

/** An estimate: its median with the ends of the 90 % interval. */
export function estimateWords(estimate: Estimate): string {
  if (estimate.low === null || estimate.high === null || estimate.median === null) return "size not stated";
  const [low, median, high] = [estimate.low, estimate.median, estimate.high].map((each) =>
    rounded(each).toLocaleString("en"),
  );
  return `${median} (${low}–${high})`;
}

export const percent = (share: number) => `${Math.round(share * 100)}%`;

const ROLES: Record<string, string> = {
  government: "government",
  force: "armed force",
  media: "media",
  organisation: "organisation",
  private: "private person",
  private_person: "private person",
  anonymous: "unnamed",
};
export const roleWords = (role: string) => ROLES[role] ?? role.replaceAll("_", " ");

export const BASIS: Record<string, string> = {
  stated: "as the document states",
  archived: "as an archive proves",
  fetched: "the day it was fetched",
  recorded: "the day it was recorded",
};

/** Dots to go before words that begin within a sentence, as far as their first letter tells; else nothing. */
export const dotsBefore = (words: string): string => (/^\s*[\p{Lu}\p{N}"“‘«(]/u.test(words) ? "" : "… ");

/** Dots to go after words that end within a sentence; else nothing. */
export const dotsAfter = (words: string): string => (/[.!?…]["”’»)]?\s*$/u.test(words) ? "" : " …");
