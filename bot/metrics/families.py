"""A metric's children by their label, each found by one look into a dictionary."""

from typing import Generic, TypeVar

from prometheus_client import Counter, Histogram

_Metric = TypeVar("_Metric", Counter, Histogram)


class ByLabel(dict[str, _Metric], Generic[_Metric]):
    """The children of a metric with one label; `labels` itself takes longer than counting."""

    def __init__(self, metric: _Metric) -> None:
        super().__init__()
        self._metric: _Metric = metric

    def __missing__(self, value: str) -> _Metric:
        child: _Metric = self._metric.labels(value)
        self[value] = child
        return child
