import { useMemo } from "preact/hooks";
import { actorPath, countryPath, href, rowHref } from "../address";
import { question } from "../api/asking";
import type { About, Contested, Estimate, PicturePage, Position, Row } from "../api/shapes";
import { isWaiting, useAnswer } from "../api/useAnswer";
import { RowChart } from "../charts/RowChart";
import { TimeBar } from "../dates/TimeBar";
import { dateWords, periodWords } from "../dates/words";
import { MoveTable, plainMoves } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { CLAIM_FILES, Downloads } from "../parts/Downloads";
import { ActorLink, ClaimLink, PlaceLink, UnitLink, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { RowTable } from "../parts/rows";
import { Shown } from "../parts/Shown";
import { Answered, Empty } from "../parts/states";
import { isUnknown, Unknown } from "../parts/Unknown";
import { assetWords, plural } from "../parts/words";
import { useTimes } from "./ListViews";

const CHARTS = 12;

/** A country's page, or an actor's: who is here, or where theirs are; what was announced; on whose word. */
export function PictureView({ about, country, actor }: { about: About; country?: string; actor?: string }) {
  const times = useTimes();
  const path = country !== undefined ? countryPath(country) : actorPath(actor ?? "");
  const api = path.replace("/country/", "/countries/").replace("/actor/", "/actors/");
  const answer = useAnswer<PicturePage>(question(api, times));
  const estimates = useAnswer<{ items: Estimate[] }>(
    answer.value ? question("/estimates", { place: country, actor, ...times }) : null,
  );
  const byRow = useMemo(
    () => new Map(estimates.value?.items.map((one) => [one.row, one])),
    [estimates.value],
  );
  const name = answer.value?.place?.name ?? answer.value?.actor?.name ?? country ?? actor ?? "";
  useTitle(name);
  if (isUnknown(answer))
    return <Unknown what={country === undefined ? "actor" : "country"} name={name} error={answer.error} />;
  return (
    <>
      <TimeBar about={about} place={country} actor={actor} waiting={isWaiting(answer)} />
      <Answered answer={answer} lines={10}>
        {(picture) => (
          <PictureBody
            picture={picture}
            estimates={byRow}
            estimating={estimates.loading || (answer.value !== null && !estimates.value && !estimates.error)}
            country={country}
            times={times}
            edit={about.edit}
          />
        )}
      </Answered>
    </>
  );
}

type BodyProps = {
  picture: PicturePage;
  estimates: Map<string, Estimate>;
  estimating: boolean;
  country?: string;
  times: Record<string, string | null>;
  edit: boolean;
};

function PictureBody({ picture, estimates, estimating, country, times, edit }: BodyProps) {
  const { forces, home, strengths } = picture;
  const subject = picture.place?.name ?? picture.actor?.name ?? "";
  const show = country === undefined ? "place" : "actor";
  const all = [...forces, ...home, ...strengths];
  const checked = all.reduce((sum, row) => sum + row.checked, 0);
  const claims = all.reduce((sum, row) => sum + row.claims, 0);
  const nothing =
    !all.length &&
    !picture.moves.length &&
    !picture.announced.length &&
    !picture.possible.length &&
    !picture.denied.length &&
    !picture.exercises.length &&
    !picture.units.length;
  const params = { place: country, actor: country === undefined ? picture.actor?.id : undefined, ...times };
  return (
    <>
      <header class="view-head">
        <h1>
          {country === undefined && picture.actor && (
            <span
              class="dot dot-large"
              style={{ background: actorColour(picture.actor.id) }}
              aria-hidden="true"
            />
          )}
          {subject}
        </h1>
        <p class="view-sub">
          As of {dateWords(picture.as_of)}, as known on {dateWords(picture.known)}
          {claims > 0 && (
            <>
              {" "}
              · {checked} of {plural(claims, "claim")} checked
            </>
          )}
          {" · "}
          <a href={href("/", country === undefined ? { actor: picture.actor?.id } : {})}>on the map</a>
          {" · "}
          <a
            href={href("/search", country === undefined ? { actor: picture.actor?.id } : { place: country })}
          >
            its claims
          </a>
        </p>
      </header>
      {picture.contested.length > 0 && <ContestedNote names={picture.contested} />}
      {picture.disagreements.length > 0 && <Disagreements picture={picture} rows={all} />}
      {nothing && (
        <Empty title="No claim bears on this day">
          Absence here is not absence there. Move the dates, or{" "}
          <a href={href("/search", { place: country })}>search</a>.
        </Empty>
      )}
      <RowTable
        caption={
          country === undefined ? "Forces abroad and of its groups" : "Forces from abroad and of armed groups"
        }
        rows={forces}
        estimates={estimates}
        estimating={estimating}
        show={show}
      />
      <RowTable
        caption={country === undefined ? "At home" : `Own forces of ${subject}`}
        rows={home}
        estimates={estimates}
        estimating={estimating}
        show={show}
      />
      <RowTable
        caption="Total strengths, no place stated"
        rows={strengths}
        estimates={estimates}
        estimating={estimating}
        show={show}
      />
      <MoveTable caption="Announced" moves={picture.announced} more={picture.left_out.announced} />
      <MoveTable caption="Possible" moves={picture.possible} more={picture.left_out.possible} />
      <MoveTable caption="Denied" moves={plainMoves(picture.denied)} more={picture.left_out.denied} />
      <MoveTable
        caption="Movements"
        moves={plainMoves(picture.moves)}
        more={picture.left_out.moves}
        order="when"
      />
      <MoveTable
        caption="Exercises"
        moves={plainMoves(picture.exercises)}
        more={picture.left_out.exercises}
        order="when"
      />
      {picture.left_out.unsure && (
        <UnsureNote
          claims={picture.left_out.unsure}
          edit={edit}
          whose={{ place: picture.place?.name, actor: picture.actor?.name }}
        />
      )}
      <UnitRuns positions={picture.units} />
      <Charts rows={[...forces, ...home]} picture={picture} times={times} />
      <Downloads what="rows" formats={["csv", "geojson", "json"]} params={params} />
      <Downloads what="claims" formats={CLAIM_FILES} params={{ ...params, as_of: picture.as_of }} />
    </>
  );
}

/** How many claims wait for a person, with the way to them. */
function UnsureNote({
  claims,
  whose,
  edit,
}: {
  claims: number;
  whose: Record<string, string | undefined>;
  edit: boolean;
}) {
  return (
    <p class="note">
      <a href={href("/search", { ...whose, unsure: "true" })}>
        {claims === 1 ? "One more claim waits" : `${claims.toLocaleString("en")} more claims wait`} to be
        checked
      </a>
      , read with too little confidence to count here.
      {edit && (
        <>
          {" "}
          <a href={href("/review", { ...whose, of: "unsure" })}>Review {claims === 1 ? "it" : "them"}</a>
        </>
      )}
    </p>
  );
}

function ContestedNote({ names }: { names: string[] }) {
  const all = useAnswer<{ items: Contested[] }>(question("/contested")).value?.items ?? [];
  return (
    <aside class="note">
      <b>Contested here:</b>{" "}
      {names.map((name, at) => {
        const area = all.find((one) => one.name === name);
        return (
          <span key={name}>
            {at > 0 && "; "}
            {name}
            {area && (
              <span class="muted">
                {" "}
                (held by {area.held_by_names.join(" and ")}
                {area.since && ` since ${area.since}`}
                {area.basis && `; ${area.basis}`})
              </span>
            )}
          </span>
        );
      })}
      . Rows count them to the state that the United Nations does; that judges nothing.
    </aside>
  );
}

function Disagreements({ picture, rows }: { picture: PicturePage; rows: Row[] }) {
  const disputed = rows.filter((row) =>
    picture.disagreements.some((one) => one === row.key || one === row.id),
  );
  return (
    <section class="note note-bad" aria-label="Disagreements">
      {disputed.map((row) => (
        <div key={row.id}>
          <p>
            <b>{plural(row.voices, "voice")} do not agree</b> on{" "}
            <a href={rowHref(row.id)}>
              {row.actor.name}, {assetWords(row.asset)} in {row.place.name}
            </a>
          </p>
          <ul class="sides">
            {row.stated.map((stated) => (
              <li key={stated.claim}>
                <ClaimLink id={stated.claim}>{stated.words}</ClaimLink>{" "}
                <span class="muted">
                  {stated.voice}, {dateWords(stated.published)}
                </span>
              </li>
            ))}
            {row.voices > row.stated.length && (
              <li>
                <a href={rowHref(row.id)}>
                  and {plural(row.voices - row.stated.length, "voice")} that spoke earlier
                </a>
              </li>
            )}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Where named units and bases have been: a run at a place to a line. */
export function UnitRuns({
  positions,
  caption = "Named units and bases",
}: {
  positions: Position[];
  caption?: string;
}) {
  if (!positions.length) return null;
  return (
    <Shown items={positions} step={100}>
      {(shown) => (
        <div class="table-holder">
          <table class="rows">
            <caption>
              {caption} <span class="count">{positions.length}</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">Unit</th>
                <th scope="col">Whose</th>
                <th scope="col">Where</th>
                <th scope="col">How tied</th>
                <th scope="col">First to last cited</th>
                <th scope="col">Claims</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((run) => (
                <tr key={`${run.unit}/${run.place.name}/${run.first_cited}`}>
                  <th scope="row" data-label="Unit">
                    <span class="what">
                      <MapSymbol sidc={run.symbol} colour={actorColour(run.actor?.id)} />
                      <UnitLink name={run.unit} />
                    </span>
                  </th>
                  <td data-label="Whose">
                    <ActorLink actor={run.actor} />
                  </td>
                  <td data-label="Where">
                    <PlaceLink place={run.place} />
                  </td>
                  <td data-label="How tied">
                    {run.tie === "site"
                      ? "based there"
                      : run.tie === "operating"
                        ? "active there"
                        : "unclear"}
                  </td>
                  <td data-label="First to last cited">{periodWords(run.first_cited, run.last_cited)}</td>
                  <td data-label="Claims">
                    {run.claims.slice(0, 4).map((id, at) => (
                      <span key={id}>
                        {at > 0 && ", "}
                        <ClaimLink id={id}>{String(at + 1)}</ClaimLink>
                      </span>
                    ))}
                    {run.claims.length > 4 && <span class="muted"> and {run.claims.length - 4} more</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Shown>
  );
}

function Charts({
  rows,
  picture,
  times,
}: {
  rows: Row[];
  picture: PicturePage;
  times: Record<string, string | null>;
}) {
  const shown = rows.filter((row) => row.low !== null || row.high !== null).slice(0, CHARTS);
  if (!shown.length) return null;
  return (
    <section>
      <h2>Through time</h2>
      <div class="charts">
        {shown.map((row) => {
          const title = `${row.actor.name}, ${assetWords(row.asset)} in ${row.place.name}`;
          return (
            <div key={row.id} class="card">
              <h3>
                <a href={rowHref(row.id)}>{title}</a>
              </h3>
              <RowChart
                id={row.key}
                title={`${title} through time`}
                asOf={picture.as_of}
                times={times}
                height={190}
                compact
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}
