import type { ComponentChildren } from "preact";
import type { Claim, Move } from "../api/shapes";
import { dateWords, periodWords } from "../dates/words";
import { actorColour } from "./colours";
import { ActorLink, ClaimLink, DocumentLink, Outward, PlaceLink, RowLink } from "./links";
import { MapSymbol } from "./MapSymbol";
import { assetWords, predicateWords, sentenceWords } from "./words";

/** A claim as a card: the quotation, what it says, on whose word. */
export function ClaimCard({
  claim,
  children,
  context,
}: {
  claim: Claim;
  children?: ComponentChildren;
  context?: ComponentChildren;
}) {
  return (
    <article class={`claim status-${claim.status}`} aria-label={claim.sentence}>
      <p class="claim-sentence">
        <MapSymbol sidc={claim.symbol} colour={actorColour(claim.actor?.id)} />
        <ClaimLink id={claim.id}>{sentenceWords(claim.sentence)}</ClaimLink>
      </p>
      {context ?? (
        <blockquote class="quote">
          <p>{claim.quote || <span class="muted">the words are not shown here</span>}</p>
        </blockquote>
      )}
      <p class="claim-source">
        <ChainWords claim={claim} />
        {claim.published && <time dateTime={claim.published}>{dateWords(claim.published)}</time>}
        <span class="claim-title">
          <DocumentLink claim={claim} />
        </span>
        <Outward to={claim.link}>original</Outward>
        <ClaimFlags claim={claim} />
      </p>
      {children}
    </article>
  );
}

/** Who says so, innermost first. */
export function ChainWords({ claim }: { claim: Claim }) {
  return (
    <span class="chain">
      {claim.chain.map((name, at) => (
        <span key={at}>
          {at > 0 && <span class="muted"> → </span>}
          {name}
        </span>
      ))}
    </span>
  );
}

/** What people decided of a claim: which claim it repeats, and why no picture counts it. */
export type Decided = { sameAs: string | null; setAside: "rejected" | "same as" | null };

export function ClaimFlags({ claim, decided }: { claim: Claim; decided?: Decided }) {
  const sameAs = decided?.sameAs ?? null;
  const rejected = decided?.setAside === "rejected";
  return (
    <span class="flags">
      {claim.part === "headline" && (
        <span class="flag" title="Its words stand in the headline, not in the text">
          headline
        </span>
      )}
      {claim.status !== "fact" && <span class={`flag flag-${claim.status}`}>{claim.status}</span>}
      {!claim.verified && (
        <span class="flag flag-old" title="Recorded without the text that it was read from">
          unverified
        </span>
      )}
      {rejected && <span class="flag flag-disputed">rejected</span>}
      {sameAs && (
        <span class="flag flag-checked" title="A person judged that it repeats another claim">
          same as <ClaimLink id={sameAs} />
        </span>
      )}
      {!rejected && (claim.checked || !sameAs) && (
        <span class={`flag ${claim.checked ? "flag-checked" : "flag-unchecked"}`}>
          {claim.checked ? "checked" : "unchecked"}
        </span>
      )}
    </span>
  );
}

const STATES: Record<string, string> = {
  open: "open",
  "carried out": "carried out",
  denied: "denied",
  lapsed: "lapsed",
};

/**
 * A table of announced or possible moves, in the order in which they were said, with what became of them; or `when` of
 * moves and exercises, in the order of their days.
 */
export function MoveTable({
  caption,
  moves,
  more,
  order = "said",
}: {
  caption: string;
  moves: Move[];
  more?: number;
  order?: "said" | "when";
}) {
  if (!moves.length) return null;
  const fates = moves.some((move) => move.state);
  const byDay = order === "when";
  return (
    <div class="table-holder">
      <table class="moves">
        <caption>
          {caption} <span class="count">{moves.length + (more ?? 0)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{byDay ? "When" : "Said"}</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">On whose word</th>
            {byDay && <th scope="col">Said</th>}
            {fates && <th scope="col">Became of it</th>}
          </tr>
        </thead>
        <tbody>
          {moves.map(({ claim, state, by }) => (
            <tr key={claim.id}>
              <td data-label={byDay ? "When" : "Said"} class={byDay ? undefined : "nowrap"}>
                {byDay ? whenWords(claim) : saidWords(claim)}
              </td>
              <th scope="row" data-label="Who">
                <ActorLink actor={claim.actor} />
              </th>
              <td data-label="What">
                <span class="what">
                  <MapSymbol sidc={claim.symbol} colour={actorColour(claim.actor?.id)} size={18} />
                  <span>
                    <ClaimLink id={claim.id}>{predicateWords(claim.sentence)}</ClaimLink>
                    {claim.when && !byDay && <span class="muted"> · {whenWords(claim)}</span>}
                  </span>
                </span>
              </td>
              <td data-label="On whose word">
                <ChainWords claim={claim} />
              </td>
              {byDay && (
                <td data-label="Said" class="nowrap">
                  {saidWords(claim)}
                </td>
              )}
              {fates && (
                <td data-label="Became of it">
                  {state && (
                    <span class={`flag flag-${state.replace(" ", "-")}`}>{STATES[state] ?? state}</span>
                  )}
                  {by && (
                    <>
                      {" "}
                      <ClaimLink id={by}>why</ClaimLink>
                    </>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {more ? <p class="muted">and {more.toLocaleString("en")} more: search shows them all</p> : null}
    </div>
  );
}

const saidWords = (claim: Claim) => dateWords(claim.published ?? claim.known);
const whenWords = (claim: Claim) =>
  claim.when ? periodWords(claim.when.start, claim.when.end) || claim.when.text : "not stated";

export const plainMoves = (claims: Claim[]): Move[] =>
  claims.map((claim) => ({ claim, state: null, by: null }));

/** A claim's row, place and class in one line. */
export function ClaimFacts({ claim }: { claim: Claim }) {
  return (
    <>
      <ActorLink actor={claim.actor} /> · {assetWords(claim.asset)} · <PlaceLink place={claim.place} />
      {claim.row && (
        <>
          {" "}
          · <RowLink id={claim.row}>row</RowLink>
        </>
      )}
    </>
  );
}
