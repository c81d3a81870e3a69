"""How far a result can be trusted: placebo dates, other specifications, power, and error rates in simulated worlds."""
