import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { actorPath, claimPath, countryPath, documentPath, href, rowHref, unitHref } from "../address";
import type { ActorRef, Claim, PlaceRef } from "../api/shapes";
import { actorColour } from "./colours";

/** An actor with its colour; a link to its page. */
export function ActorLink({ actor }: { actor: ActorRef | null }) {
  if (!actor || actor.id === "unknown") return <span class="muted">unknown force</span>;
  return (
    <a class="actor" href={href(actorPath(actor.id))}>
      <span class="dot" style={{ background: actorColour(actor.id) }} aria-hidden="true" />
      {actor.name}
    </a>
  );
}

/** A place, a link to its country. */
export function PlaceLink({ place }: { place: PlaceRef | null }) {
  if (!place) return <span class="muted">no place stated</span>;
  return (
    <>
      {place.iso3 ? <a href={href(countryPath(place.iso3))}>{place.name}</a> : place.name}
      {place.contested && (
        <abbr class="flag flag-contested" title={`${place.contested}: a contested area`}>
          contested
        </abbr>
      )}
    </>
  );
}

export const UnitLink = ({ name }: { name: string }) => <a href={unitHref(name)}>{name}</a>;
export const RowLink = ({ id, children }: { id: string; children?: ComponentChildren }) => (
  <a href={rowHref(id)}>{children ?? id}</a>
);
export const ClaimLink = ({ id, children }: { id: string; children?: ComponentChildren }) => (
  <a href={href(claimPath(id))} class={children ? undefined : "code"}>
    {children ?? id.slice(0, 12)}
  </a>
);
export const DocumentLink = ({ claim }: { claim: Claim }) => (
  <a href={href(documentPath(claim.document))}>{claim.title ?? "untitled document"}</a>
);

/** A link out of the page; only to the web, and without saying where from. */
export function Outward({ to, children }: { to: string | null; children: ComponentChildren }) {
  if (!to || !/^https?:\/\//i.test(to)) return null;
  return (
    <a href={to} rel="noreferrer noopener external" target="_blank" class="outward">
      {children}
    </a>
  );
}

/** A button that copies text and says so. */
export function Copy({ text, children = "Copy" }: { text: string; children?: ComponentChildren }) {
  const [done, set] = useState<string | null>(null);
  useEffect(() => {
    if (!done) return;
    const later = setTimeout(() => set(null), 2000);
    return () => clearTimeout(later);
  }, [done]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      set("Copied");
    } catch {
      set("Select it and press Ctrl+C");
    }
  };
  return (
    <button type="button" class="quiet" onClick={copy}>
      <span aria-live="polite">{done ?? children}</span>
    </button>
  );
}

/** Names the window. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Garrison` : "Garrison";
  }, [title]);
}
