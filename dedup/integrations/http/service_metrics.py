"""Numbers of the service and its index, for Prometheus."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from dedup.integrations.http.service_log import logger
from dedup.model.errors import QUOTED, DedupError
from dedup.prefilter import Answer, PreFilter

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0)


class ServiceMetrics:
    """Counters of one service."""

    def __init__(self, prefilter: PreFilter) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_IndexSize(prefilter))
        self._answers = Counter(
            "dedup_answers", "Stories that were checked, by verdict", ["verdict"], registry=self._registry
        )
        self._stored = Counter("dedup_stored", "Stories that were stored", registry=self._registry)
        self._errors = Counter(
            "dedup_errors", "Requests that failed, by status", ["status"], registry=self._registry
        )
        self.seconds = Histogram(
            "dedup_request_seconds",
            "Seconds of a request to the index",
            ["what"],
            registry=self._registry,
            buckets=_SECONDS,
        )

    def count(self, answer: Answer) -> None:
        """Count an answer."""
        self._answers.labels(str(answer.verdict or "new")).inc()
        if answer.stored:
            self._stored.inc()

    def failed(self, route: str, status: int, detail: str) -> None:
        """Count a request that failed, and log it."""
        self._errors.labels(str(status)).inc()
        logger.warning("request failed", {"route": route[:QUOTED], "status": status, "detail": detail})

    def text(self) -> bytes:
        """All numbers in the format of Prometheus."""
        return generate_latest(self._registry)


class _IndexSize(Collector):
    """Reads the index when it is asked; nothing while the index cannot be read."""

    def __init__(self, prefilter: PreFilter) -> None:
        self._prefilter = prefilter

    def describe(self) -> Iterator[Metric]:
        """No names in advance, so that registering it reads nothing."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        try:
            size = self._prefilter.size()
        except DedupError:
            return
        yield GaugeMetricFamily("dedup_index_stories", "Stories in the index", value=size.stories)
        yield GaugeMetricFamily("dedup_index_held", "Stories on hold", value=size.held)
        yield GaugeMetricFamily("dedup_index_bytes", "Size of the index", value=size.bytes)
