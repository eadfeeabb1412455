"""The overview of a corpus: charts of its tables, each from a function that gives data and one that draws them.

A chart in a notebook: ``chart_of_indicators(indicators(snapshot))``, with ``snapshot = Path("outputs/current")``.
"""

from pipeline.review.overview.checks import chart_of_checks, checks
from pipeline.review.overview.comparable import comparable
from pipeline.review.overview.confidence import chart_of_confidence, confidence
from pipeline.review.overview.coverage import chart_of_coverage, coverage
from pipeline.review.overview.domains import chart_of_domains, domains
from pipeline.review.overview.indicators import chart_of_indicators, indicators
from pipeline.review.overview.look import use_look
from pipeline.review.overview.page import write_overview
from pipeline.review.overview.provinces import chart_of_provinces, provinces
from pipeline.review.overview.ranking import chart_of_ranking, ranking
from pipeline.review.overview.series import chart_of_series, series

__all__ = [
    "chart_of_checks",
    "chart_of_confidence",
    "chart_of_coverage",
    "chart_of_domains",
    "chart_of_indicators",
    "chart_of_provinces",
    "chart_of_ranking",
    "chart_of_series",
    "checks",
    "comparable",
    "confidence",
    "coverage",
    "domains",
    "indicators",
    "provinces",
    "ranking",
    "series",
    "use_look",
    "write_overview",
]
