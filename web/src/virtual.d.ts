declare module "virtual:symbols" {
  const drawings: Record<string, import("../drawing/symbols").Drawing>;
  export default drawings;
}
declare module "*.css";
declare module "virtual:world-110m" {
  const world: import("../drawing/world").World;
  export default world;
}
declare module "virtual:world-50m" {
  const world: import("../drawing/world").World;
  export default world;
}
