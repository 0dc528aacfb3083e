import type { Estimate, Row } from "../api/shapes";
import { ageWords, dateWords, periodWords } from "../dates/words";
import { actorColour } from "./colours";
import { ActorLink, PlaceLink, RowLink, UnitLink } from "./links";
import { MapSymbol } from "./MapSymbol";
import { Shown } from "./Shown";
import { assetWords, estimateWords, percent, plural } from "./words";

/** Flags of a row: disputed, old, unchecked. */
export function Flags({
  row,
}: {
  row: Pick<Row, "disputed" | "old" | "checked" | "claims"> & { age_days?: number };
}) {
  return (
    <span class="flags">
      {row.disputed && <span class="flag flag-disputed">disputed</span>}
      {row.old && (
        <span class="flag flag-old" title="Last cited more than a year before">
          {row.age_days ? `${ageWords(row.age_days)} old` : "old"}
        </span>
      )}
      <span class={`flag ${row.checked ? "flag-checked" : "flag-unchecked"}`}>
        {row.checked ? `${row.checked} of ${plural(row.claims, "claim")} checked` : "unchecked"}
      </span>
    </span>
  );
}

/** A table of forces: stated beside estimated, basis, freshness. */
export function RowTable({
  caption,
  rows,
  estimates,
  estimating,
  show,
}: {
  caption: string;
  rows: Row[];
  estimates?: Map<string, Estimate>;
  estimating?: boolean;
  show: "actor" | "place";
}) {
  if (!rows.length) return null;
  return (
    <Shown items={rows} step={100}>
      {(shown) => (
        <div class="table-holder">
          <table class="rows">
            <caption>
              {caption} <span class="count">{rows.length}</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">{show === "actor" ? "Who" : "Where"}</th>
                <th scope="col">What</th>
                <th scope="col">Stated</th>
                <th scope="col">Estimated</th>
                <th scope="col">Basis</th>
                <th scope="col">Cited</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <RowLine
                  key={row.key}
                  row={row}
                  show={show}
                  estimate={estimates?.get(row.key) ?? row.estimate}
                  estimating={estimating}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Shown>
  );
}

function RowLine({
  row,
  show,
  estimate,
  estimating,
}: {
  row: Row;
  show: "actor" | "place";
  estimate: Estimate | null | undefined;
  estimating?: boolean;
}) {
  return (
    <tr class={`${row.disputed ? "is-disputed" : ""} ${row.old ? "is-old" : ""}`}>
      <th scope="row" data-label={show === "actor" ? "Who" : "Where"}>
        {show === "actor" ? <ActorLink actor={row.actor} /> : <PlaceLink place={row.place} />}
      </th>
      <td data-label="What">
        <span class="what">
          <MapSymbol sidc={row.symbol} colour={actorColour(row.actor.id)} />
          <span>
            {assetWords(row.asset)}
            {row.component && (
              <> · {row.asset === "unit" ? <UnitLink name={row.component} /> : row.component}</>
            )}
            {show === "actor" && row.place.shape !== "country" && row.table !== "strength" && (
              <span class="muted"> in {row.place.name}</span>
            )}
          </span>
        </span>
      </td>
      <td data-label="Stated" class="stated">
        <RowLink id={row.id}>{row.words}</RowLink>
      </td>
      <td data-label="Estimated" class="estimated">
        <EstimateCell estimate={estimate} estimating={estimating} />
      </td>
      <td data-label="Basis">
        {plural(row.claims, "claim")}, {plural(row.voices, "voice")}
      </td>
      <td data-label="Cited">{periodWords(row.first_cited, row.last_cited)}</td>
      <td data-label="State">
        <Flags row={row} />
      </td>
    </tr>
  );
}

export function EstimateCell({
  estimate,
  estimating,
}: {
  estimate: Estimate | null | undefined;
  estimating?: boolean;
}) {
  if (!estimate) return <span class="muted">{estimating ? "…" : "–"}</span>;
  return (
    <span
      title={`The model's median and 90 % interval on ${dateWords(estimate.as_of)}; the chance that the force is there at all: ${percent(estimate.presence)}`}
    >
      {estimateWords(estimate)}
      <span class="muted"> · there: {percent(estimate.presence)}</span>
    </span>
  );
}
