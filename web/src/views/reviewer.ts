const KEY = "garrison-reviewer";

/** The name that judgements carry, as last written on this device. */
export function readBy(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // no storage in this window: the name is written anew
  }
}

export function rememberBy(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // It then holds for this view only.
  }
}
