# Reference fits of R's stats::StructTS: local level, whole and with gaps.
# Run: Rscript tests/reference/structural/generate.R > tests/reference/structural/reference.json
# Data: Nile (annual flow; the gaps are those of Durbin & Koopman 2012, 2.7), shipped with R.

number <- function(x) {
  text <- paste(ifelse(is.na(x), "null", sprintf("%.12g", x)), collapse = ", ")
  if (length(x) == 1) text else paste0("[", text, "]")
}

entry <- function(name, y, ahead) {
  fit <- StructTS(y, type = "level", optim.control = list(factr = 10, maxit = 1000))
  forecast <- predict(fit, n.ahead = ahead)
  fields <- c(
    sprintf('"y": %s', number(y)),
    sprintf('"component": [%s]', paste0('"', names(fit$coef), '"', collapse = ", ")),
    sprintf('"variance": %s', number(fit$coef)),
    sprintf('"forecast": %s', number(forecast$pred)), sprintf('"forecast_std_error": %s', number(forecast$se)))
  sprintf('"%s": {\n  %s\n}', name, paste(fields, collapse = ",\n  "))
}

nile_gap <- Nile
nile_gap[c(21:40, 61:80)] <- NA

cat("{\n", sprintf('"made_by": "%s, stats::StructTS",\n', R.version.string),
    entry("nile", Nile, 5), ",\n",
    entry("nile_with_gaps", nile_gap, 5), "\n}\n", sep = "")
