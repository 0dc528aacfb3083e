import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "./api/asking";
import { ErrorBox, Loading } from "./parts/states";

/** A component that is fetched when it is first shown. */
export function lazy<P extends object>(fetch: () => Promise<ComponentType<P>>): ComponentType<P> {
  let held: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [, drawn] = useState(0);
    const [failed, fail] = useState(false);
    useEffect(() => {
      if (held) return;
      fetch().then(
        (component) => {
          held = component;
          drawn((n) => n + 1);
        },
        () => fail(true),
      );
    }, []);
    if (failed)
      return (
        <ErrorBox
          error={new ApiError(0, "unreachable", "A part of this page could not be fetched.")}
          again={() => location.reload()}
        />
      );
    const Component = held;
    return Component ? <Component {...props} /> : <Loading />;
  };
}
