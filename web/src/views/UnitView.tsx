import { question } from "../api/asking";
import type { About, Position, UnitPage } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { TimeBar } from "../dates/TimeBar";
import { dateWords, firstDay, lastDay, periodWords } from "../dates/words";
import { ClaimCard } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { CLAIM_FILES, Downloads } from "../parts/Downloads";
import { ActorLink, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { Answered } from "../parts/states";
import { isDated, isUnknown, Unknown } from "../parts/Unknown";
import { useTimes } from "./ListViews";
import { UnitRuns } from "./PictureView";

/** Where one unit was, from when to when. */
export function UnitView({ about, name }: { about: About; name: string }) {
  const times = useTimes();
  const answer = useAnswer<UnitPage>(question("/units/one", { name, ...times }));
  useTitle(answer.value?.unit ?? name);
  if (isUnknown(answer))
    return (
      <>
        {isDated() && <TimeBar about={about} />}
        <Unknown what="unit" name={name} error={answer.error} />
      </>
    );
  return (
    <>
      <TimeBar about={about} />
      <Answered answer={answer}>
        {(page) => {
          const [newest] = page.positions;
          return (
            <>
              <header class="view-head">
                <h1 class="row-title">
                  {newest && (
                    <MapSymbol sidc={newest.symbol} colour={actorColour(newest.actor?.id)} size={40} />
                  )}
                  <span>{page.unit}</span>
                </h1>
                <p class="view-sub">
                  {newest?.actor && (
                    <>
                      <ActorLink actor={newest.actor} /> ·{" "}
                    </>
                  )}
                  as of {dateWords(page.as_of)}, as known on {dateWords(page.known)}
                </p>
              </header>
              {page.order && (
                <p class="note">
                  In the order of battle: {page.order.names.join(", ")}
                  {page.order.parent && <>; under {page.order.parent}</>}
                  {page.order.source && <span class="muted"> ({page.order.source})</span>}
                </p>
              )}
              <Whereabouts positions={page.positions} asOf={page.as_of} />
              <UnitRuns positions={page.positions} caption="Runs at a place" />
              <section>
                <h2>
                  Claims <span class="count">{page.claims.length}</span>
                </h2>
                {page.claims.map((claim) => (
                  <ClaimCard key={claim.id} claim={claim} />
                ))}
              </section>
              <Downloads
                what="claims"
                formats={CLAIM_FILES}
                params={{ unit: page.unit, ...times, as_of: page.as_of }}
              />
            </>
          );
        }}
      </Answered>
    </>
  );
}

/**
 * The runs as bars on a line of time up to the day of the picture, thin from the day a unit was last cited there until
 * it was cited elsewhere; the table below says the same.
 */
function Whereabouts({ positions, asOf }: { positions: Position[]; asOf: string }) {
  const days = positions
    .flatMap((run) => [firstDay(run.first_cited), lastDay(run.last_cited)])
    .map((day) => Date.parse(day));
  const from = Math.min(...days);
  // As it is stated: perhaps as a year alone.
  const begins = positions.find((run) => Date.parse(firstDay(run.first_cited)) === from)?.first_cited;
  const to = Math.max(...days, Date.parse(firstDay(asOf)));
  if (to === from) return null;
  const span = to - from;
  const at = (day: string) => (100 * (Date.parse(firstDay(day)) - from)) / span;
  // Until the unit was cited somewhere else: from then on nothing says that it is still there.
  const until = (run: Position) => {
    const elsewhere = positions.filter(
      (other) => other.place.name !== run.place.name && firstDay(other.first_cited) > lastDay(run.last_cited),
    );
    return at([asOf, ...elsewhere.map((other) => firstDay(other.first_cited))].sort()[0] as string);
  };
  return (
    <div class="gantt" aria-hidden="true">
      {positions.map((run) => (
        <div class="gantt-line" key={`${run.place.name}/${run.first_cited}`}>
          <span class="gantt-name">{run.place.name}</span>
          <span class="gantt-track">
            <span
              class="gantt-since"
              style={{
                left: `${at(lastDay(run.last_cited))}%`,
                width: `${until(run) - at(lastDay(run.last_cited))}%`,
              }}
            />
            <span
              class={`gantt-bar tie-${run.tie}`}
              title={periodWords(run.first_cited, run.last_cited)}
              style={{
                left: `${Math.min(at(run.first_cited), 99)}%`,
                width: `${Math.max(at(lastDay(run.last_cited)) - at(run.first_cited), 1)}%`,
                background: actorColour(run.actor?.id),
              }}
            />
          </span>
        </div>
      ))}
      <div class="gantt-line gantt-axis">
        <span class="gantt-name" />
        <span class="gantt-track">
          <span>{dateWords(begins)}</span>
          <span>{dateWords(new Date(to).toISOString().slice(0, 10))}</span>
        </span>
      </div>
    </div>
  );
}
