from prometheus_client import Histogram

SEARCH_SECONDS = Histogram(
    "laurel_search_seconds",
    "Time a search page takes.",
    buckets=[0.02, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5],
    registry=None,  # each answer makes its own: portal.metrics
)
