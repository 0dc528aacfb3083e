import { countryPath, href, useAddress } from "../address";
import { question } from "../api/asking";
import type { About, ActorLine, CountryLine } from "../api/shapes";
import { useAnswer } from "../api/useAnswer";
import { TimeBar } from "../dates/TimeBar";
import { dateWords } from "../dates/words";
import { ActorLink, useTitle } from "../parts/links";
import { Answered, Empty } from "../parts/states";

/** The two dates of the address, as the server takes them. */
export function useTimes() {
  const { params } = useAddress();
  return { as_of: params.get("as_of"), known: params.get("known"), recorded: params.get("recorded") };
}

/** Every country that something is said to be in. */
export function CountriesView({ about }: { about: About }) {
  useTitle("Countries");
  const answer = useAnswer<{ items: CountryLine[] }>(question("/countries", useTimes()));
  return (
    <>
      <TimeBar about={about} />
      <h1>Countries</h1>
      <Answered answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No force is stated anywhere on this day">
              Choose a later day, or more of what is known.
            </Empty>
          ) : (
            <div class="table-holder">
              <table class="plain">
                <thead>
                  <tr>
                    <th scope="col">Country</th>
                    <th scope="col" class="number">
                      From abroad
                    </th>
                    <th scope="col" class="number">
                      Its own
                    </th>
                    <th scope="col" class="number">
                      Disputed
                    </th>
                    <th scope="col">Last cited</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((line) => (
                    <tr key={line.iso3}>
                      <th scope="row">
                        <a href={href(countryPath(line.iso3))}>{line.name}</a>
                      </th>
                      <td class="number">{line.foreign || "–"}</td>
                      <td class="number">{line.home || "–"}</td>
                      <td class="number">{line.disputed ? <b class="bad">{line.disputed}</b> : "–"}</td>
                      <td>{dateWords(line.last_cited)}</td>
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

/** Everyone whose forces are stated somewhere. */
export function ActorsView({ about }: { about: About }) {
  useTitle("Actors");
  const answer = useAnswer<{ items: ActorLine[] }>(question("/actors", useTimes()));
  return (
    <>
      <TimeBar about={about} />
      <h1>Actors</h1>
      <Answered answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nobody's force is stated on this day">
              Choose a later day, or more of what is known.
            </Empty>
          ) : (
            <div class="table-holder">
              <table class="plain">
                <thead>
                  <tr>
                    <th scope="col">Actor</th>
                    <th scope="col" class="number">
                      Rows
                    </th>
                    <th scope="col">In</th>
                    <th scope="col" class="number">
                      Disputed
                    </th>
                    <th scope="col">Last cited</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((line) => (
                    <tr key={line.actor.id}>
                      <th scope="row">
                        <ActorLink actor={line.actor} />
                      </th>
                      <td class="number">{line.rows}</td>
                      <td>
                        {line.countries.map((iso3, at) => (
                          <span key={iso3}>
                            {at > 0 && ", "}
                            <a href={href(countryPath(iso3))}>{iso3}</a>
                          </span>
                        ))}
                      </td>
                      <td class="number">{line.disputed ? <b class="bad">{line.disputed}</b> : "–"}</td>
                      <td>{dateWords(line.last_cited)}</td>
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
