// @vitest-environment jsdom
/** The objective card and its curves in every family, fed by hand with what a worker would tell. */
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts, setLanguage } from "../../i18n/i18n";
import { configIssues } from "../../protocol/config-issues";
import { GAN_DEFAULTS } from "../../protocol/gan-presets";
import { lossTermsOf, type LossTerm } from "../../protocol/loss-terms";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, POINT_DEFAULTS, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { preloadPanels } from "../../ui/lazy-panel";
import { StoresProvider, type Stores } from "../stores";
import { StatusLine } from "../transport/StatusLine";
import { FamilyOptions } from "./FamilyOptions";
import { LossCard } from "./LossCard";
import { MoreOptions } from "./MoreOptions";
import { ObjectiveCard } from "./ObjectiveCard";

let stores: Stores;
const config = (): RunConfig => stores.draft.getState().config;

function begin(change: Partial<RunConfig>) {
  const run = { ...DEFAULT_CONFIG, ...change };
  expect(configIssues(run)).toEqual([]);
  stores = {
    draft: createDraftStore({ config: run, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config: run, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
}

// jsdom has no CSS.escape, with which react-aria asks the page for its nonce.
vi.stubGlobal("CSS", { escape: (text: string) => text });

beforeAll(async () => {
  await preloadPanels();
  await Promise.all([loadTexts("families"), loadTexts("panels")]);
});
beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  // jsdom lays nothing out: a size is given to every element, as the page would to the chart.
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(240);
});
afterEach(async () => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
  await setLanguage("en");
});

const show = (children: ReactNode) => render(<StoresProvider value={stores}>{children}</StoresProvider>);
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

type Values = Partial<Record<LossTerm, number>>;

/** Steps 1 … `steps` with these values each, told of this run. */
function tell(steps: number, values: Values, heldOut?: Values & { readonly elbo?: number }) {
  const terms = lossTermsOf(stores.run.getState().config);
  expect(Object.keys(values).toSorted()).toEqual([...terms].toSorted());
  const columns = Object.fromEntries(terms.map((term) => [term, new Float32Array(steps).fill(values[term]!)]));
  const step = Uint32Array.from({ length: steps }, (_, i) => i + 1);
  act(() => {
    const { runId, receive } = stores.run.getState();
    receive({ type: "losses", runId, columns: { step, ...columns }, pace: null });
    if (heldOut !== undefined) receive({ type: "evaluated", runId, evaluation: { step: steps, images: 1_000, ...heldOut } });
    vi.advanceTimersByTime(500);
  });
}

const formula = () => screen.getByTitle(/training batch|No step/).textContent;
const caption = () => screen.getByRole("figure", { name: "Loss curves" }).querySelector("figcaption")!.textContent;
const spoken = () => screen.getByRole<HTMLInputElement>("slider", { name: /^Read the curves/ }).getAttribute("aria-valuetext");
const status = () => screen.getByRole("status");

const GAME = { discriminator: 1.25, generator: 0.75, realScore: 0.625, fakeScore: 0.375 };

test("an annealed β stands in the formula, the status line and the reader with its value of that step", () => {
  begin({ betaSchedule: "linear", scheduleSteps: 100, beta: 4 });
  show(
    <>
      <ObjectiveCard />
      <LossCard />
      <StatusLine />
    </>,
  );
  expect(formula()).toContain("+0β"); // the first update weighs the KL with 0
  tell(51, { reconstruction: 100, kl: 10, objective: 120 });
  // Step 51 is the update after 50 of 100: half of 4.
  expect(formula()).toBe("120.0objective=100.0reconstruction · BCE+2β×10.0KL");
  expect(status().textContent).toContain("objective 120.0 = reconstruction 100.0 + 2 × KL 10.0");
  fireEvent.focus(screen.getByRole("slider", { name: /^Read the curves/ }));
  expect(screen.getByText(/rate 0.001, β 2$/)).toBeTruthy();
  expect(document.querySelectorAll("path[data-area]")).toHaveLength(1);
});

