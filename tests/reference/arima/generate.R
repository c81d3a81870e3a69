# Reference fits of R's stats::arima: regression with ARIMA errors, whole and with missing months.
# Run: Rscript tests/reference/arima/generate.R > tests/reference/arima/reference.json
# Data: Seatbelts (British drivers killed or seriously injured, Harvey & Durbin 1986) and LakeHuron, both shipped with R.

number <- function(x) {
  text <- paste(ifelse(is.na(x), "null", sprintf("%.12g", x)), collapse = ", ")
  if (length(x) == 1) text else paste0("[", text, "]")
}

entry <- function(name, y, order, seasonal, xreg, ahead) {
  fit <- arima(y, order = order, seasonal = list(order = seasonal[1:3], period = seasonal[4]), xreg = xreg,
               include.mean = FALSE, method = "ML", optim.control = list(reltol = 1e-14, maxit = 1000))
  forecast <- predict(fit, n.ahead = nrow(ahead), newxreg = ahead)
  box <- Box.test(residuals(fit), lag = 12, type = "Ljung-Box")
  fields <- c(
    sprintf('"order": %s', number(order)), sprintf('"seasonal": %s', number(seasonal)), sprintf('"y": %s', number(y)),
    sprintf('"X": [%s]', paste(apply(xreg, 1, number), collapse = ", ")),
    sprintf('"X_ahead": [%s]', paste(apply(ahead, 1, number), collapse = ", ")),
    sprintf('"coef": %s', number(coef(fit))), sprintf('"std_error": %s', number(sqrt(diag(fit$var.coef)))),
    sprintf('"sigma2": %s', number(fit$sigma2)), sprintf('"loglik": %s', number(fit$loglik)),
    sprintf('"aic": %s', number(AIC(fit))), sprintf('"bic": %s', number(BIC(fit))),
    sprintf('"residuals": %s', number(residuals(fit))), sprintf('"ljung_box_12": %s', number(box$statistic)),
    sprintf('"forecast": %s', number(forecast$pred)), sprintf('"forecast_std_error": %s', number(forecast$se)))
  sprintf('"%s": {\n  %s\n}', name, paste(fields, collapse = ",\n  "))
}

log_drivers <- log(as.numeric(Seatbelts[, "drivers"]))
belts <- cbind(law = as.numeric(Seatbelts[, "law"]), petrol = as.numeric(Seatbelts[, "PetrolPrice"]))
next_year <- cbind(law = rep(1, 12), petrol = rep(belts[192, "petrol"], 12))
holed <- log_drivers
holed[c(5, 40, 41, 42, 100, 171, 172)] <- NA
lake <- as.numeric(LakeHuron)
line <- cbind(1, seq_along(lake))
line_ahead <- cbind(1, length(lake) + 1:5)

cat("{\n", sprintf('"made_by": "%s, stats::arima",\n', R.version.string),
    entry("seatbelts", log_drivers, c(1, 0, 1), c(0, 1, 1, 12), belts, next_year), ",\n",
    entry("seatbelts_with_missing_months", holed, c(1, 0, 1), c(0, 1, 1, 12), belts, next_year), ",\n",
    entry("lake_huron", lake, c(2, 0, 0), c(0, 0, 0, 0), line, line_ahead), "\n}\n", sep = "")
