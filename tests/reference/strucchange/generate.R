# Reference values for tests/breaks from R's strucchange and sandwich. Run in this folder: Rscript generate.R
# Writes series.csv (the data of each case), values.csv (case, quantity, key, value) and session.txt (versions).
suppressPackageStartupMessages({library(strucchange); library(sandwich)})

values <- data.frame()
keep <- function(case, quantity, key, value) {
  values <<- rbind(values, data.frame(case = case, quantity = quantity, key = as.character(key),
                                      value = sprintf("%.15g", as.numeric(value))))
}
series <- data.frame()
keep_series <- function(case, column, x) {
  series <<- rbind(series, data.frame(case = case, column = column, t = seq_along(x), value = sprintf("%.15g", x)))
}

newey_west <- function(fm) NeweyWest(fm, lag = 4, prewhite = FALSE, adjust = FALSE)

search <- function(case, formula, data, h, breaks) {
  bp <- breakpoints(formula, data = data, h = h, breaks = breaks)
  full <- summary(bp)
  keep(case, "RSS", colnames(full$RSS), full$RSS["RSS", ])
  keep(case, "BIC", colnames(full$RSS), full$RSS["BIC", ])
  for (m in seq_len(breaks)) {
    at <- breakpoints(bp, breaks = m)$breakpoints
    keep(case, paste0("breaks", m), seq_along(at), at)
    options <- list(het_het = list(TRUE, TRUE), hom_het = list(FALSE, TRUE), het_hom = list(TRUE, FALSE),
                    hom_hom = list(FALSE, FALSE))
    for (name in names(options)) {
      o <- options[[name]]
      ci <- suppressWarnings(confint(bp, breaks = m, het.reg = o[[1]], het.err = o[[2]])$confint)
      keep(case, paste0("confint", m, "_", name), c(paste0("low", seq_len(m)), paste0("high", seq_len(m))),
           c(ci[, 1], ci[, 3]))
      ci <- suppressWarnings(confint(bp, breaks = m, het.reg = o[[1]], het.err = o[[2]], vcov. = newey_west)$confint)
      keep(case, paste0("confint", m, "_", name, "_newey_west"),
           c(paste0("low", seq_len(m)), paste0("high", seq_len(m))), c(ci[, 1], ci[, 3]))
    }
  }
}

tests <- function(case, formula, data, from) {
  fs <- Fstats(formula, data = data, from = from)
  keep(case, "F", fs$breakpoint, max(fs$Fstats))
  keep(case, "F_process", seq_along(fs$Fstats), fs$Fstats)
  for (type in c("supF", "aveF", "expF")) {
    test <- sctest(fs, type = type)
    keep(case, type, c("statistic", "p"), c(test$statistic, test$p.value))
  }
  for (type in c("OLS-CUSUM", "Rec-CUSUM")) {
    test <- sctest(efp(formula, data = data, type = type))
    keep(case, type, c("statistic", "p"), c(test$statistic, test$p.value))
  }
}

data("Nile"); data("RealInt"); data("UKDriverDeaths")
nile <- data.frame(y = as.numeric(Nile))
real <- data.frame(y = as.numeric(RealInt))
deaths <- log10(as.numeric(UKDriverDeaths)); n <- length(deaths)
deaths <- data.frame(y = deaths[13:n], lag1 = deaths[12:(n - 1)], lag12 = deaths[1:(n - 12)])
set.seed(2003)
t <- 1:252
trend <- data.frame(y = 50 + 0.1 * t - 25 * (t > 90) + ifelse(t > 170, 0.4 * (t - 170), 0) + 6 * rnorm(252), t = t)

cases <- list(
  list("nile", y ~ 1, nile, 0.15, 5), list("real_interest", y ~ 1, real, 0.15, 5),
  list("driver_deaths", y ~ lag1 + lag12, deaths, 0.1, 3), list("trend", y ~ t, trend, 0.15, 5))
for (one in cases) {
  for (column in colnames(one[[3]])) keep_series(one[[1]], column, one[[3]][[column]])
  search(one[[1]], one[[2]], one[[3]], one[[4]], one[[5]])
  tests(one[[1]], one[[2]], one[[3]], 0.15)
}

# Hansen's approximate p-values on a grid: functional/q/trim, by statistic.
for (q in c(1, 2, 3, 5)) for (trim in c(0.05, 0.15, 0.25)) for (type in c("supF", "aveF", "expF")) {
  at <- switch(type, supF = q + c(4, 6, 8, 10, 13, 16), aveF = q * c(0.8, 1.2, 1.6, 2, 2.6, 3.2),
               expF = q / 2 + c(0.4, 0.8, 1.4, 2, 3, 4))
  lambda <- ((1 - trim) / trim)^2
  p <- sapply(at, function(x) strucchange:::pvalue.Fstats(x, type, q, lambda))
  keep("hansen", paste(type, q, trim, sep = "/"), at, p)
}

write.csv(series, "series.csv", row.names = FALSE, quote = FALSE)
write.csv(values, "values.csv", row.names = FALSE, quote = FALSE)
writeLines(c(R.version.string, paste("strucchange", packageVersion("strucchange")),
             paste("sandwich", packageVersion("sandwich"))), "session.txt")
