/** A GAN at play, and data that are points. */
export const adversary = {
  title: "The game",
  waiting: "Scores appear with the first snapshot of the model.",
  scores: "Discriminator's scores",
  scoreAxis: "probability of being real",
  real: "Real",
  generated: "Generated",
  realMean: "real, mean {{mean}}",
  fakeMean: "generated, mean {{mean}}",
  scoresSummary:
    "The discriminator gives {{real}} real held-out images a mean probability of {{realMean}} of being real, and {{fake}} generated ones {{fakeMean}}. At one half it cannot tell.",
  scoresTable: "How many images are scored how",
  coverage: "Classes among the generated images",
  covered: "{{covered}} of {{classes}} classes covered",
  coveredOf: "≥ {{least}} of {{draws}} draws each",
  classCount: "{{name}}: {{number}}",
  classifier: "Classes are a small classifier's, right on {{accuracy}} of the held-out images.",
} as const;
