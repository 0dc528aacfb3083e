import { changed, go, useAddress } from "../address";
import type { About, UnitLine } from "../api/shapes";
import { TimeBar } from "../dates/TimeBar";
import { periodWords } from "../dates/words";
import { actorColour } from "../parts/colours";
import { Downloads } from "../parts/Downloads";
import { ActorLink, PlaceLink, UnitLink, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { More, usePages } from "../parts/pages";
import { Empty, ErrorBox, Loading } from "../parts/states";
import { useTimes } from "./ListViews";

/** Every named unit and base. */
export function UnitsView({ about }: { about: About }) {
  const { params } = useAddress();
  const q = params.get("q");
  const times = useTimes();
  useTitle("Units");
  const pages = usePages<UnitLine>("/units", { ...times, q });
  const find = (event: Event) => {
    event.preventDefault();
    go(changed({ q: String(new FormData(event.currentTarget as HTMLFormElement).get("q") ?? "") }));
  };
  return (
    <>
      <TimeBar about={about} />
      <h1>Named units and bases</h1>
      <form class="filters" onSubmit={find}>
        <label>
          <span>Part of the name</span>
          <input type="search" name="q" defaultValue={q ?? ""} key={q} />
        </label>
        <button type="submit">Find</button>
      </form>
      {pages.error && <ErrorBox error={pages.error} again={pages.again} />}
      {!pages.first && !pages.error && <Loading />}
      {pages.first && pages.items.length === 0 && (
        <Empty title="No unit of such a name is cited by this day" />
      )}
      {pages.items.length > 0 && (
        <div class={`table-holder${pages.loading ? " stale" : ""}`}>
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Unit</th>
                <th scope="col">Whose</th>
                <th scope="col">Last known at</th>
                <th scope="col">Cited</th>
                <th scope="col" class="number">
                  Places
                </th>
                <th scope="col" class="number">
                  Claims
                </th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map((line) => (
                <tr key={`${line.unit}/${line.actor?.id}`}>
                  <th scope="row" data-label="Unit">
                    <span class="what">
                      <MapSymbol sidc={line.symbol} colour={actorColour(line.actor?.id)} />
                      <UnitLink name={line.unit} />
                    </span>
                  </th>
                  <td data-label="Whose">
                    <ActorLink actor={line.actor} />
                  </td>
                  <td data-label="Last known at">
                    <PlaceLink place={line.last_place} />
                  </td>
                  <td data-label="Cited">{periodWords(line.first_cited, line.last_cited)}</td>
                  <td data-label="Places" class="number">
                    {line.places}
                  </td>
                  <td data-label="Claims" class="number">
                    {line.claims}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More pages={pages} />
      <Downloads what="units" formats={["csv", "json"]} params={{ ...times, q }} />
    </>
  );
}
