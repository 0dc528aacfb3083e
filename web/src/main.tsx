import { render } from "preact";
import "./style/index.css";
import { followLinks } from "./address";
import { Page } from "./Page";
import { applyTheme } from "./parts/theme";

applyTheme();
followLinks();
render(<Page />, document.getElementById("page") as HTMLElement);