test("free bits: what is charged beside the KL it comes from", () => {
  begin({ klMode: "free-bits", freeBits: 0.5, latentDim: 20 });
  show(
    <>
      <ObjectiveCard />
      <LossCard />
      <StatusLine />
    </>,
  );
  tell(3, { reconstruction: 100, kl: 8, penalty: 12.5, objective: 112.5 });
  expect(formula()).toBe("112.5objective=100.0reconstruction · BCE+1β×12.5Σ max(λ, KLⱼ)KL 8.00");
  expect(screen.getByText("free bits 0.5")).toBeTruthy();
  expect(status().dataset).toMatchObject({ penalty: "12.5", kl: "8", discriminator: "", realScore: "" });
  expect(status().textContent).toContain("1 × Σ max(λ, KLⱼ) 12.5, KL 8.00");
  expect(spoken()).toBe("step 3, epoch 0: objective 112.5; reconstruction 100.0; KL 8.00; Σ max(λ, KLⱼ) 12.5");
});

test("capacity: the weight is called γ, and C stands at its value of that step", () => {
  begin({ klMode: "capacity", capacity: 20, scheduleSteps: 10, beta: 100 });
  show(
    <>
      <ObjectiveCard />
      <LossCard />
    </>,
  );
  tell(6, { reconstruction: 100, kl: 9, penalty: 1, objective: 200 });
  expect(formula()).toBe("200.0objective=100.0reconstruction · BCE+100γ×1.00|KL − C|KL 9.00, C 10.0");
  expect(screen.getByRole("slider", { name: "γ, the weight of |KL − C|" })).toBeTruthy();
  expect(screen.getByText("C to 20 nats in 10 steps")).toBeTruthy();
});

test.each([
  ["detached-kl", "½ Σ z², no gradient", "mistake: KL without a gradient"],
  ["code-mean", "mean of the code", "mistake: mean of the code as KL"],
] as const)("the mistake %s is named for what it is, where it stands in the sum and in words", (mistake, name, words) => {
  begin({ model: "ae", mistake, reconstruction: "mse" });
  show(
    <>
      <ObjectiveCard />
      <LossCard />
    </>,
  );
  tell(2, { reconstruction: 40, kl: -3, objective: 37 });
  expect(formula()).toBe(`37.0objective=40.0reconstruction · MSE+1β×−3.00${name}`);
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.getByRole("slider", { name: "β, the weight of the KL term" })).toBeTruthy();
  expect(caption()).toContain("reconstruction 40.0");
});

test("a Gaussian likelihood may be negative: σ has its field, and a perfect copy its line", () => {
  begin({ ...POINT_DEFAULTS, data: "moons", trainSize: 4_000, encoder: [...POINT_DEFAULTS.encoder], decoder: [...POINT_DEFAULTS.decoder] });
  show(
    <>
      <ObjectiveCard />
      <LossCard />
    </>,
  );
  tell(30, { reconstruction: -3, kl: 1, objective: -2 });
  expect(formula()).toBe("−2.00objective=−3.00reconstruction · Gaussian+1β×1.00KL");
  // 2 · ½ log(2π · 0.05²) = −4.1535
  expect(screen.getByText("a perfect copy: −4.15")).toBeTruthy();
  const choices = within(screen.getByLabelText("Reconstruction loss")).getAllByRole("option");
  expect(choices.map((each) => each.textContent)).toEqual(["Gaussian", "MSE"]);
  type("σ of a coordinate", "20");
  expect(screen.getByText("From 0.01 to 10.")).toBeTruthy();
});

