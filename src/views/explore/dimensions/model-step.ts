/** Of which step of the model a picture of its codes was taken; kept beside the picture, for as long as that lasts. */

const steps = new WeakMap<object, number>();

export function tellStep<Picture extends object>(picture: Picture, step: number): Picture {
  steps.set(picture, step);
  return picture;
}

/** Null of a picture that nobody told of. */
export function stepOf(picture: object | null): number | null {
  return picture === null ? null : (steps.get(picture) ?? null);
}
