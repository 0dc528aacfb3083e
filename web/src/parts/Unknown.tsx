import type { ComponentChildren } from "preact";
import { actorPath, changed, countryPath, href, TIMES } from "../address";
import { type ApiError, question } from "../api/asking";
import type { Suggestion } from "../api/shapes";
import { type Answer, useAnswer } from "../api/useAnswer";
import { useTitle } from "./links";
import { suggestionHref } from "./SuggestBox";
import { sentence } from "./words";

type Sought = "country" | "actor" | "unit" | "row" | "claim" | "document";

const NEAR = 6;
const BY_ID = "One that was never read into this ledger, or was erased from it, is not found.";

type Said = { kicker: string; title: (name: string) => string; why: string };

/** What to say of each: above the title, the title around the name, and why there is nothing. */
const SAID: Record<Sought, Said> = {
  country: {
    kicker: "Country",
    title: (name) => `No country or place called “${name}” is known`,
    why: "It is no country's name or code, and no claim in this ledger is about a place of that name. That does not say that nothing is there.",
  },
  actor: {
    kicker: "Actor",
    title: (name) => `No forces of “${name}” are known`,
    why: "It is no country or group that is known by that name, and no claim in this ledger is about forces of it.",
  },
  unit: {
    kicker: "Unit",
    title: (name) => `No unit called “${name}” is known`,
    why: "No claim in this ledger tells where a unit or base of that name is.",
  },
  row: {
    kicker: "Row",
    title: (name) => `There is no row “${name}”`,
    why: "A row is a force at a place, named by whose it is, its class and the place, such as RUS/personnel/TJK. It goes when the last claim that counts for it is rejected, corrected or read differently.",
  },
  claim: { kicker: "Claim", title: () => "There is no such claim", why: BY_ID },
  document: { kicker: "Document", title: () => "There is no such document", why: BY_ID },
};

/** The same of another day than today. */
const THEN: Partial<Record<Sought, Said>> = {
  unit: {
    kicker: "Unit",
    title: (name) => `No claim tells where “${name}” was by this day`,
    why: "Claims of later days, or known only later, may tell: move the dates above.",
  },
  row: {
    kicker: "Row",
    title: (name) => `There was no row “${name}” by this day`,
    why: "Claims of later days, or known only later, may make it: move the dates above.",
  },
};

/** Whether nothing is known of what an answer was asked for, instead of that it could not be given. */
export function isUnknown(answer: Answer<unknown>): boolean {
  return answer.error?.status === 404;
}

/** Whether another day than today is asked for, on which less may be known. */
export function isDated(): boolean {
  const now = new URLSearchParams(location.search);
  return TIMES.some((name) => now.has(name));
}

/** Nothing is known by the name or id asked for: said plainly, with what may have been meant and where to look. */
export function Unknown({ what, name, error }: { what: Sought; name: string; error: ApiError | null }) {
  const then = isDated() ? THEN[what] : undefined;
  const { kicker, title, why } = then ?? SAID[what];
  const isNamed = what === "country" || what === "actor" || what === "unit";
  const near = useAnswer<{ items: Suggestion[] }>(isNamed ? question("/suggest", { q: name }) : null);
  const items = near.value?.items.filter((item) => item.name !== name).slice(0, NEAR) ?? [];
  useTitle(title(name));
  return (
    <section class="unknown">
      <header class="view-head">
        <p class="kicker">{kicker}</p>
        <h1>{title(name)}</h1>
      </header>
      <p>
        {(what === "claim" || what === "document") && error && `${sentence(error.message)} `}
        {why}
      </p>
      {items.length > 0 && (
        <>
          <h2>Perhaps you meant</h2>
          <ul>
            {items.map((item) => (
              <li key={`${item.type}/${item.id}`}>
                <a href={suggestionHref(item)}>{item.name}</a> <span class="muted">{item.detail}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Where to look</h2>
      <ul>
        {then && (
          <li>
            <a href={changed({ as_of: null, known: null, recorded: null })}>The same today</a>, with all that
            is known now
          </li>
        )}
        <Lists what={what} name={name} />
        <li>
          <a href={href("/search", isNamed ? { q: name } : {})}>Search the claims</a>{" "}
          {isNamed ? "for quotations with these words" : "by their words, their outlet or their day"}
        </li>
        <li>
          <a href={href("/")}>The map</a>, with all forces that are known
        </li>
      </ul>
    </section>
  );
}

function Lists({ what, name }: { what: Sought; name: string }): ComponentChildren {
  if (what === "country")
    return (
      <li>
        <a href={href("/countries")}>All countries</a> in which forces are known
      </li>
    );
  if (what === "actor")
    return (
      <li>
        <a href={href("/actors")}>All actors</a> whose forces are known
      </li>
    );
  if (what === "unit")
    return (
      <li>
        <a href={href("/units")}>All named units and bases</a>
      </li>
    );
  const [actor, asset, place] = name.split("/");
  if (what !== "row" || !actor || !asset || !place) return null;
  return (
    <>
      <li>
        <a href={href(actorPath(actor))}>{actor}</a>, where its forces are
      </li>
      <li>
        <a href={href(countryPath(place))}>{place}</a>, who is there
      </li>
    </>
  );
}
