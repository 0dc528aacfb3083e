import type { ComponentChildren } from "preact";
import { countryPath, href, useAddress } from "../address";
import { question } from "../api/asking";
import type { About, ActorLine, CountryLine } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { TimeBar } from "../dates/TimeBar";
import { dateWords } from "../dates/words";
import { ActorLink, useTitle } from "../parts/links";
import { Answered, Empty } from "../parts/states";
import { plural } from "../parts/words";

/** The two dates of the address, as the server takes them. */
export function useTimes() {
  const { params } = useAddress();
  return { as_of: params.get("as_of"), known: params.get("known"), recorded: params.get("recorded") };
}

/** A column of a list: its head, and what stands in it. */
type Column<T> = { head: string; number?: boolean; cell: (line: T) => ComponentChildren };

/** A list of the picture of a day, a line to each of its subjects, which the first column names. */
function PictureList<T>({
  about,
  title,
  path,
  empty,
  keyOf,
  columns,
}: {
  about: About;
  title: string;
  path: string;
  empty: string;
  keyOf: (line: T) => string;
  columns: Column<T>[];
}) {
  useTitle(title);
  const answer = useAnswer<{ items: T[] }>(question(path, useTimes()));
  return (
    <>
      <TimeBar about={about} />
      <h1>{title}</h1>
      <Answered answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={empty}>Choose a later day, or more of what is known.</Empty>
          ) : (
            <div class="table-holder">
              <table class="plain">
                <thead>
                  <tr>
                    {columns.map(({ head, number }) => (
                      <th key={head} scope="col" class={number ? "number" : undefined}>
                        {head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {items.map((line) => (
                    <tr key={keyOf(line)}>
                      {columns.map(({ head, number, cell }, at) =>
                        at === 0 ? (
                          <th key={head} scope="row">
                            {cell(line)}
                          </th>
                        ) : (
                          <td key={head} class={number ? "number" : undefined}>
                            {cell(line)}
                          </td>
                        ),
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answered>
    </>
  );
}

const disputed = (count: number) => (count ? <b class="bad">{count}</b> : "–");

/** Every country that something is said to be in. */
export const CountriesView = ({ about }: { about: About }) => (
  <PictureList<CountryLine>
    about={about}
    title="Countries"
    path="/countries"
    empty="No force is stated anywhere on this day"
    keyOf={(line) => line.iso3}
    columns={[
      { head: "Country", cell: (line) => <a href={href(countryPath(line.iso3))}>{line.name}</a> },
      { head: "From abroad", number: true, cell: (line) => line.foreign || "–" },
      { head: "Its own", number: true, cell: (line) => line.home || "–" },
      { head: "Disputed", number: true, cell: (line) => disputed(line.disputed) },
      { head: "Last cited", cell: (line) => dateWords(line.last_cited) },
    ]}
  />
);

const NAMED = 6;

/** The countries in which an actor has forces, the first of many. */
function Whereabouts({ line }: { line: ActorLine }) {
  const more = line.countries.length - NAMED;
  return (
    <>
      {line.countries.slice(0, NAMED).map((iso3, at) => (
        <span key={iso3}>
          {at > 0 && ", "}
          <a href={href(countryPath(iso3))}>{line.country_names[at] ?? iso3}</a>
        </span>
      ))}
      {more > 0 && <span class="muted"> and {plural(more, "more", "more")}</span>}
    </>
  );
}

/** Everyone whose forces are stated somewhere. */
export const ActorsView = ({ about }: { about: About }) => (
  <PictureList<ActorLine>
    about={about}
    title="Actors"
    path="/actors"
    empty="Nobody's force is stated on this day"
    keyOf={(line) => line.actor.id}
    columns={[
      { head: "Actor", cell: (line) => <ActorLink actor={line.actor} /> },
      { head: "Forces", number: true, cell: (line) => line.rows },
      { head: "In", cell: (line) => <Whereabouts line={line} /> },
      { head: "Disputed", number: true, cell: (line) => disputed(line.disputed) },
      { head: "Last cited", cell: (line) => dateWords(line.last_cited) },
    ]}
  />
);
