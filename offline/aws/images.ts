// The images in a repository. docker-build pushes them, so they are in its record and not in AWS's; and they stay when the resource
// that built them goes.
import type { Existing, Inventory } from "../providers/core/record";
import { isObject, plainAll, text, type Value } from "../providers/core/values";

const IMAGE = "docker-build:index:Image";
const REPOSITORY = "aws:ecr/repository:Repository";

/** The inventory of another provider, by the name of its record: the one that built the images. */
type Beside = (name: string) => Pick<Inventory, "all">;

/** Whether a built image is in a registry, where it outlives its resource. */
export function isPushed(image: Existing): boolean {
  const { push, exports } = plainAll(image.inputs);
  const exported = listed(exports);
  return push === true || exported.some((each) => isObject(each) && each.registry !== undefined);
}

/** The images that were pushed to a repository. */
export function imagesIn(repository: Existing, beside: Beside): readonly Existing[] {
  const url = text(plainAll(repository.outputs).repositoryUrl);
  if (url === undefined) return [];
  return beside("docker-build")
    .all(IMAGE)
    .filter((image) => {
      const { tags } = plainAll(image.inputs);
      return isPushed(image) && listed(tags).some((name) => text(name)?.startsWith(`${url}:`));
    });
}

/** Deletes the images of a deleted repository. */
export function deleteImages(gone: Existing, inventory: Inventory): void {
  if (gone.type !== REPOSITORY) return;
  for (const { type, id } of imagesIn(gone, (name) => inventory.beside(name)))
    inventory.beside("docker-build").remove(type, id);
}

function listed(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}
