import { useEffect, useState } from "preact/hooks";

/** Where the reader is: the path and the parameters of the address bar, which hold the whole state of the page. */
export type Address = { path: string; params: URLSearchParams };

/** The parameters that go along from view to view: the two dates and the recorded day. */
export const TIMES = ["as_of", "known", "recorded"] as const;

const listeners = new Set<() => void>();

export function here(): Address {
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

/** The address of `path` with `params`; the two dates stay as they are unless given (`null` takes one out). */
export function href(path: string, params: Record<string, string | null | undefined> = {}): string {
  const now = new URLSearchParams(location.search);
  const query = new URLSearchParams();
  for (const name of TIMES) {
    const value = now.get(name);
    if (value && !(name in params)) query.set(name, value);
  }
  for (const [name, value] of Object.entries(params)) if (value) query.set(name, value);
  const asked = query.toString();
  return path + (asked ? `?${asked}` : "");
}

/** This very view with some parameters changed (`null` takes one out). */
export function changed(params: Record<string, string | null>): string {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(params)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const asked = query.toString();
  return location.pathname + (asked ? `?${asked}` : "");
}

/** Goes to `address`; `replace` leaves no step to go back to. */
export function go(address: string, { replace = false } = {}): void {
  if (address === location.pathname + location.search) return;
  const elsewhere = new URL(address, location.href).pathname !== location.pathname;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  if (elsewhere) scrollTo(0, 0);
  for (const listener of listeners) listener();
}

/** The present address, and a new drawing whenever it changes. */
export function useAddress(): Address {
  const [address, set] = useState(here);
  useEffect(() => {
    const listener = () => set(here());
    listeners.add(listener);
    addEventListener("popstate", listener);
    listener();
    return () => {
      listeners.delete(listener);
      removeEventListener("popstate", listener);
    };
  }, []);
  return address;
}

/** Lets links within the page change the view without loading it anew. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element).closest?.("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname.startsWith("/api/") || link.getAttribute("href")?.startsWith("#")) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
    if (!link.hash) document.getElementById("content")?.focus({ preventScroll: true });
  });
}

export const countryPath = (iso3: string) => `/country/${encodeURIComponent(iso3)}`;
export const actorPath = (id: string) => `/actor/${encodeURIComponent(id)}`;
export const claimPath = (id: string) => `/claim/${encodeURIComponent(id)}`;
export const documentPath = (id: string) => `/document/${encodeURIComponent(id)}`;
export const rowHref = (id: string) => href("/row", { id });
export const unitHref = (name: string) => href("/unit", { name });
