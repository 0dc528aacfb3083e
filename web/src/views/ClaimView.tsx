import { documentPath, href } from "../address";
import { question } from "../api/asking";
import type { About, ClaimPage, Judgement, Passage } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { dateWords } from "../dates/words";
import { ClaimFacts, ClaimFlags } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { Lineage } from "../parts/Lineage";
import { Likely } from "../parts/likely";
import { ClaimLink, Copy, DocumentLink, Outward, RowLink, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { Answered } from "../parts/states";
import { isUnknown, Unknown } from "../parts/Unknown";
import { BASIS, dotsAfter, dotsBefore, roleWords, sentenceWords } from "../parts/words";
import { useTimes } from "./ListViews";

/** A claim: the words it was read from, how each was read, and on whose word it rests. */
export function ClaimView({ about, id }: { about: About; id: string }) {
  const answer = useAnswer<ClaimPage>(question(`/claims/${encodeURIComponent(id)}`, useTimes()));
  useTitle(answer.value?.claim.sentence ?? "Claim");
  if (isUnknown(answer)) return <Unknown what="claim" name={id} error={answer.error} />;
  return (
    <Answered answer={answer} lines={9}>
      {(page) => <ClaimBody page={page} about={about} />}
    </Answered>
  );
}

/** A passage with its quotation marked. */
export function PassageQuote({ passage }: { passage: Passage }) {
  return (
    <blockquote class="passage">
      <p>
        {passage.before && dotsBefore(passage.before)}
        {passage.before}
        <mark>{passage.quote}</mark>
        {passage.after}
        {passage.after && dotsAfter(passage.after)}
      </p>
    </blockquote>
  );
}

function ClaimBody({ page, about }: { page: ClaimPage; about: About }) {
  const { claim, passage, reading, provenance, document } = page;
  const decided = { sameAs: sameAs(page.judgements), setAside: page.set_aside };
  return (
    <div class="claim-page">
      <header class="view-head">
        <p class="kicker">Claim</p>
        <h1 class="row-title">
          <MapSymbol sidc={claim.symbol} colour={actorColour(claim.actor?.id)} size={40} />
          <span>{sentenceWords(claim.sentence)}</span>
        </h1>
        <p class="view-sub">
          <ClaimFacts claim={claim} /> <ClaimFlags claim={claim} decided={decided} />
          {about.edit && (
            <>
              {" "}
              <a class="button" href={href("/review", { document: claim.document, claim: claim.id })}>
                Review
              </a>
            </>
          )}
        </p>
      </header>

      <section aria-label="The words">
        {claim.part === "headline" && <p class="kicker">In the headline</p>}
        <PassageQuote passage={passage} />
        <p class="claim-source">
          <span class="chain">{claim.chain.join(" → ")}</span>
          {claim.published && <time dateTime={claim.published}>{dateWords(claim.published)}</time>}
          <span class="claim-title">
            <DocumentLink claim={claim} />
          </span>
          {passage.page !== null && <span>page {passage.page}</span>}
          <Outward to={page.link}>Open the original at these words</Outward>
          <a href={href(documentPath(claim.document), { at: claim.id })}>In its document</a>
        </p>
      </section>

      <div class="columns">
        <section>
          <h2>How it was read</h2>
          <table class="reading">
            <tbody>
              {reading.map((field) => (
                <tr key={field.field}>
                  <th scope="row">{field.label}</th>
                  <td>
                    {field.value ?? <span class="muted">not stated</span>}
                    {field.meaning && field.meaning !== field.value && (
                      <span class="muted"> · {field.meaning}</span>
                    )}
                    {field.corrected && <span class="flag flag-checked">corrected by a person</span>}
                    {field.from && field.from !== field.value && <div class="from">“{field.from}”</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {page.as_read && <p class="muted">As read: {sentenceWords(page.as_read.sentence)}</p>}
        </section>
        <div>
          <section>
            <h2>On whose word</h2>
            <ol class="sources">
              {claim.sources.map((source) => (
                <li key={`${source.name}/${source.role}`}>
                  {source.name} {source.role && <span class="muted">({roleWords(source.role)})</span>}
                </li>
              ))}
              <li>
                {claim.outlet ?? <span class="muted">outlet not stated</span>}{" "}
                <span class="muted">(published it)</span>
              </li>
            </ol>
            <Likely
              claim={claim}
              heard={page.probability[0] ?? null}
              row={page.probability[0] && <RowLink id={page.probability[0].row} />}
              aside={asideWords(page)}
              decided={decided}
            />
          </section>
          <section>
            <h2>Where it comes from</h2>
            <dl class="facts">
              <dt>Known</dt>
              <dd>
                {dateWords(provenance.known)}{" "}
                <span class="muted">({BASIS[provenance.known_basis] ?? provenance.known_basis})</span>
              </dd>
              <dt>Recorded</dt>
              <dd>{dateWords(provenance.recorded)}</dd>
              <dt>Read by</dt>
              <dd>{[provenance.reader, provenance.extractor].filter(Boolean).join(", ")}</dd>
              {provenance.authors.length > 0 && (
                <>
                  <dt>Authors</dt>
                  <dd>{provenance.authors.join(", ")}</dd>
                </>
              )}
              {document.rights && (
                <>
                  <dt>Rights</dt>
                  <dd>{document.rights}</dd>
                </>
              )}
              {provenance.archived && (
                <>
                  <dt>Archived</dt>
                  <dd>{provenance.archived}</dd>
                </>
              )}
              <dt>Claim</dt>
              <dd>
                <code class="breaks">{claim.id}</code>
              </dd>
            </dl>
          </section>
          <section>
            <h2>To cite</h2>
            <p class="footnote">{page.footnote}</p>
            <p>
              <Copy text={page.footnote}>Copy footnote</Copy>{" "}
              <Copy text={JSON.stringify(page.csl, null, 2)}>Copy CSL-JSON</Copy>{" "}
              <Copy text={location.href}>Copy link</Copy>
            </p>
          </section>
        </div>
      </div>

      <Judgements judgements={page.judgements} />
      <Lineage entries={page.lineage} />
      {page.others.length > 0 && (
        <section>
          <h2>
            Also in this document <span class="count">{page.others.length}</span>
          </h2>
          <ul class="plain-list">
            {page.others.map((other) => (
              <li key={other.id}>
                <ClaimLink id={other.id}>{sentenceWords(other.sentence)}</ClaimLink>{" "}
                <ClaimFlags claim={other} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const JUDGED: Record<Judgement["verdict"], string> = {
  accept: "accepted",
  reject: "rejected",
  correct: "corrected",
  "same-as": "called the same as",
};

/** What people judged of a claim. */
export function Judgements({ judgements }: { judgements: Judgement[] }) {
  if (!judgements.length) return null;
  return (
    <section>
      <h2>
        Judgements <span class="count">{judgements.length}</span>
      </h2>
      <ul class="plain-list">
        {judgements.map((one) => (
          <li key={one.id} class={one.withdrawn ? "withdrawn" : undefined}>
            <b>{JUDGED[one.verdict]}</b>
            {one.field && ` ${one.field} to “${one.value ?? "not stated"}”`}
            {one.same_as && (
              <>
                {" "}
                <ClaimLink id={one.same_as} />
              </>
            )}{" "}
            by {one.by}, {dateWords(one.recorded)}: “{one.because}”
            {one.carried_over && <span class="flag">carried over</span>}
            {one.waiting && <span class="flag flag-disputed">waiting</span>}
            {one.withdrawn && (
              <span class="muted">
                {" "}
                withdrawn by {one.withdrawn_by}: {one.withdrawn_because}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The claim that people judged another one to repeat, by the newest judgement in force. */
export function sameAs(judgements: Judgement[]): string | null {
  const found = judgements.filter((one) => one.same_as && !one.withdrawn && !one.waiting);
  return found.at(-1)?.same_as ?? null;
}

/** Why a claim counts in no picture, where a person decided so. */
function asideWords({ set_aside }: ClaimPage): string | undefined {
  if (set_aside === "same as") return "it counts as the claim that it repeats";
  return set_aside ? "it was rejected" : undefined;
}
