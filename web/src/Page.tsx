import { useEffect, useState } from "preact/hooks";
import { href, useAddress } from "./address";
import { question } from "./api/asking";
import type { About } from "./api/shapes";
import { useAnswer } from "./api/useAnswer";
import { hasClaims } from "./dates/TimeBar";
import { lazy } from "./lazy";
import { SuggestBox } from "./parts/SuggestBox";
import { Answered, Empty, EmptyLedger } from "./parts/states";
import { isDark, onTheme, setTheme } from "./parts/theme";
import { plural } from "./parts/words";
import { ActorsView, CountriesView } from "./views/ListViews";

const WorldView = lazy<{ about: About }>(() => import("./views/WorldView").then((m) => m.WorldView));
const PictureView = lazy<{ about: About; country?: string; actor?: string }>(() =>
  import("./views/PictureView").then((m) => m.PictureView),
);
const RowView = lazy<{ about: About; id: string }>(() => import("./views/RowView").then((m) => m.RowView));
const UnitView = lazy<{ about: About; name: string }>(() =>
  import("./views/UnitView").then((m) => m.UnitView),
);
const UnitsView = lazy<{ about: About }>(() => import("./views/UnitsView").then((m) => m.UnitsView));
const ClaimView = lazy<{ about: About; id: string }>(() =>
  import("./views/ClaimView").then((m) => m.ClaimView),
);
const DocumentView = lazy<{ about: About; id: string }>(() =>
  import("./views/DocumentView").then((m) => m.DocumentView),
);
const DisputesView = lazy<{ about: About }>(() => import("./views/DisputesView").then((m) => m.DisputesView));
const MovesView = lazy<{ about: About }>(() => import("./views/MovesView").then((m) => m.MovesView));
const SearchView = lazy<{ about: About }>(() => import("./views/SearchView").then((m) => m.SearchView));
const ReviewView = lazy<{ about: About }>(() => import("./views/ReviewView").then((m) => m.ReviewView));

/** The page: a head with the ways to go, and the view that the address names. */
export function Page() {
  const about = useAnswer<About>(question("/about"));
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <Head about={about.value} />
      <main id="content" tabIndex={-1}>
        <Answered answer={about} lines={8}>
          {(value) => <View about={value} />}
        </Answered>
      </main>
      <Foot about={about.value} />
    </>
  );
}

/** The views of a day's picture, besides the map. */
const OF_DAYS = new Set(["countries", "country", "actors", "actor", "units", "moves", "disputes"]);

function View({ about }: { about: About }) {
  const { path, params } = useAddress();
  const [, room = "", name = ""] = path.split("/");
  const id = decoded(name);
  // Rows and units are named by a parameter, as slashes may be in their names; whoever writes them as a path is understood.
  const named = (param: string) => params.get(param) ?? decoded(path.split("/").slice(2).join("/"));
  if (OF_DAYS.has(room) && !hasClaims(about)) return <EmptyLedger />;
  switch (room) {
    case "":
      return <WorldView about={about} />;
    case "countries":
      return <CountriesView about={about} />;
    case "country":
      return id ? <PictureView key={path} about={about} country={id} /> : <CountriesView about={about} />;
    case "actors":
      return <ActorsView about={about} />;
    case "actor":
      return id ? <PictureView key={path} about={about} actor={id} /> : <ActorsView about={about} />;
    case "row":
      return named("id") ? <RowView key={named("id")} about={about} id={named("id")} /> : <NoSuchPage />;
    case "units":
      return <UnitsView about={about} />;
    case "unit":
      return named("name") ? (
        <UnitView key={named("name")} about={about} name={named("name")} />
      ) : (
        <NoSuchPage />
      );
    case "claim":
      return id ? <ClaimView key={path} about={about} id={id} /> : <NoSuchPage />;
    case "document":
      return id ? <DocumentView key={path} about={about} id={id} /> : <NoSuchPage />;
    case "disputes":
      return <DisputesView about={about} />;
    case "moves":
      return <MovesView about={about} />;
    case "search":
      return <SearchView about={about} />;
    case "review":
      return about.edit ? (
        <ReviewView about={about} />
      ) : (
        <Empty title="Review is off">Start the server with --edit to judge claims here.</Empty>
      );
    default:
      return <NoSuchPage />;
  }
}

function NoSuchPage() {
  return (
    <Empty title="There is no such page">
      <a href={href("/")}>To the map</a>, or find a country, a unit or words in the field above.
    </Empty>
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const WAYS = [
  ["/", "Map"],
  ["/countries", "Countries"],
  ["/actors", "Actors"],
  ["/units", "Units"],
  ["/moves", "Announced"],
  ["/disputes", "Disputes"],
  ["/search", "Search"],
] as const;

const WITHIN: Record<string, string> = {
  country: "/countries",
  actor: "/actors",
  unit: "/units",
  claim: "/search",
  document: "/search",
};

function Head({ about }: { about: About | null }) {
  const { path } = useAddress();
  const [, room = ""] = path.split("/");
  const now = WITHIN[room] ?? `/${room}`;
  const ways: (readonly [string, string])[] = about?.edit ? [...WAYS, ["/review", "Review"]] : [...WAYS];
  return (
    <header class="head">
      <a class="wordmark" href={href("/")} aria-label="Garrison, to the map">
        <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
          <rect x="3" y="7" width="26" height="18" rx="1.5" class="mark-frame" />
          <path d="M9 20v-7h3v3h2.5v-3h3v3H20v-3h3v7z" class="mark-wall" />
        </svg>
        <span>Garrison</span>
      </a>
      <nav class="ways" aria-label="Views">
        {ways.map(([to, name]) => (
          <a key={to} href={href(to)} aria-current={now === to ? "page" : undefined}>
            {name}
            {to === "/review" && about && about.counts.waiting > 0 && (
              <span class="count">{about.counts.waiting}</span>
            )}
          </a>
        ))}
      </nav>
      <SuggestBox />
      <ThemeButton />
    </header>
  );
}

function ThemeButton() {
  const [dark, set] = useState(isDark());
  useEffect(() => onTheme(() => set(isDark())), []);
  return (
    <button
      type="button"
      class="theme-button"
      aria-label={dark ? "Light colours" : "Dark colours"}
      title={dark ? "Light colours" : "Dark colours"}
      onClick={() => setTheme(dark ? "light" : "dark")}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}

function Foot({ about }: { about: About | null }) {
  return (
    <footer class="foot">
      <p>
        Nothing here is a finding until a person has checked it: these are statements read from texts, and
        what is missing here may still be there.
      </p>
      {about && (
        <p class="muted">
          {plural(about.counts.claims + about.counts.unsure, "claim")} from{" "}
          {plural(about.counts.documents, "document")} in {about.ledger}
          {about.counts.unsure > 0 && (
            <>, {about.counts.unsure.toLocaleString("en")} of them unsure and counted in no picture</>
          )}
          {about.embargo_days > 0 && (
            <> · claims within a country are held back for {about.embargo_days} days</>
          )}{" "}
          · Garrison {about.version} · <a href="/api/v1/openapi.json">API</a>
        </p>
      )}
    </footer>
  );
}
