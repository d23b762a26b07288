/**
 * What page and survey worker say to each other. The survey looks at a model: everything
 * that takes longer than a frame, needs no GPU and must not wait for training.
 *
 * The page asks, numbered; the worker answers each question once, with parts before
 * that where an answer comes bit by bit. A question that is no longer wanted is
 * called off.
 */
import type { DatasetId, ImageShape } from "./datasets";
import type { Bytes, Floats, WeightTable } from "./messages";
import type { RecordedId, RecordedRun } from "./recorded";
import type { RunConfig } from "./run-config";

/** A model to be looked at. The worker keeps the last few by their key. */
export interface SurveyModel {
  /** Names these very weights, as run and step do. */
  readonly key: string;
  readonly config: RunConfig;
  readonly weights: WeightTable;
}

/** The worker keeps so many models, the last that came; the page sends an older one again. */
export const KEPT_MODELS = 3;

/** A flat map of a latent space: centre + h · u + v · w, with u and w of length 1 and square to each other; see `model/plane`. */
export interface PlaneSpec {
  readonly center: readonly number[];
  readonly u: readonly number[];
  readonly w: readonly number[];
}

/** A lattice of places on the map, in plot units; values are told row by row from the top left, at the middles of its cells. */
export interface FieldLattice {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** Points of the map with what they are. `spreads`: half axes and angle of one σ, `[points, 3]`, see `model/plane`. */
export interface MapPoints {
  /** `[points, 2]` */
  readonly positions: Floats;
  readonly spreads: Floats | null;
  readonly labels: Bytes | null;
}

/** Held-out images come first in a survey's numbering, then the training images: index < heldOut is held out. */
export interface SurveyQuestions {
  /** A recorded run, with as many held-out images as its file has posteriors of. */
  readonly recorded: { readonly ask: { readonly id: RecordedId }; readonly part: never; readonly answer: RecordedRun };
  /** Codes of the first so many training images (60,000 at most), in parts; needs a model. */
  readonly codes: {
    readonly ask: { readonly images: number };
    readonly part: CodesPart;
    readonly answer: { readonly images: number };
  };
  /** Bytes of training images, for points that turn into pictures. `[indices, pixels]` */
  readonly images: {
    readonly ask: { readonly data: DatasetId; readonly trainSize: number; readonly indices: readonly number[] };
    readonly part: never;
    readonly answer: { readonly pixels: Bytes; readonly image: ImageShape };
  };
  /** The training images nearest to a picture in pixel space, nearest first. */
  readonly neighbours: {
    readonly ask: { readonly data: DatasetId; readonly trainSize: number; readonly pixels: Floats; readonly count: number };
    readonly part: never;
    readonly answer: readonly PixelNeighbour[];
  };
  /** Reconstruction loss of each image, nats, from its posterior mean; needs a model. The first so many held-out images, in order. */
  readonly losses: {
    readonly ask: { readonly pixels: Bytes; readonly labels: Bytes };
    readonly part: never;
    readonly answer: { readonly losses: Floats };
  };
  /** √det JᵀJ of the decoder along the plane (`model/metric`); coarse rows first as parts; needs a model. */
  readonly magnification: {
    readonly ask: { readonly plane: PlaneSpec; readonly z: readonly number[]; readonly label: number; readonly lattice: FieldLattice };
    readonly part: FieldValues;
    readonly answer: FieldValues;
  };
  /** Class of the nearest point, by place of the lattice. */
  readonly regions: {
    readonly ask: { readonly points: MapPoints; readonly lattice: FieldLattice };
    readonly part: never;
    readonly answer: FieldValues;
  };
  /** Density of the aggregate posterior on the map, per unit of area: the mean of the points' Gaussians. */
  readonly density: {
    readonly ask: { readonly points: MapPoints; readonly lattice: FieldLattice };
    readonly part: never;
    readonly answer: FieldValues;
  };
  /** Principal components of codes. */
  readonly principal: {
    readonly ask: { readonly codes: Floats; readonly latentDim: number };
    readonly part: never;
    readonly answer: PrincipalBasis;
  };
  /** A UMAP embedding of codes, with progress. */
  readonly umap: {
    readonly ask: {
      readonly codes: Floats;
      readonly latentDim: number;
      readonly neighbours: number;
      readonly minDist: number;
      readonly seed: number;
    };
    readonly part: { readonly done: number; readonly total: number; readonly positions: Floats | null };
    readonly answer: { readonly positions: Floats };
  };
  /** The geodesic between neighbouring codes of a list, under the decoder's metric (`model/geodesic`); needs a model. */
  readonly geodesic: {
    readonly ask: { readonly codes: readonly (readonly number[])[]; readonly points: number; readonly label: number };
    readonly part: { readonly done: number; readonly total: number; readonly path: Floats };
    readonly answer: { readonly path: Floats; readonly energy: number; readonly straightEnergy: number };
  };
}

export interface CodesPart {
  /** Index of the first of these images among the training images. */
  readonly from: number;
  readonly total: number;
  /** `[images, latentDim]` */
  readonly mean: Floats;
  readonly logVar: Floats | null;
  readonly labels: Bytes;
}

export interface PixelNeighbour {
  /** Among the training images. */
  readonly index: number;
  readonly label: number;
  /** Euclidean, over pixels in [0, 1]. */
  readonly distance: number;
  readonly pixels: Bytes;
}

export interface FieldValues {
  readonly lattice: FieldLattice;
  /** `[rows, columns]` */
  readonly values: Floats;
}

export interface PrincipalBasis {
  /** Mean code. */
  readonly mean: Floats;
  /** Unit directions, the one of the largest variance first, `[latentDim, latentDim]`, one per row. */
  readonly directions: Floats;
  /** Variance along each. */
  readonly variances: Floats;
}

export type QuestionKind = keyof SurveyQuestions;
export type Ask<Kind extends QuestionKind> = SurveyQuestions[Kind]["ask"];
export type Part<Kind extends QuestionKind> = SurveyQuestions[Kind]["part"];
export type Answer<Kind extends QuestionKind> = SurveyQuestions[Kind]["answer"];

export type SurveyCommand =
  | {
      [Kind in QuestionKind]: {
        readonly type: "ask";
        readonly id: number;
        readonly kind: Kind;
        readonly ask: Ask<Kind>;
        readonly model: string | null;
      };
    }[QuestionKind]
  | { readonly type: "model"; readonly model: SurveyModel }
  | { readonly type: "call-off"; readonly id: number };

export type SurveyEvent =
  /** The worker's code runs. */
  | { readonly type: "hello" }
  | { readonly type: "part"; readonly id: number; readonly part: Part<QuestionKind> }
  | { readonly type: "answer"; readonly id: number; readonly answer: Answer<QuestionKind> }
  /** `message` may hold a file's or a driver's words: show it as text only. */
  | { readonly type: "refused"; readonly id: number; readonly message: string };

/** A question's own wishes. */
export interface AskOptions<Kind extends QuestionKind> {
  /** Sent along when the worker does not have it. */
  readonly model?: SurveyModel;
  readonly onPart?: (part: Part<Kind>) => void;
  /** Calls the question off; its promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The survey as the page knows it. */
export interface Survey {
  /** @throws SurveyError (rejects) when the worker refuses, crashes, or has no such model or file. */
  readonly ask: <Kind extends QuestionKind>(kind: Kind, ask: Ask<Kind>, options?: AskOptions<Kind>) => Promise<Answer<Kind>>;
}

/** Why a question has no answer. Its message is text for a log, not for the page. */
export class SurveyError extends Error {}
