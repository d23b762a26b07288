/**
 * Points that glide from where they were last painted to where the newest snapshot
 * puts them. A new target in mid-glide starts from the positions on screen, so that
 * nothing ever jumps.
 */
import { easeCubicOut } from "d3";

/** Short of the time between two snapshots, so that the picture has caught up when the next one comes. */
export const GLIDE_MS = 260;

export class PositionGlide {
  /** What is painted, `[points, 2]`; written in place by `advance`. */
  now: Float32Array = new Float32Array(0);
  #from: Float32Array = new Float32Array(0);
  #to: Float32Array = new Float32Array(0);
  #startMs = 0;
  #isGliding = false;

  get isGliding(): boolean {
    return this.#isGliding;
  }

  /** Where the points are bound for. */
  get target(): Float32Array {
    return this.#to;
  }

  /** New target positions; without `isAnimated`, or with another number of points, they are taken at once. */
  retarget(to: Float32Array, nowMs: number, isAnimated: boolean): void {
    this.#to = to;
    if (!isAnimated || to.length !== this.now.length) {
      this.now = to.slice();
      this.#isGliding = false;
      return;
    }
    this.#from = this.now.slice();
    this.#startMs = nowMs;
    this.#isGliding = true;
  }

  /** Moves the points to where they are at `nowMs`; true while there is more to come. */
  advance(nowMs: number): boolean {
    if (!this.#isGliding) return false;
    const part = easeCubicOut(Math.min(1, Math.max(0, (nowMs - this.#startMs) / GLIDE_MS)));
    const { now } = this;
    for (let i = 0; i < now.length; i++) {
      const from = this.#from[i]!;
      const to = this.#to[i]!;
      // A coordinate that was not finite has no way to glide from.
      now[i] = part >= 1 || !Number.isFinite(from) ? to : from + (to - from) * part;
    }
    this.#isGliding = part < 1;
    return this.#isGliding;
  }
}