test("a GAN has two objectives, two panels of curves, and no β", () => {
  begin({ ...GAN_DEFAULTS, encoder: [...GAN_DEFAULTS.encoder], decoder: [...GAN_DEFAULTS.decoder] });
  show(
    <>
      <ObjectiveCard />
      <LossCard />
      <StatusLine />
    </>,
  );
  expect(formula()).toBe(
    "–discriminator= softplus(−D(x)) + softplus(D(G(z)))–generator= softplus(−D(G(z)))P(real): real images – · generated –",
  );
  tell(5, GAME, { discriminator: 1.5, generator: 0.5, realScore: 0.5, fakeScore: 0.25 });
  expect(formula()).toBe(
    "1.25discriminator= softplus(−D(x)) + softplus(D(G(z)))0.75generator= softplus(−D(G(z)))P(real): real images 0.63 · generated 0.38",
  );
  expect(screen.queryByLabelText("Reconstruction loss")).toBeNull();
  expect(screen.queryByRole("slider", { name: /β|γ/ })).toBeNull();
  expect(screen.queryByText(/no KL term/)).toBeNull();
  expect(spoken()).toBe(
    "step 5, epoch 0: discriminator 1.25, held-out 1.50; generator 0.75, held-out 0.50; P(real) of real 0.63, held-out 0.50; P(real) of fakes 0.38, held-out 0.25",
  );
  expect(screen.getByText("discriminator at a draw: 1.39")).toBeTruthy(); // 2 log 2
  expect(screen.getByText("generator at a draw: 0.69")).toBeTruthy(); // log 2
  expect(screen.getByText("cannot tell: 0.50")).toBeTruthy();
  expect(caption()).toBe(
    "After 5 steps, 0 epochs: discriminator 1.25, generator 0.75, P(real) of real 0.63, P(real) of fakes 0.38. On held-out images and as many generated ones at step 5: discriminator 1.50, generator 0.50, P(real) of real 0.50, P(real) of fakes 0.25.",
  );
  expect(status().dataset).toMatchObject({ ...texts(GAME), objective: "", kl: "", heldoutObjective: "" });
  expect(status().textContent).toContain("held-out discriminator 1.50, generator 0.50");
});

const texts = (values: Values) => Object.fromEntries(Object.entries(values).map(([term, value]) => [term, String(value)]));

test("smoothed labels move what a draw is worth, and the hinge loss has a formula of its own", () => {
  const gan = { ...GAN_DEFAULTS, encoder: [...GAN_DEFAULTS.encoder], decoder: [...GAN_DEFAULTS.decoder] };
  begin({ ...gan, labelSmoothing: 0.2 });
  const { unmount } = show(
    <>
      <ObjectiveCard />
      <LossCard />
    </>,
  );
  tell(5, GAME);
  expect(formula()).toContain("= 0.8 softplus(−D(x)) + 0.2 softplus(D(x)) + softplus(D(G(z)))");
  expect(screen.getByText("cannot tell: 0.40")).toBeTruthy();
  // −0.8 log 0.4 − 1.2 log 0.6 = 1.3460, −log 0.4 = 0.9163
  expect(screen.getByText("discriminator at a draw: 1.35")).toBeTruthy();
  expect(screen.getByText("generator at a draw: 0.92")).toBeTruthy();
  unmount();

  begin({ ...gan, ganLoss: "hinge", labelSmoothing: 0.2 });
  show(
    <>
      <ObjectiveCard />
      <LossCard />
    </>,
  );
  tell(5, { ...GAME, generator: -0.5 });
  expect(formula()).toContain("= max(0, 1 − D(x)) + max(0, 1 + D(G(z)))−0.50generator= −D(G(z))");
  expect(screen.getByText("hinge loss")).toBeTruthy();
  expect(screen.getByText("cannot tell: 0.50")).toBeTruthy();
  expect(screen.queryByText(/at a draw/)).toBeNull();
});

test("the model chosen brings its family along, and back", () => {
  begin({});
  show(<ObjectiveCard />);
  fireEvent.click(screen.getByLabelText("GAN"));
  expect(config()).toMatchObject({ model: "gan", adamBeta1: GAN_DEFAULTS.adamBeta1, latentDim: GAN_DEFAULTS.latentDim });
  fireEvent.click(screen.getByLabelText("VAE"));
  expect(config()).toEqual(DEFAULT_CONFIG);
});

