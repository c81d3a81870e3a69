"""From interventions, trend and season to a design matrix over cells of days."""
