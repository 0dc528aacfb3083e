import { useEffect, useMemo, useRef } from "preact/hooks";
import { claimPath, href, useAddress } from "../address";
import { question } from "../api/asking";
import type { About, DocumentPage } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { dateWords } from "../dates/words";
import { ClaimFlags } from "../parts/claims";
import { actorColour } from "../parts/colours";
import { CLAIM_FILES, Downloads } from "../parts/Downloads";
import { Lineage } from "../parts/Lineage";
import { ClaimLink, Outward, useTitle } from "../parts/links";
import { MapSymbol } from "../parts/MapSymbol";
import { type Marked, marked } from "../parts/quoting";
import { Answered } from "../parts/states";
import { isUnknown, Unknown } from "../parts/Unknown";
import { BASIS, plural, sentenceWords } from "../parts/words";
import { useTimes } from "./ListViews";

/** A document with what was read from it, in its own words. */
export function DocumentView({ about, id }: { about: About; id: string }) {
  const answer = useAnswer<DocumentPage>(question(`/documents/${encodeURIComponent(id)}`, useTimes()));
  useTitle(answer.value?.title ?? "Document");
  if (isUnknown(answer)) return <Unknown what="document" name={id} error={answer.error} />;
  return (
    <Answered answer={answer} lines={12}>
      {(document) => <DocumentBody document={document} about={about} />}
    </Answered>
  );
}

function DocumentBody({ document, about }: { document: DocumentPage; about: About }) {
  const { params } = useAddress();
  const heldBack = document.text === null && !document.redacted && about.embargo_days > 0;
  return (
    <>
      <header class="view-head">
        <p class="kicker">Document</p>
        <h1>
          {document.title ? (
            <Headline document={document} chosen={params.get("at")} />
          ) : heldBack ? (
            "Title held back for now"
          ) : (
            "Untitled document"
          )}
        </h1>
        <p class="view-sub">
          {document.outlet ?? "outlet not stated"}
          {document.published && <>, {dateWords(document.published)}</>}
          {document.authors.length > 0 && <>, by {document.authors.join(", ")}</>} · known{" "}
          {dateWords(document.known)}{" "}
          <span class="muted">
            ({BASIS[document.known_basis ?? ""] ?? document.known_basis ?? "not stated how"})
          </span>{" "}
          <Outward to={document.link ?? document.url}>original</Outward>
          {about.edit && (
            <>
              {" "}
              <a class="button" href={href("/review", { document: document.id })}>
                Review
              </a>
            </>
          )}
        </p>
      </header>
      {document.redacted && (
        <p class="note note-bad">
          Erased on {dateWords(document.redacted)}: {document.because}
        </p>
      )}
      {!document.whole && document.text !== null && (
        <p class="note">
          An excerpt: the text belongs to others.{" "}
          <Outward to={document.link ?? document.url}>Read the whole there</Outward>
        </p>
      )}
      <div class="document">
        {document.text === null ? (
          <p class="note">
            {heldBack
              ? `Its title and text are held back: it speaks of a place finer than a country, and such claims are shown ${plural(about.embargo_days, "day")} after they became known.`
              : "The text is not shown here."}
          </p>
        ) : (
          <DocumentText document={document} chosen={params.get("at")} />
        )}
        <aside aria-label="Claims of this document">
          <h2>
            Claims <span class="count">{document.claims.length}</span>
          </h2>
          {document.claims.length === 0 && (
            <p class="muted">
              No claim was read here
              {document.language && document.language !== "en" ? ": only English is read" : ""}.
            </p>
          )}
          <ol class="plain-list">
            {document.claims.map((claim) => (
              <li key={claim.id} class={claim.id === params.get("at") ? "is-chosen" : undefined}>
                <MapSymbol sidc={claim.symbol} colour={actorColour(claim.actor?.id)} size={18} />{" "}
                <ClaimLink id={claim.id}>{sentenceWords(claim.sentence)}</ClaimLink>{" "}
                <ClaimFlags claim={claim} />
              </li>
            ))}
          </ol>
          {document.claims.length > 0 && (
            <Downloads what="claims" formats={CLAIM_FILES} params={{ document: document.id }} />
          )}
        </aside>
      </div>
      <Lineage entries={document.lineage} />
      <p class="muted">
        {document.length > 0 && <>{plural(document.length, "character")} · </>}
        {document.language ?? "language unknown"} · recorded {dateWords(document.recorded)} · document{" "}
        <code class="breaks">{document.id}</code>
        {document.rights && <> · rights: {document.rights}</>}
      </p>
    </>
  );
}

/** The title with the quotations of the claims that stand in it marked. */
function Headline({ document, chosen }: { document: DocumentPage; chosen: string | null }) {
  const claims = document.claims.filter((claim) => claim.part === "headline" && claim.verified && claim.span);
  const spans = claims.map(({ span }) => ({ start: span?.[0] ?? 0, end: span?.[1] ?? 0 }));
  return (
    <MarkedText
      pieces={marked(document.title ?? "", 0, spans)}
      claimsOf={(at) => [claims[at]?.id ?? ""]}
      chosen={chosen}
    />
  );
}

/** Text of which each marked piece is a link to its claim. */
function MarkedText({
  pieces,
  claimsOf,
  chosen,
}: {
  pieces: Marked[];
  claimsOf: (mark: number) => string[];
  chosen: string | null;
}) {
  return (
    <>
      {pieces.map((piece) => {
        const claims = piece.marks.flatMap(claimsOf);
        const [first] = claims;
        if (!first) return <span key={piece.start}>{piece.text}</span>;
        return (
          <mark key={piece.start} class={chosen && claims.includes(chosen) ? "is-chosen" : undefined}>
            <a href={href(claimPath(first))}>{piece.text}</a>
          </mark>
        );
      })}
    </>
  );
}

/** The text with its quotations marked, each a link to its claim. */
export function DocumentText({ document, chosen }: { document: DocumentPage; chosen: string | null }) {
  const holder = useRef<HTMLDivElement>(null);
  const pieces = useMemo(
    () => marked(document.text ?? "", document.offset, document.marks),
    [document.text, document.offset, document.marks],
  );
  useEffect(() => {
    if (chosen) holder.current?.querySelector("mark.is-chosen")?.scrollIntoView({ block: "center" });
  }, [chosen]);
  return (
    <div class="document-text" ref={holder}>
      {document.offset > 0 && "… "}
      <MarkedText pieces={pieces} claimsOf={(at) => document.marks[at]?.claims ?? []} chosen={chosen} />
      {!document.whole && " …"}
    </div>
  );
}
