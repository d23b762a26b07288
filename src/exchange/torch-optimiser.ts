/** A config's optimiser as PyTorch's own, with the constants that a run of that family of defaults takes. */
import type { RunConfig } from "../protocol/run-config";
import { number } from "./python";

/** @param rate a Python expression */
export function torchOptimiser(config: RunConfig, parameters: string, rate = "LEARNING_RATE"): string {
  const { optimiser, initialiser, adamBeta1, momentum } = config;
  const isKeras = initialiser === "keras";
  switch (optimiser) {
    case "adam":
      return `torch.optim.Adam(${parameters}, lr=${rate}, betas=(${number(adamBeta1)}, 0.999), eps=${isKeras ? "1e-7" : "1e-8"})`;
    case "sgd":
      return `torch.optim.SGD(${parameters}, lr=${rate}, momentum=${number(momentum)})`;
    case "rmsprop":
      return `torch.optim.RMSprop(${parameters}, lr=${rate}, alpha=${isKeras ? "0.9, eps=1e-7" : "0.99, eps=1e-8"})`;
    case "adadelta":
      return `torch.optim.Adadelta(${parameters}, lr=${rate}, rho=${isKeras ? "0.95, eps=1e-7" : "0.9, eps=1e-6"})`;
  }
}
