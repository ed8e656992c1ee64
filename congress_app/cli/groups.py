"""Which commands there are."""

from __future__ import annotations

from flask import Flask

from congress_app.cli import (
    accounts,
    audit,
    backup,
    badges,
    congresses,
    delegates,
    demo,
    devices,
    documents,
    dossiers,
    elections,
    exemplars,
    key,
    quota,
    scans,
    speeches,
    units,
)


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    for group in (
        accounts.group,
        audit.group,
        badges.group,
        congresses.group,
        delegates.group,
        demo.group,
        devices.group,
        documents.group,
        dossiers.group,
        elections.group,
        exemplars.group,
        key.group,
        quota.group,
        scans.group,
        speeches.group,
        units.group,
        backup.backup,
        backup.restore,
    ):
        app.cli.add_command(group)
