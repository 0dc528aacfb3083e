import { href } from "../address";
import { question } from "../api/asking";
import type { About, Estimate, RowPage } from "../api/shapes";
import { isWaiting, useAnswer } from "../api/useAnswer";
import { RowChart } from "../charts/RowChart";
import { TimeBar } from "../dates/TimeBar";
import { ageWords, dateWords, periodWords } from "../dates/words";
import { ClaimCard } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { CLAIM_FILES, Downloads } from "../parts/Downloads";
import { ActorLink, ClaimLink, Copy, PlaceLink, UnitLink, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { EstimateCell, Flags } from "../parts/rows";
import { Answered } from "../parts/states";
import { isDated, isUnknown, Unknown } from "../parts/Unknown";
import { assetWords, plural } from "../parts/words";
import { useTimes } from "./ListViews";

/** One force at one place: what is stated, what that makes likely, and every claim it rests on. */
export function RowView({ about, id }: { about: About; id: string }) {
  const times = useTimes();
  const answer = useAnswer<RowPage>(question("/row", { id, ...times }));
  const row = answer.value?.row;
  useTitle(row ? `${row.actor.name}, ${assetWords(row.asset)}, ${row.place.name}` : id);
  const [actor] = id.split("/");
  const country = id.split("/")[2];
  const estimates = useAnswer<{ items: Estimate[] }>(
    row && !row.estimate ? question("/estimates", { place: country, actor, ...times }) : null,
  );
  const estimate = row?.estimate ?? estimates.value?.items.find((one) => one.row === row?.key);
  if (isUnknown(answer))
    return (
      <>
        {isDated() && <TimeBar about={about} />}
        <Unknown what="row" name={id} error={answer.error} />
      </>
    );
  return (
    <>
      <TimeBar about={about} place={country} actor={actor} waiting={isWaiting(answer)} />
      <Answered answer={answer} lines={8}>
        {(page) => (
          <RowBody
            page={page}
            estimate={estimate}
            estimating={!estimates.value && !estimates.error}
            times={times}
          />
        )}
      </Answered>
    </>
  );
}

function RowBody({
  page,
  estimate,
  estimating,
  times,
}: {
  page: RowPage;
  estimate?: Estimate | null;
  estimating: boolean;
  times: Record<string, string | null>;
}) {
  const { row, claims } = page;
  const title = `${row.actor.name}, ${assetWords(row.asset)} in ${row.place.name}`;
  return (
    <>
      <header class="view-head">
        <h1 class="row-title">
          <MapSymbol sidc={row.symbol} colour={actorColour(row.actor.id)} size={40} />
          <span>
            <ActorLink actor={row.actor} />, {assetWords(row.asset)}
            {row.table !== "strength" && (
              <>
                {" "}
                in <PlaceLink place={row.place} />
              </>
            )}
            {row.component && (
              <span class="row-component">
                {" "}
                · {row.asset === "unit" ? <UnitLink name={row.component} /> : row.component}
              </span>
            )}
          </span>
        </h1>
        <p class="view-sub">
          As of {dateWords(page.as_of)}, as known on {dateWords(page.known)} · row <code>{row.id}</code>{" "}
          <Copy text={location.href}>copy link</Copy>
        </p>
      </header>
      <dl class="figures">
        <div>
          <dt>Stated</dt>
          <dd class="figure">{row.words}</dd>
        </div>
        <div>
          <dt>Estimated</dt>
          <dd class="figure figure-estimate">
            <EstimateCell estimate={estimate} estimating={estimating} />
          </dd>
        </div>
        <div>
          <dt>Basis</dt>
          <dd>
            {plural(row.claims, "claim")} of {plural(row.voices, "voice")}
            <br />
            {row.checked} of {row.claims} checked
          </dd>
        </div>
        <div>
          <dt>Cited</dt>
          <dd>
            {periodWords(row.first_cited, row.last_cited)}
            <br />
            <span class="muted">
              {row.age_days > 0 ? `the last ${ageWords(row.age_days)} before this day` : "on that very day"}
            </span>
          </dd>
        </div>
        <div>
          <dt>State</dt>
          <dd>
            <Flags row={row} />
            {estimate?.no_longer_stated && (
              <span class="flag flag-old" title="Left out of a later edition of the series that stated it">
                no longer stated since {dateWords(estimate.no_longer_stated)}
              </span>
            )}
          </dd>
        </div>
      </dl>
      {row.stated.length > 1 && (
        <div class={`note${row.disputed ? " note-bad" : ""}`}>
          <b>{row.disputed ? "The voices do not agree." : "Each voice's newest word."}</b>
          <ul class="sides">
            {row.stated.map((stated) => (
              <li key={stated.claim}>
                <ClaimLink id={stated.claim}>{stated.words}</ClaimLink>{" "}
                <span class="muted">
                  {stated.voice}, {dateWords(stated.published)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <section>
        <h2>Through time</h2>
        <RowChart id={row.key} title={`${title} through time`} asOf={page.as_of} times={times} />
      </section>
      <section>
        <h2>
          Claims <span class="count">{claims.length + page.left_out}</span>
        </h2>
        {claims.map((claim) => (
          <ClaimCard key={claim.id} claim={claim} />
        ))}
        {page.left_out > 0 && (
          <p>
            and {plural(page.left_out, "more claim")}:{" "}
            <a
              href={href("/search", {
                actor: row.actor.id,
                asset: row.asset,
                place: row.place.iso3 ?? row.place.name,
              })}
            >
              search them
            </a>
          </p>
        )}
      </section>
      <Downloads what="claims" formats={CLAIM_FILES} params={{ row: row.id, ...times }} />
    </>
  );
}
