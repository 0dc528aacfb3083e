import { useMemo, useRef } from "preact/hooks";
import { changed, countryPath, go, href, rowHref, useAddress } from "../address";
import { question } from "../api/asking";
import type { About, Contested, Force, World, WorldMove } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { hasClaims, TimeBar } from "../dates/TimeBar";
import { dateWords } from "../dates/words";
import { savePicture } from "../export/saving";
import { Legend } from "../map/Legend";
import { actorsOf, type Site, siteKey, sites } from "../map/spots";
import { type Drawn, WorldMap } from "../map/WorldMap";
import { actorColour } from "../parts/colours";
import { Downloads } from "../parts/Downloads";
import { ActorLink, ClaimLink, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { Empty, EmptyLedger, ErrorBox, Loading } from "../parts/states";
import { assetWords, plural } from "../parts/words";
import { useTimes } from "./ListViews";

const NONE: Contested[] = [];
const LISTED = 60;
// Where there are more forces than this, so many of each country are listed.
const MANY = 400;
const EACH = 12;

/** The world on a day: the map, and beside it the same forces as a list. */
export function WorldView({ about }: { about: About }) {
  const { params } = useAddress();
  const times = useTimes();
  const answer = useAnswer<World>(question("/world", times));
  const contested = useAnswer<{ items: Contested[] }>(question("/contested")).value?.items ?? NONE;
  const drawn = useRef<Drawn | null>(null);
  const actor = params.get("actor");
  const asset = params.get("asset");
  const home = params.get("home") !== "no";
  const picked = params.get("at");
  const world = answer.value;
  const isEmpty = !hasClaims(about);
  const found = useMemo(
    () => (world ? sites(world, { actor, asset, home }) : []),
    [world, actor, asset, home],
  );
  useTitle(`Forces as of ${dateWords(times.as_of ?? about.today)}`);

  const title = `Forces as of ${dateWords(world?.as_of ?? about.today)}, as known on ${dateWords(world?.known ?? about.today)}`;
  return (
    <div class="world">
      <h1 class="visually-hidden">{title}</h1>
      <TimeBar about={about} />
      <div class="world-map">
        <WorldMap
          about={about}
          world={world}
          sites={found}
          contested={contested}
          picked={picked}
          drawn={drawn}
          onPick={(keys) => go(changed({ at: keys.join("|") }))}
          onCountry={(iso3) => go(href(countryPath(iso3)))}
        />
        {world && (
          <Legend
            actors={actorsOf(
              world,
              found.flatMap((site) => site.forces),
            )}
          />
        )}
      </div>
      <aside
        class={`world-list${answer.loading ? " stale" : ""}`}
        aria-label="Forces on the map"
        aria-busy={answer.loading}
      >
        {answer.error && <ErrorBox error={answer.error} again={answer.again} />}
        {!world && !answer.error && <Loading lines={8} />}
        {world && (
          <>
            {!isEmpty && <Filters world={world} actor={actor} asset={asset} home={home} about={about} />}
            <SiteList world={world} sites={found} picked={picked} about={about} />
            {!isEmpty && (
              <Downloads
                what="rows"
                formats={["csv", "geojson", "json"]}
                params={{ ...times, actor, asset }}
                pictures={(format) =>
                  drawn.current &&
                  savePicture({ kind: "map", drawn: drawn.current, title }, format, `garrison-${world.as_of}`)
                }
              />
            )}
          </>
        )}
      </aside>
    </div>
  );
}

function Filters({
  world,
  actor,
  asset,
  home,
  about,
}: {
  world: World;
  actor: string | null;
  asset: string | null;
  home: boolean;
  about: About;
}) {
  const classes = about.assets.filter(
    ({ id }) => id === asset || world.forces.some((force) => force.asset === id),
  );
  const actors = actorsOf(world, world.forces).sort((a, b) => a.actor.name.localeCompare(b.actor.name));
  const missing = actor && !actors.some((one) => one.actor.id === actor);
  return (
    <div class="filters filters-map">
      <label>
        <span>Whose</span>
        <select value={actor ?? ""} onChange={(event) => go(changed({ actor: event.currentTarget.value }))}>
          <option value="">all</option>
          {missing && <option value={actor}>{actor}</option>}
          {actors.map((one) => (
            <option key={one.actor.id} value={one.actor.id}>
              {one.actor.name} ({one.forces})
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>What</span>
        <select value={asset ?? ""} onChange={(event) => go(changed({ asset: event.currentTarget.value }))}>
          <option value="">all</option>
          {classes.map(({ id }) => (
            <option key={id} value={id}>
              {assetWords(id)}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={home}
          onChange={(event) => go(changed({ home: event.currentTarget.checked ? null : "no" }))}
        />{" "}
        own forces too
      </label>
    </div>
  );
}

function SiteList({
  world,
  sites: all,
  picked,
  about,
}: {
  world: World;
  sites: Site[];
  picked: string | null;
  about: About;
}) {
  const wanted = picked ? new Set(picked.split("|")) : null;
  const chosen = wanted ? all.filter((site) => wanted.has(site.key)) : all;
  const shown = chosen.length ? chosen : all;
  const unplaced = wanted ? [] : world.forces.filter((force) => !world.places[force.place]?.shape);
  const groups = useMemo(() => byCountry(world, shown), [world, shown]);
  const total = shown.reduce((sum, site) => sum + site.forces.length, 0);
  const each = total > MANY ? EACH : total;
  if (!hasClaims(about)) return <EmptyLedger />;
  if (!all.length)
    return (
      <Empty title="No force is stated anywhere on this day">
        <p>Absence here is not absence there.</p>
        {about.last_day && (
          <p>
            <a href={changed({ as_of: about.last_day, known: null })}>Go to the day of the newest claim</a>
          </p>
        )}
      </Empty>
    );
  return (
    <>
      <p class="list-head">
        <b>{plural(total, "force")}</b> in {plural(groups.length, "country", "countries")}
        {wanted && chosen.length > 0 && (
          <a class="button quiet" href={changed({ at: null })}>
            show all
          </a>
        )}
      </p>
      {groups.slice(0, LISTED).map((group) => (
        <section key={group.iso3 ?? group.name} class="country-group">
          <h2>{group.iso3 ? <a href={href(countryPath(group.iso3))}>{group.name}</a> : group.name}</h2>
          <ul>
            {group.forces.slice(0, each).map((force) => (
              <ForceLine key={force.row} world={world} force={force} />
            ))}
            {group.moves.slice(0, each).map((move) => (
              <MoveLine
                key={`${move.claim}/${move.arriving}`}
                world={world}
                move={move}
                arriving={move.arriving}
              />
            ))}
            <HiddenLine group={group} each={each} />
          </ul>
        </section>
      ))}
      {groups.length > LISTED && (
        <p class="muted">
          and {plural(groups.length - LISTED, "country", "countries")} more: see{" "}
          <a href={href("/countries")}>countries</a>
        </p>
      )}
      {unplaced.length > 0 && (
        <section class="country-group">
          <h2>Not on the map</h2>
          <ul>
            {unplaced.slice(0, LISTED).map((force) => (
              <ForceLine key={force.row} world={world} force={force} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What of a country is not listed, for want of room. */
function HiddenLine({ group, each }: { group: Group; each: number }) {
  const forces = Math.max(0, group.forces.length - each);
  const moves = Math.max(0, group.moves.length - each);
  const hidden = [
    forces > 0 && plural(forces, "more force"),
    moves > 0 && plural(moves, "more recent move"),
  ].filter(Boolean);
  if (!hidden.length) return null;
  return (
    <li class="force-line muted">
      <span>
        and {hidden.join(", ")}
        {group.iso3 && (
          <>
            : <a href={href(countryPath(group.iso3))}>{group.name}</a>
          </>
        )}
      </span>
    </li>
  );
}

type Moved = WorldMove & { arriving: boolean };
type Group = { iso3: string | null; name: string; forces: Force[]; moves: Moved[] };

function byCountry(world: World, shown: readonly Site[]): Group[] {
  const names = new Map(world.countries.map((country) => [country.iso3, country.name]));
  const groups = new Map<string, Group>();
  for (const site of shown) {
    const { iso3, name } = site.place;
    const key = iso3 ?? siteKey(site.place);
    let group = groups.get(key);
    if (!group) {
      group = { iso3, name: (iso3 && names.get(iso3)) || name, forces: [], moves: [] };
      groups.set(key, group);
    }
    group.forces.push(...site.forces);
    group.moves.push(...site.arrivals.map((move) => ({ ...move, arriving: true })));
    group.moves.push(...site.departures.map((move) => ({ ...move, arriving: false })));
  }
  const abroad = (group: Group) => group.forces.filter((force) => force.table === "foreign").length;
  return [...groups.values()].sort((a, b) => abroad(b) - abroad(a) || a.name.localeCompare(b.name));
}

function ForceLine({ world, force }: { world: World; force: Force }) {
  const actor = world.actors[force.actor];
  const place = world.places[force.place];
  return (
    <li class={`force-line${force.old ? " is-old" : ""}`}>
      <MapSymbol sidc={force.symbol} colour={actorColour(actor?.id)} />
      <span class="force-words">
        <ActorLink actor={actor ?? null} />{" "}
        <a href={rowHref(force.row)}>
          {force.component && force.asset === "unit" ? force.component : assetWords(force.asset)}:{" "}
          {force.words}
        </a>
        {place && place.shape !== "country" && <span class="muted"> · {place.name}</span>}
        {force.component && force.asset !== "unit" && <span class="muted"> · {force.component}</span>}
        {force.disputed && <span class="flag flag-disputed">disputed</span>}
        {force.table === "home" && <span class="flag">own</span>}
        <span class="force-source">
          {force.said_by}
          {force.voices > 1 && ` and ${plural(force.voices - 1, "other")}`}
          {force.old ? (
            <>
              {" "}
              <span class="flag flag-old">last cited {dateWords(force.last_cited)}</span>
            </>
          ) : (
            `, ${dateWords(force.last_cited)}`
          )}
        </span>
      </span>
    </li>
  );
}

function MoveLine({ world, move, arriving }: { world: World; move: WorldMove; arriving: boolean }) {
  const actor = move.actor === null ? null : (world.actors[move.actor] ?? null);
  return (
    <li class="force-line move-line">
      <span class={`move-mark ${arriving ? "arrival" : "departure"}`} aria-hidden="true">
        {arriving ? "↘" : "↗"}
      </span>
      <span class="force-words">
        <ActorLink actor={actor} />{" "}
        <ClaimLink id={move.claim}>
          {arriving ? "arriving" : "leaving"}: {move.words}
        </ClaimLink>
        <span class="muted"> · {dateWords(move.day)}</span>
      </span>
    </li>
  );
}
