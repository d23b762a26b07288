/** What a handler has at hand while it answers one question. */
import type { Answer, Ask, Part, QuestionKind } from "../protocol/survey";
import type { ImageShelf } from "./image-shelf";
import type { KeptModel } from "./models";
import type { Turn } from "./turns";

/** Where the site's files are. */
export interface Site {
  /** Ends in a slash; `data/`, `runs/` and `classifiers/` lie in it. */
  readonly baseUrl: string;
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

export interface Question<Kind extends QuestionKind> {
  /** @throws RangeError when the question came without one, or the worker has it no more. */
  readonly model: () => KeptModel;
  /** Tells a part. Its buffers move: it must be made of arrays that nobody keeps. */
  readonly part: (part: Part<Kind>) => void;
  readonly turn: Turn;
  readonly images: ImageShelf;
  readonly site: Site;
  readonly signal: AbortSignal;
}

/** Answers one kind of question. What it returns is given away, as a part is; what it throws becomes a refusal. */
export type Handler<Kind extends QuestionKind> = (ask: Ask<Kind>, question: Question<Kind>) => Promise<Answer<Kind>>;
