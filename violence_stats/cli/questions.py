"""Commands that ask a case: its series, claims, fits, breaks, evidence and report."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

import violence_stats as vs
from violence_stats.cli.printing import DONE, FAILED, LANGUAGES, as_json, show, show_to_quote, tell, tell_when_slow
from violence_stats.cli.words import (
    add_case_command,
    add_jobs_option,
    add_sentence_option,
    add_sentence_options,
    add_series_options,
)
from violence_stats.errors import SelectionError


def add_questions(commands: Any) -> None:
    """Add the commands that only read a case."""
    series = add_case_command(
        commands, "series", _series, "print a series, window by window", "violence-stats series --json"
    )
    add_series_options(series)

    claim = add_case_command(
        commands,
        "claim",
        _claim,
        "check a claimed percentage change against the counts",
        "violence-stats claim --window 2020-H1 --baseline 2019-H1 --claimed=-62.5",
    )
    add_series_options(claim)
    claim.add_argument("--window", help="the window of the claim, such as 2020-H1 (default: the case's first claim)")
    claim.add_argument("--baseline", help="the window it is compared with, such as 2019-H1")
    claim.add_argument("--claimed", metavar="PCT", help="the claimed change in per cent, as printed")
    add_sentence_option(claim)

    _add_fit(commands)
    _add_breaks(commands)
    _add_evidence(commands)
    report = add_case_command(
        commands, "report", _report, "build the PDFs, charts and tables", "violence-stats report --lang es"
    )
    report.add_argument("--to", default="reports", metavar="FOLDER", help="where to write (default: reports)")
    report.add_argument("--lang", choices=LANGUAGES, help="one language only")
    add_jobs_option(report)


def _add_fit(commands: Any) -> None:
    fit = add_case_command(
        commands,
        "fit",
        _fit,
        "fit an interrupted time series",
        "violence-stats fit --span 2016-04 2020-06 --step 2019-06 --pulse 2020-03-21 2020-06-13 --harmonics 1",
    )
    add_series_options(fit)
    fit.add_argument("--span", nargs=2, metavar=("FIRST", "LAST"), help="first and last month to fit, both inclusive")
    fit.add_argument("--step", action="append", default=[], metavar="DATE", help="a change of level from this date on")
    fit.add_argument("--ramp", action="append", default=[], metavar="DATE", help="a change of slope from this date on")
    fit.add_argument("--pulse", action="append", default=[], nargs=2, metavar=("START", "END"), help="a passing change")
    fit.add_argument("--event", metavar="ID", help="an intervention of the case, fitted as its report does")
    fit.add_argument(
        "--harmonics", type=int, help="pairs of sine and cosine for the season (default 0; 1 for the case's own terms)"
    )
    fit.add_argument("--no-trend", action="store_true", help="leave the linear trend out")
    fit.add_argument("--family", default="quasi-poisson", help="quasi-poisson, poisson, negative-binomial or gaussian")
    fit.add_argument("--errors", default="ar1", help="ar1 (the default), newey-west, iid or prais-winsten")
    add_sentence_options(fit)


def _add_breaks(commands: Any) -> None:
    breaks = add_case_command(
        commands,
        "breaks",
        _breaks,
        "find the dates at which the series breaks when nobody has named them",
        "violence-stats breaks --span 2009-01 2025-11 --trim 0.05 --most 8",
    )
    add_series_options(breaks)
    breaks.add_argument("--span", nargs=2, metavar=("FIRST", "LAST"), help="first and last month, both inclusive")
    breaks.add_argument("--method", choices=("bai-perron", "bayes"), default="bai-perron")
    breaks.add_argument("--most", type=int, default=5, metavar="N", help="largest number of breaks (default 5)")
    breaks.add_argument(
        "--trim",
        type=float,
        default=0.15,
        help="shortest regime as a share of the time (default 0.15; a report states its own limits)",
    )
    add_sentence_options(breaks)
    add_jobs_option(breaks)


def _add_evidence(commands: Any) -> None:
    evidence = add_case_command(
        commands,
        "evidence",
        _evidence,
        "weigh what tells a pact from policing in one episode",
        "violence-stats evidence --event 2019-06 --as-of 2020-09-30",
    )
    evidence.add_argument(
        "--event", help="the episode, by the date that names it, such as 2019-06 (default: the contested one)"
    )
    evidence.add_argument("--as-of", metavar="DATE", help="only what was known on this day")
    add_sentence_options(evidence)
    add_jobs_option(evidence)


def _series(options: argparse.Namespace) -> int:
    series = _load_series(options)
    if options.json:
        print(as_json(series.to_dict()))
        return DONE
    print(series.summary(), end="")
    print(series.to_frame().to_string(index=False))
    return DONE


def _claim(options: argparse.Namespace) -> int:
    window, baseline, claimed = _claimed(options)
    claim = vs.check_claim(
        _load_series(options), window=window, baseline=baseline, claimed_pct=claimed, case=options.case
    )
    if options.sentence:
        print(claim.sentence(options.sentence))
    else:
        show(claim, options)
    return DONE if claim.holds else FAILED


def _claimed(options: argparse.Namespace) -> tuple[Any, Any, Any]:
    """Give window, baseline and percentage as typed, or those of the first claim that the case can check."""
    typed = (options.window, options.baseline, options.claimed)
    if all(one is not None for one in typed):
        return typed
    if any(one is not None for one in typed):
        raise SelectionError("--window, --baseline and --claimed: expected all three, or none for the case's own claim")
    case = vs.load_case(options.case)
    own = case.checkable_claim
    if own is None:
        raise SelectionError(
            f"case {case.case_id} has no claim with two windows and a percentage: give --window, --baseline and "
            "--claimed, or add it to claims.toml"
        )
    return own.window, own.baseline, own.claimed_pct


def _fit(options: argparse.Namespace) -> int:
    if not (options.step or options.ramp or options.pulse):
        return _fit_event(options)
    interventions = [
        *(vs.Step(start) for start in options.step),
        *(vs.Ramp(start) for start in options.ramp),
        *(vs.Pulse(start, end) for start, end in options.pulse),
    ]
    harmonics = options.harmonics or 0
    return _show_fit(interventions, harmonics, tuple(options.span) if options.span else None, options)


def _fit_event(options: argparse.Namespace) -> int:
    """Fit what the case names, as its report does: a step, the season, and the lockdown where the fit covers it."""
    settings = vs.load_case(options.case).settings
    event, window = _named_event(settings, options.event)
    spells = [] if settings.lockdown is None else [settings.lockdown]
    pulses = [vs.Pulse(one.window.start, one.window.end, name=one.id) for one in spells if window.contains(one.window)]
    harmonics = 1 if options.harmonics is None else options.harmonics
    span = tuple(options.span) if options.span else window
    return _show_fit([vs.Step(event.date), *pulses], harmonics, span, options)


def _named_event(settings: Any, wanted: str | None) -> tuple[Any, Any]:
    """Choose the intervention of the case that is meant, with the window that it is fitted on."""
    fitted = settings.fitted
    chosen = [one for one in fitted if wanted in (None, one[0].id)]
    if len(chosen) != 1:
        known = ", ".join(intervention.id for intervention, _ in fitted) or "none"
        raise SelectionError(
            f"case {settings.case_id} names these interventions inside a fitting window: {known}; give --event with "
            "one of them, or terms of your own, such as --step 2024-07"
        )
    event, window = chosen[0]
    return event, window


def _show_fit(interventions: list[Any], harmonics: int, span: Any, options: argparse.Namespace) -> int:
    model = vs.InterruptedTimeSeries(
        interventions=interventions,
        trend=None if options.no_trend else "linear",
        harmonics=harmonics,
        family=options.family,
        errors=options.errors,
    )
    fit = model.fit(_load_series(options), window=span)
    show_to_quote(fit, options, partial(fit.sentence, case=options.case))
    return DONE


def _breaks(options: argparse.Namespace) -> int:
    found = vs.find_breaks(
        _load_series(options),
        method=options.method,
        max_breaks=options.most,
        trim=options.trim,
        window=tuple(options.span) if options.span else _own_span(options),
        options=vs.BreakOptions(n_jobs=options.jobs, progress=tell_when_slow()),
    )
    show_to_quote(found, options, partial(found.sentence, case=options.case))
    return DONE


def _own_span(options: argparse.Namespace) -> Any:
    """Give the span that the case draws and searches; None for another series than its own, or on an earlier day."""
    other = (options.publisher, options.definition, options.as_of, options.measure, options.country)
    if any(one is not None for one in other):
        return None
    return vs.load_case(options.case).settings.windows.get("timeline")


def _evidence(options: argparse.Namespace) -> int:
    event = options.event or _own_episode(options)
    evidence = vs.weigh_evidence(
        event, as_of=options.as_of, case=options.case, n_jobs=options.jobs, progress=tell_when_slow()
    )
    show_to_quote(evidence, options, evidence.sentence)
    return DONE


def _own_episode(options: argparse.Namespace) -> str:
    """Give the episode of the case that is meant: the contested one, or the only one."""
    case = vs.load_case(options.case)
    episodes = case.settings.episodes
    contested = [one for one in episodes if one.kind == "contested"] or list(episodes)
    if len(contested) != 1:
        known = ", ".join(one.intervention for one in episodes) or "none; add [[episodes]] to case.toml"
        raise SelectionError(f"case {case.case_id}: expected --event with one of its episodes: {known}")
    return contested[0].id


def _report(options: argparse.Namespace) -> int:
    files = vs.write_report(options.to, lang=options.lang, case=options.case, n_jobs=options.jobs, progress=tell)
    if options.json:
        print(as_json(files.to_dict()))
    else:
        print(files.summary(), end="")
    return DONE


def _load_series(options: argparse.Namespace) -> Any:
    case = vs.load_case(options.case)
    if options.measure or options.country:
        return vs.load_counts(
            options.country or case.country,
            options.measure or case.measure,
            publisher=options.publisher,
            definition=options.definition,
            as_of=options.as_of,
            case=case,
        )
    return vs.load_homicides(case, publisher=options.publisher, definition=options.definition, as_of=options.as_of)
