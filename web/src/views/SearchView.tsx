import type { ComponentChildren } from "preact";
import { changed, go, href, useAddress } from "../address";
import type { About, Claim, Paged } from "../api/shapes";
import { hasClaims } from "../dates/TimeBar";
import { ClaimCard } from "../parts/claims";
import { Downloads } from "../parts/Downloads";
import { useTitle } from "../parts/links";
import { More, usePages } from "../parts/pages";
import { Empty, EmptyLedger, ErrorBox, Loading } from "../parts/states";
import { assetWords, plural } from "../parts/words";
import { useTimes } from "./ListViews";

type Found = Paged<Claim> & { number: number | null; order: string };
const WORDS = ["q", "actor", "unit", "place", "outlet", "since", "until"] as const;
const CHOSEN = ["asset", "kind", "status", "checked", "unsure", "order"] as const;

/** Whether the screen is so narrow that the fields would hide what is found. */
const isNarrow = () => matchMedia("(max-width: 48rem)").matches;

/** Claims by the words of their quotations and by what they say; newest first, or ranked where asked. */
export function SearchView({ about }: { about: About }) {
  const { params } = useAddress();
  const { known, recorded } = useTimes();
  const asked = Object.fromEntries(
    [...WORDS, ...CHOSEN, "document"].map((name) => [name, params.get(name) || null]),
  ) as Record<string, string | null>;
  if (!asked.q && asked.order === "relevance") asked.order = null;
  const pages = usePages<Claim, Found>("/claims", { ...asked, known, recorded });
  useTitle(asked.q ? `Search: ${asked.q}` : "Search");
  const find = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    go(
      changed(
        Object.fromEntries(
          [...WORDS, ...CHOSEN].map((name) => [name, String(form.get(name) ?? "").trim() || null]),
        ),
      ),
    );
  };
  const choice = (name: string, label: string, options: [string, string][], any = "any") => (
    <Field label={label}>
      <select
        name={name}
        value={asked[name] ?? ""}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      >
        <option value="">{any}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
  const field = (name: (typeof WORDS)[number], label: string, placeholder: string) => (
    <Field label={label}>
      <input
        type="text"
        name={name}
        defaultValue={asked[name] ?? ""}
        key={`${name}=${asked[name]}`}
        placeholder={placeholder}
        autocomplete="off"
      />
    </Field>
  );
  const number = pages.first?.number;
  const narrowed = [...WORDS, ...CHOSEN].some((name) => name !== "q" && asked[name]);
  return (
    <>
      <h1>Search</h1>
      <form class="search" onSubmit={find} role="search">
        <div class="search-main">
          <input
            type="search"
            name="q"
            aria-label="Words in the quotation"
            placeholder="Words in the quotation"
            defaultValue={asked.q ?? ""}
            key={`q=${asked.q}`}
          />
          <button type="submit" class="primary">
            Search
          </button>
        </div>
        <details class="search-more" open={narrowed || !isNarrow()}>
          <summary>Who, where, what, when …</summary>
          <div class="search-fields">
            {field("actor", "Whose", "Russia, Wagner …")}
            {field("place", "Where", "Tajikistan, Kulob …")}
            {field("unit", "Unit", "201st …")}
            {field("outlet", "Outlet", "Oxus Herald …")}
            {choice(
              "asset",
              "What",
              about.assets.map(({ id }) => [id, assetWords(id)]),
            )}
            {choice(
              "kind",
              "Kind",
              about.kinds.map((kind) => [kind, kind]),
            )}
            {choice(
              "status",
              "Status",
              about.statuses.map((status) => [status, status]),
            )}
            {choice("checked", "Checked", [
              ["true", "by a person"],
              ["false", "not yet"],
            ])}
            {choice("unsure", "In pictures", [
              ["false", "yes"],
              ["true", "no, unsure"],
            ])}
            {field("since", "Published since", "2021-07")}
            {field("until", "Until", "2021-12-31")}
            {choice("order", "Order", [["relevance", "best match first"]], "newest first")}
          </div>
        </details>
      </form>
      {pages.error && <ErrorBox error={pages.error} again={pages.again} />}
      {!pages.first && !pages.error && <Loading lines={8} />}
      {pages.first && (
        <div class={pages.loading ? "stale" : undefined} aria-busy={pages.loading}>
          <p class="list-head" role="status">
            <b>
              {number != null
                ? plural(number, "claim")
                : pages.first.order === "relevance"
                  ? "The best matches"
                  : "The newest claims"}
            </b>
            {known && <span class="muted"> known on {known}</span>}
            {Object.values(asked).some(Boolean) && (
              <a class="button quiet" href={href("/search")}>
                clear
              </a>
            )}
          </p>
          {pages.items.length === 0 && !hasClaims(about) && <EmptyLedger />}
          {pages.items.length === 0 && hasClaims(about) && (
            <Empty title="No claim matches">
              Fewer or other words may help; only the quotations of claims are searched, not whole documents.
            </Empty>
          )}
          {pages.items.map((claim) => (
            <ClaimCard key={claim.id} claim={claim} />
          ))}
          <More pages={pages} />
          {pages.items.length > 0 && (
            <Downloads
              what="claims"
              formats={["csv", "geojson", "json", "csl.json", "txt"]}
              params={{ ...asked, order: null, known, recorded }}
            />
          )}
        </div>
      )}
    </>
  );
}

function Field({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it wraps.
    <label class="field">
      <span>{label}</span>
      {children}
    </label>
  );
}
