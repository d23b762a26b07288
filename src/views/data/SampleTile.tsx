/** One sample of the data set as a picture: an image as it is, a point as a dot in a small frame. */
import { useMemo } from "react";
import { ImageTile, type ImageTileProps } from "../../charts/ImageTile";
import { isPointShape, pointTile, POINT_SHAPE } from "../../charts/point-tile";

export function SampleTile({ pixels, scale, shape, ...rest }: ImageTileProps) {
  const isPoint = isPointShape(shape);
  const picture = useMemo(() => (isPoint ? pointTile(pixels, scale) : pixels), [isPoint, pixels, scale]);
  return <ImageTile pixels={picture} scale={isPoint ? 1 : scale} shape={isPoint ? POINT_SHAPE : shape} {...rest} />;
}
