export type { Grant, MountedFile, PodSelector, Reach, SecretKey } from "./grant";
export {
  inCluster,
  type Labels,
  metadataOf,
  objectNameProblems,
  type Placement,
  type Role,
  selectorOf,
} from "./placement";
