"""Which figures a monitor gets; names are stable, docs/production.md lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from congress_app.operations.counters import Metric, gauge, requests
from congress_app.operations.standing import Facts

Processes = Mapping[str, Mapping[str, Any]]


def all_metrics(facts: Facts, processes: Processes) -> Iterator[Metric]:
    """Everything, while the database answers."""
    yield gauge("congress_database_up", "1 while the database answers.", 1)
    yield gauge("congress_info", "The program's version.", 1, version=facts.version)
    yield gauge("congress_database_bytes", "Size of the database.", facts.database_bytes)
    yield gauge(
        "congress_migrations_at_head",
        "1 when the tables are those the program expects.",
        float(facts.revision == facts.head),
    )
    yield gauge("congress_disk_free_bytes", "Free on the disk of the data.", facts.disk.free)
    yield gauge("congress_disk_total_bytes", "Size of that disk.", facts.disk.total)
    yield gauge("congress_disk_writable", "1 while it can be written.", float(facts.disk.writable))
    yield gauge("congress_processes", "Serving processes that live.", len(facts.alive))
    yield gauge("congress_scans_per_minute", "Scans of the last minute.", facts.scans_last_minute)
    yield gauge(
        "congress_scans_on_devices", "Scans that devices still hold.", facts.scans_on_devices
    )
    yield gauge("congress_scan_conflicts_open", "Conflicts to settle.", facts.open_conflicts)
    yield gauge("congress_scans_quarantined", "Scans in quarantine.", facts.quarantined)
    yield gauge("congress_jobs_waiting", "Jobs that wait.", facts.jobs_waiting)
    yield gauge("congress_jobs_running", "Jobs that run.", facts.jobs_running)
    yield gauge("congress_jobs_broken", "Jobs of a day that broke.", facts.jobs_broken)
    age = (facts.now - facts.backup.at).total_seconds() if facts.backup else None
    yield gauge("congress_backup_age_seconds", "Since the newest copy.", age)
    unchecked = facts.log_check.age(facts.now)
    yield gauge(
        "congress_log_check_age_seconds",
        "Since the log's chain was computed anew.",
        unchecked.total_seconds() if unchecked is not None else None,
    )
    whole = float(not facts.log_check.fault) if facts.log_check.at else None
    yield gauge("congress_log_whole", "0 when it was not as written then.", whole)
    altered = float(len(facts.log_check.altered)) if facts.log_check.at else None
    yield gauge("congress_papers_altered", "Not as issued when the log was checked.", altered)
    gap = facts.clock_gap.total_seconds() if facts.clock_gap is not None else None
    yield gauge("congress_clock_gap_seconds", "Database's clock less this machine's.", gap)
    yield from requests(processes)


def without_database(own: Processes) -> Iterator[Metric]:
    """What the answering process knows by itself."""
    yield gauge("congress_database_up", "1 while the database answers.", 0)
    yield from requests(own)
