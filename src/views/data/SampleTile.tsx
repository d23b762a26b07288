/** One sample of the data set as a picture: an image as it is, a point as a dot in a small frame. */
import { ImageTile, type ImageTileProps } from "../../charts/ImageTile";
import { isPointShape } from "../../charts/point-tile";
import { PointTile } from "../../charts/PointTile";

export function SampleTile(props: ImageTileProps) {
  if (!isPointShape(props.shape)) return <ImageTile {...props} />;
  const { pixels, scale, ink, label, className } = props;
  return <PointTile point={pixels} scale={scale} ink={ink} label={label} className={className} />;
}
