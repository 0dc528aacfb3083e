const KEY = "garrison-theme";
export type Theme = "auto" | "light" | "dark";

const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");

/** The theme that the reader chose; `auto` follows the system. */
export function theme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "auto";
  } catch {
    return "auto"; // no storage in this window
  }
}

export function isDark(): boolean {
  const chosen = theme();
  return chosen === "auto" ? system.matches : chosen === "dark";
}

/** Chooses a theme and keeps the choice on this device. */
export function setTheme(chosen: Theme): void {
  try {
    if (chosen === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, chosen);
  } catch {
    // The choice then holds for this view only.
  }
  apply(chosen);
}

export function applyTheme(): void {
  apply(theme());
  system.addEventListener("change", () => apply(theme()));
}

/** Calls back when the colours change; returns what ends that. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply(chosen: Theme): void {
  const dark = chosen === "auto" ? system.matches : chosen === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  for (const listener of listeners) listener();
}
