/**
 * Collects a plan's buffers and binds kernels to them by name, so that a mistake in a
 * name is an error where the plan is made and not a wrong picture.
 */
import type { Kernel } from "./kernel";
import type { BufferPlan, DispatchPlan, Lifetime } from "./plan";

/** WebGPU binds and copies by less; 16 is a `vec4f`. */
const ALIGNMENT = 16;

export class PlanBuffers {
  readonly #buffers = new Map<string, BufferPlan>();

  /** In the order in which they were added. */
  get all(): readonly BufferPlan[] {
    return [...this.#buffers.values()];
  }

  /** @param bytes at least; @returns the name */
  add(name: string, bytes: number, lifetime: Lifetime, holds: string): string {
    if (this.#buffers.has(name)) throw new RangeError(`PlanBuffers: ${name} is there already`);
    this.#buffers.set(name, { name, bytes: Math.max(1, Math.ceil(bytes / ALIGNMENT)) * ALIGNMENT, lifetime, holds });
    return name;
  }

  /** A buffer that several users take one after the other: as large as the largest of them wants. @returns the name */
  share(name: string, bytes: number, lifetime: Lifetime, holds: string): string {
    const before = this.#buffers.get(name)?.bytes ?? 0;
    this.#buffers.delete(name);
    return this.add(name, Math.max(bytes, before), lifetime, holds);
  }

  /** float32, first axis first. */
  addFloats(name: string, shape: readonly number[], lifetime: Lifetime, what = ""): string {
    const floats = shape.reduce((product, length) => product * length, 1);
    return this.add(
      name,
      floats * 4,
      lifetime,
      `${shape.map((length) => `[${length}]`).join("")} float32${what === "" ? "" : `, ${what}`}`,
    );
  }

  /**
   * A dispatch of `kernel`.
   *
   * @param names buffer of each of the kernel's bindings; others may be among them
   * @throws RangeError when a binding has no buffer
   */
  dispatch(label: string, kernel: Kernel, names: Readonly<Record<string, string>>): DispatchPlan {
    const buffers = kernel.bindings.map(({ name }) => {
      const buffer = names[name];
      if (buffer === undefined || !this.#buffers.has(buffer)) {
        throw new RangeError(`PlanBuffers: ${label} binds ${name} to ${buffer ?? "nothing"}, which the plan does not have`);
      }
      return buffer;
    });
    return { label, kernel, buffers };
  }
}