test("family options show what the model reads and nothing else", () => {
  begin({});
  show(<FamilyOptions />);
  expect(screen.queryByLabelText("Share of pixels, 0 to 1")).toBeNull();
  type("Spoil what the encoder sees", "masking");
  type("Share of pixels, 0 to 1", "0.5");
  fireEvent.click(screen.getByLabelText("Tell encoder and decoder the label"));
  fireEvent.click(screen.getByLabelText("cycles"));
  type("Steps of a cycle", "200");
  fireEvent.click(screen.getByLabelText("free bits"));
  type("λ, nats per latent dimension", "0.1");
  expect(config()).toMatchObject({
    corruption: "masking",
    corruptionLevel: 0.5,
    conditional: true,
    betaSchedule: "cyclical",
    scheduleSteps: 200,
    klMode: "free-bits",
    freeBits: 0.1,
  });
  type("λ, nats per latent dimension", "11");
  expect(screen.getByText("From 0 to 10.")).toBeTruthy();
  type("Steps of a cycle", "0.5");
  expect(screen.getByText("A whole number from 1 to 1000000.")).toBeTruthy();
  act(() => stores.draft.getState().edit({ model: "ae" }));
  expect(screen.queryByRole("radiogroup", { name: "β over the run" })).toBeNull();
  type("A mistake to watch", "code-mean");
  expect(config().mistake).toBe("code-mean");
  expect(screen.getByRole("radiogroup", { name: "β over the run" })).toBeTruthy();
});

test("a GAN's options are the rules of the game", () => {
  begin({ ...GAN_DEFAULTS, encoder: [...GAN_DEFAULTS.encoder], decoder: [...GAN_DEFAULTS.decoder] });
  show(
    <>
      <FamilyOptions />
      <MoreOptions />
    </>,
  );
  expect(screen.queryByLabelText("Spoil what the encoder sees")).toBeNull();
  expect(screen.queryByRole("radiogroup", { name: "Heads of the encoder" })).toBeNull();
  type("Updates of D for each of G", "3");
  type("D’s learning rate, in units of G’s", "2");
  type("Label smoothing of real images", "0.1");
  type("Instance noise, standard deviation", "0.05");
  type("Adam’s β₁, decay of the running mean of gradients", "0");
  fireEvent.click(screen.getByLabelText("hinge"));
  expect(config()).toMatchObject({
    discriminatorSteps: 3,
    discriminatorRate: 2,
    labelSmoothing: 0.1,
    instanceNoise: 0.05,
    adamBeta1: 0,
    ganLoss: "hinge",
  });
  expect(screen.queryByLabelText("Label smoothing of real images")).toBeNull();
});

test("what is in force stands in the card in words, in both languages; the plain VAE needs none", async () => {
  begin({ corruption: "masking", conditional: true, headActivation: "relu", adamBeta1: 0.5 });
  const { container } = show(<ObjectiveCard />);
  expect(screen.getByText("denoising: masking 30 % · told the label · mistake: relu heads · β₁ 0.5")).toBeTruthy();
  await act(() => setLanguage("zh"));
  expect(screen.getByText("去噪：遮盖 30 % · 已告知标签 · 错误：relu 输出头 · β₁ 0.5")).toBeTruthy();
  await act(() => setLanguage("en"));
  act(() => stores.draft.getState().load(DEFAULT_CONFIG));
  expect(container.textContent).not.toMatch(/denoising|β₁/);
});

test("family options open by keyboard", async () => {
  vi.useRealTimers();
  begin({});
  show(<ObjectiveCard />);
  screen.getByRole("button", { name: "Family options" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("dialog", { name: "Family options" })).toBeTruthy();
  expect(await screen.findByLabelText("Spoil what the encoder sees")).toBeTruthy();
});

test("how good the model is, is one view away", async () => {
  begin({});
  show(<LossCard />);
  fireEvent.click(screen.getByLabelText("Figures"));
  await act(async () => {
    await vi.advanceTimersByTimeAsync(50);
  });
  expect(screen.queryByRole("figure", { name: "Loss curves" })).toBeNull();
  fireEvent.click(screen.getByLabelText("Curves"));
  expect(await screen.findByRole("figure", { name: "Loss curves" })).toBeTruthy();
});
