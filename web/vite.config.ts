import { defineConfig } from "vitest/config";
import { symbols } from "./drawing/symbols.ts";
import { world } from "./drawing/world.ts";

// The page is built into the Python package, whose server hands it out; in development the server's API is asked.
export default defineConfig({
  plugins: [symbols(), world()],
  build: {
    outDir: "../src/garrison/server/page",
    emptyOutDir: true,
    target: "es2022",
    // A font or picture inside the style sheet would be a data address, which the page's policy forbids for fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8750" } },
  test: { include: ["src/**/*.test.ts", "drawing/**/*.test.ts"] },
});
