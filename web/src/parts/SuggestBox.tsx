import { useEffect, useRef, useState } from "preact/hooks";
import { actorPath, countryPath, go, href, unitHref } from "../address";
import { ask, question } from "../api/asking";
import type { Suggestion } from "../api/shapes";

const PAUSE_MS = 140;

/** Where a suggestion leads on the page. */
export function suggestionHref({ type, id, name }: Suggestion): string {
  if (type === "country") return href(countryPath(id));
  if (type === "actor") return href(actorPath(id));
  if (type === "unit") return unitHref(id || name);
  if (type === "site") return href(countryPath(id || name));
  if (type === "outlet") return href("/search", { outlet: id || name });
  return href("/search", { q: name });
}

/** One field for everything: names as they are typed, and Enter for a search of quotations. */
export function SuggestBox() {
  const [text, setText] = useState("");
  const [items, setItems] = useState<Suggestion[]>([]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (text.trim().length < 2) {
      setItems([]);
      return;
    }
    const stop = new AbortController();
    const wait = setTimeout(() => {
      ask<{ items: Suggestion[] }>(question("/suggest", { q: text.trim() }), stop.signal)
        .then((answer) => {
          setItems(answer.items);
          setAt(-1);
        })
        .catch(() => setItems([]));
    }, PAUSE_MS);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [text]);

  const leave = (address: string) => {
    setOpen(false);
    setText("");
    go(address);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const chosen = items[at];
    if (chosen) leave(suggestionHref(chosen));
    else if (text.trim()) leave(href("/search", { q: text.trim() }));
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((n) => Math.min(items.length - 1, n + 1));
    else if (event.key === "ArrowUp") setAt((n) => Math.max(-1, n - 1));
    else if (event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
  };
  const shown = open && items.length > 0;
  return (
    <form
      class="suggest"
      role="search"
      ref={form}
      onSubmit={submit}
      onFocusOut={(event) => {
        if (!form.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <input
        type="text"
        role="combobox"
        list={undefined}
        aria-label="Find a country, an actor, a unit, a place or words"
        aria-expanded={shown}
        aria-controls="suggestions"
        aria-autocomplete="list"
        aria-activedescendant={shown && at >= 0 ? `suggestion-${at}` : undefined}
        placeholder="Country, unit, words"
        autocomplete="off"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={key}
      />
      <div id="suggestions" role="listbox" aria-label="Suggestions" hidden={!shown}>
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
          <div
            key={`${item.type}/${item.id}`}
            id={`suggestion-${index}`}
            role="option"
            aria-selected={index === at}
            class={index === at ? "is-active" : ""}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => leave(suggestionHref(item))}
          >
            <span>{item.name}</span> <span class="muted">{item.detail ?? item.type}</span>
          </div>
        ))}
      </div>
    </form>
  );
}
