import { question } from "../api/asking";
import type { About, Dispute, Disputes, Heard } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { TimeBar } from "../dates/TimeBar";
import { dateWords } from "../dates/words";
import { ClaimCard } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { CLAIM_FILES, Downloads } from "../parts/Downloads";
import { Likely } from "../parts/likely";
import { RowLink, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { Shown } from "../parts/Shown";
import { Answered, Empty } from "../parts/states";
import { assetWords, estimateWords, percent, plural } from "../parts/words";
import { useTimes } from "./ListViews";

/** Where voices exclude each other, what stands against the rest, and what is denied of one's own force. */
export function DisputesView({ about }: { about: About }) {
  useTitle("Disputes");
  const times = useTimes();
  const answer = useAnswer<Disputes>(question("/disputes", times));
  return (
    <>
      <TimeBar about={about} />
      <h1>Disputes</h1>
      <p class="view-sub">
        Rows in which two voices exclude each other, claims that the rest makes improbable, and denials of
        one's own force. None is hidden, and none is decided here.
      </p>
      <Answered answer={answer}>
        {({ rows, denials, left_out }) =>
          rows.length + denials.length === 0 ? (
            <Empty title="No voices exclude each other on this day" />
          ) : (
            <>
              <Shown items={rows} step={25}>
                {(shown) => shown.map((dispute) => <DisputeCard key={dispute.id} dispute={dispute} />)}
              </Shown>
              {left_out > 0 && (
                <p class="note">
                  {plural(left_out, "row")} more in dispute, last cited before these,{" "}
                  {left_out === 1 ? "is" : "are"} on the pages of their countries.
                </p>
              )}
              {denials.length > 0 && (
                <section>
                  <h2>
                    Denials of one's own force <span class="count">{denials.length}</span>
                  </h2>
                  <Shown items={denials} step={25}>
                    {(shown) => shown.map((claim) => <ClaimCard key={claim.id} claim={claim} />)}
                  </Shown>
                </section>
              )}
              <Downloads what="disputes" formats={CLAIM_FILES} params={times} />
            </>
          )
        }
      </Answered>
    </>
  );
}

function DisputeCard({ dispute }: { dispute: Dispute }) {
  const { row, estimate, sides, outlying } = dispute;
  const settled = estimate !== null && estimate.disputed.length === 0 && outlying.length === 0;
  const against = outlying.filter((heard) => !sides.some((side) => side.claim.id === heard.claim.id));
  return (
    <section class="card dispute">
      <h2>
        {row && <MapSymbol sidc={row.symbol} colour={actorColour(row.actor.id)} />}{" "}
        <RowLink id={dispute.id}>
          {row ? `${row.actor.name}, ${assetWords(row.asset)} in ${row.place.name}` : dispute.id}
        </RowLink>
      </h2>
      {estimate && (
        <p class="muted">
          Estimated on {dateWords(estimate.as_of)}: {estimateWords(estimate)}; there:{" "}
          {percent(estimate.presence)}
        </p>
      )}
      {settled && (
        <p class="note">
          The figures exclude each other as they stand. The estimate, which counts copies once and hears what
          the same voices said later, finds no dispute.
        </p>
      )}
      <div class="sides-grid">
        {sides.map((side) =>
          settled || !estimate ? (
            <ClaimCard key={side.claim.id} claim={side.claim} />
          ) : (
            <HeardCard key={side.claim.id} heard={side} />
          ),
        )}
      </div>
      {against.length > 0 && (
        <>
          <h3>Stands against the rest</h3>
          <div class="sides-grid">
            {against.map((heard) => (
              <HeardCard key={heard.claim.id} heard={heard} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function HeardCard({ heard }: { heard: Heard }) {
  return (
    <ClaimCard claim={heard.claim}>
      <Likely claim={heard.claim} heard={heard} />
    </ClaimCard>
  );
}
