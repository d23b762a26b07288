/** Turned views of three dimensions. */

/** A corner of the cube, so that all three axes are seen. */
export const FIRST_TURN = { yaw: Math.PI / 6, pitch: Math.PI / 9 } as const;

/** Of the slow turn, radians a second: once around in half a minute. */
const SPEED = (2 * Math.PI) / 30;

/** The yaw after `ms` more of turning, in [−π, π). */
export function turnedOn(yaw: number, ms: number): number {
  const further = yaw + (SPEED * ms) / 1000 + Math.PI;
  return further - 2 * Math.PI * Math.floor(further / (2 * Math.PI)) - Math.PI;
}

export const toDegrees = (radians: number): number => (radians * 180) / Math.PI;
export const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;
