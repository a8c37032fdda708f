export type { TableArgs, TableOutputs } from "./args";
export { Table } from "./table";
