import { changed, go, useAddress } from "../address";
import type { About, Move } from "../api/shapes";
import { TimeBar } from "../dates/TimeBar";
import { MoveTable } from "../parts/claims";
import { CLAIM_FILES, Downloads } from "../parts/Downloads";
import { useTitle } from "../parts/links";
import { More, usePages } from "../parts/pages";
import { Empty, ErrorBox, Loading } from "../parts/states";
import { useTimes } from "./ListViews";

const STATES = ["open", "carried out", "denied", "lapsed"];

/** What was announced, and what became of it. */
export function MovesView({ about }: { about: About }) {
  const { params } = useAddress();
  const state = params.get("state");
  useTitle("Announced moves");
  const times = useTimes();
  const pages = usePages<Move>("/moves", { ...times, state });
  return (
    <>
      <TimeBar about={about} />
      <h1>Announced moves</h1>
      <p class="view-sub">
        What is planned or possible stands beside the forces, never among them, with what became of it.
      </p>
      <div class="filters">
        <label>
          <span>State</span>
          <select value={state ?? ""} onChange={(event) => go(changed({ state: event.currentTarget.value }))}>
            <option value="">all</option>
            {STATES.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      </div>
      {pages.error && <ErrorBox error={pages.error} again={pages.again} />}
      {!pages.first && !pages.error && <Loading />}
      {pages.first && pages.items.length === 0 && <Empty title="Nothing was announced by this day" />}
      <div class={pages.loading ? "stale" : undefined}>
        <MoveTable caption="Announced and possible" moves={pages.items} />
      </div>
      <More pages={pages} />
      {pages.items.length > 0 && (
        <Downloads what="moves" formats={CLAIM_FILES} params={{ ...times, state }} />
      )}
    </>
  );
}
