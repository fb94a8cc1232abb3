"""What Prometheus is told: counts and times, with labels of few values, and nothing that anybody wrote or is called."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.errors import PlanvaktError
from storage.figures import Connections, Figures

log = logging.getLogger("planvakt.metrics")

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REGISTRY = CollectorRegistry()
QUESTIONS = Counter("planvakt_questions", "Messages the core has answered", ("intent", "outcome"), registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "planvakt_answer_seconds", "How long the core takes to answer", buckets=SECONDS, registry=REGISTRY
)
DELIVERIES = Counter(
    "planvakt_deliveries", "What Slack delivered and was worked on", ("kind", "outcome"), registry=REGISTRY
)
DELIVERY_SECONDS = Histogram(
    "planvakt_delivery_seconds",
    "From receiving a delivery until its answer stands in Slack",
    buckets=(*SECONDS, 60, 300, 1800),
    registry=REGISTRY,
)
SLACK_CALLS = Counter(
    "planvakt_slack_calls", "Calls to Slack, each attempt by itself", ("method", "outcome"), registry=REGISTRY
)
SLACK_SECONDS = Histogram(
    "planvakt_slack_call_seconds", "How long Slack takes to answer", ("method",), buckets=SECONDS, registry=REGISTRY
)
ProcessCollector(registry=REGISTRY)


class Figured(Protocol):
    """Where what all replicas share is asked for; satisfied by storage.database.Database."""

    def figures(self, now: datetime) -> Figures:
        """Raises DatabaseTrouble."""

    @property
    def connections(self) -> Connections:
        """This process's alone."""


class Shared(Collector):
    """Asks the database at each scrape, so that every replica tells the same of what they share."""

    def __init__(self, database: Figured, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def collect(self) -> Iterable[Metric]:
        pool = self._database.connections
        states = {"used": pool.used, "free": pool.free, "most": pool.most}
        yield _gauge("planvakt_database_connections", "This process's connections", states, "state")
        try:
            found = self._database.figures(self._now())
        except PlanvaktError:
            yield GaugeMetricFamily("planvakt_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("planvakt_database_up", "Whether the database answers", 1)
        yield GaugeMetricFamily("planvakt_inbox_waiting", "Deliveries of Slack's that are not done", found.waiting)
        yield GaugeMetricFamily(
            "planvakt_inbox_oldest_seconds", "How long the oldest of those has waited", found.oldest.total_seconds()
        )
        yield GaugeMetricFamily(
            "planvakt_inbox_dead_letters", "Deliveries that were given up, and are kept", found.dead_letters
        )
        late = found.late.total_seconds()
        yield GaugeMetricFamily("planvakt_digests_late_seconds", "How long the latest to come has been due", late)
        yield _gauge("planvakt_digests", "Digests of the last day", found.digests, "state")


def _gauge(name: str, told: str, values: Mapping[str, int], label: str) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, told, labels=(label,))
    for value, number in values.items():
        gauge.add_metric((value,), number)
    return gauge


@contextmanager
def serving_metrics(at: tuple[str, int] | None, database: Figured, now: Callable[[], datetime]) -> Iterator[None]:
    """Serve /metrics from a thread of its own; where the address is taken that is logged, and all else goes on."""
    if at is None:
        yield
        return
    shared = Shared(database, now)
    REGISTRY.register(shared)
    try:
        try:
            server, thread = start_http_server(at[1], at[0], REGISTRY)
        except OSError as error:
            log.error("no metrics: %s:%s cannot be listened on: %s", *at, error.strerror)
            yield
            return
        log.info("metrics on http://%s:%s/metrics", at[0], server.server_port)
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
    finally:
        REGISTRY.unregister(shared)
