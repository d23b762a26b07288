/**
 * The view of a latent plot over time: it follows the codes until the visitor takes it
 * over, and every change that no hand makes directly is a short glide.
 */
import { easeCubicInOut } from "d3";
import { aspectOf, codeBounds, fitView, followView, type FitRule } from "./latent-fit";
import type { LatentCloud } from "./latent-cloud";
import { mixViews, PRIOR_HALF_SPAN, type LatentView, type PlotFrame } from "./latent-view";

/** Longer than a point's glide: the frame should not seem to run with the points. */
const TURN_MS = 420;

export class LatentCamera {
  #view: LatentView = { x: 0, y: 0, halfSpan: PRIOR_HALF_SPAN };
  #from = this.#view;
  #to = this.#view;
  #startMs = 0;
  #frame: PlotFrame = { widthPx: 1, heightPx: 1 };
  #isHeld = false;

  get view(): LatentView {
    return this.#view;
  }

  /** Where the view is bound for. */
  get target(): LatentView {
    return this.#to;
  }

  /** Whether the visitor has chosen the view; it then no longer follows the codes. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** The size of the plot, which decides how much of each axis a view shows. */
  resize(frame: PlotFrame): void {
    this.#frame = frame;
  }

  /** Takes a view at once and holds it: a hand is on it. */
  hold(view: LatentView): void {
    this.#isHeld = true;
    this.#take(view);
  }

  /** Glides to a view and holds it: a button was pressed. */
  holdGently(view: LatentView, nowMs: number, isAnimated: boolean): void {
    this.#isHeld = true;
    this.#glide(view, nowMs, isAnimated);
  }

  /** Follows newly arrived codes, unless it is held. */
  follow(cloud: LatentCloud, rule: FitRule, nowMs: number, isAnimated: boolean): void {
    if (this.#isHeld) return;
    const bounds = codeBounds(cloud.positions, cloud.kind, rule);
    if (bounds === null) return;
    const next = followView(this.#to, bounds, rule, aspectOf(cloud.kind, this.#frame));
    if (next !== this.#to) this.#glide(next, nowMs, isAnimated);
  }

  /** Lets go and shows all codes of `cloud`; the rule's first view without one. */
  fit(cloud: LatentCloud | null, rule: FitRule, nowMs: number, isAnimated: boolean): void {
    this.#isHeld = false;
    const bounds = cloud === null ? null : codeBounds(cloud.positions, cloud.kind, rule);
    const aspect = aspectOf(cloud?.kind ?? "plane", this.#frame);
    this.#glide(fitView(bounds ?? { x: 0, y: 0, halfWidth: 0, halfHeight: 0 }, rule, aspect), nowMs, isAnimated);
  }

  /** Moves the view to where it is at `nowMs`; true when it has moved. */
  advance(nowMs: number): boolean {
    if (this.#view === this.#to) return false;
    const part = Math.min(1, Math.max(0, (nowMs - this.#startMs) / TURN_MS));
    this.#view = part < 1 ? mixViews(this.#from, this.#to, easeCubicInOut(part)) : this.#to;
    return true;
  }

  #take(view: LatentView): void {
    this.#view = view;
    this.#to = view;
  }

  #glide(view: LatentView, nowMs: number, isAnimated: boolean): void {
    if (!isAnimated) return this.#take(view);
    this.#from = this.#view;
    this.#to = view;
    this.#startMs = nowMs;
  }
}
