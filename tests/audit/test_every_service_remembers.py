"""Every public service of every chapter writes an entry, or stands here with its reason."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from tests.architecture.shape import top_functions
from tests.architecture.sources import DOING, Source, called_name, package_sources

RECORDING = frozenset({"record", "record_many", "record_rows", "erase"})
SOURCES = {source.module: source for source in package_sources() if source.floor == DOING}

# Chapters and files whose services write no entry of their own: why.
QUIET_FILES = {
    "congress_app.audit.services": "is the log",
    "congress_app.operations": "watches the machine; what it changes is told by its commands",
    "congress_app.demo": "made up, under one entry demo.load",
    "congress_app.checkin.services": "scans are their own append-only log",
    "congress_app.scanners.feed_services": "derived rows, the same for whoever asks",
}

PROGRESS = "progress of work that writes its own entries"
INNER = "part of another service that writes the entry"
COUNTED = "counts attempts; the refusal itself is recorded by who signs in"
SIGN_IN = "part of signing in or out, which is recorded as a whole"
SCANNED = "a scan: its own append-only log"
READS = "locks or reads a row for another service"
TYPED = "what somebody typed and has not sent yet; sending it is recorded"
DRAWN = "a file of what stands there; the sheets themselves were recorded when made"
ADDED_UP = "sums of what another service wrote and recorded"
QUIET = {
    "accounts.attempt_services.forget_codes": COUNTED,
    "accounts.attempt_services.forget_own": COUNTED,
    "accounts.attempt_services.forgive": COUNTED,
    "accounts.attempt_services.note_failure": COUNTED,
    "accounts.attempt_services.spare": COUNTED,
    "accounts.factor_services.begin": SIGN_IN,
    "accounts.factor_services.prove": SIGN_IN,
    "accounts.session_services.begin": SIGN_IN,
    "accounts.session_services.end_everybodys": INNER,
    "accounts.session_services.end_rested": "a session that rested too long; nobody acted",
    "accounts.session_services.end_sessions": INNER,
    "accounts.session_services.forget_old": "addresses of sessions of long ago, by their date",
    "accounts.session_services.note_use": "when a session was last used, every few minutes",
    "accounts.typed_services.forget": TYPED,
    "accounts.typed_services.keep": TYPED,
    "badges.services.take": READS,
    "checkin.desk_services.admit_by_hand": SCANNED,
    "checkin.paper_print_services.draw_sheets": DRAWN,
    "congresses.rulebook_services.stored": READS,
    "congresses.services.link": INNER,
    "congresses.services.pulse": "a counter of live pages",
    "delegates.identity_services.allowed": READS,
    "audit.sealed_services.reseal_part": INNER,
    "delegates.place_services.allowed": READS,
    "delegates.place_services.drop_heads": INNER,
    "delegates.place_services.granted": READS,
    "delegates.place_services.raise_elsewhere": INNER,
    "delegates.place_services.room_for": READS,
    "delegates.place_services.take": INNER,
    "delegates.place_services.taken": READS,
    "documents.merge_services.forget_files": "zips of a week ago, by their date",
    "dossiers.forgetting_services.clear": INNER,
    "dossiers.forgetting_services.clear_exemplar": INNER,
    "elections.setup_services.seats_to_fill": READS,
    "elections.taking_services.taken": READS,
    "elections.taking_services.taken_before_the_vote": READS,
    "elections.taking_services.taken_round": READS,
    "elections.taking_services.touch": INNER,
    "jobs.retention_services.forget_old": PROGRESS,
    "jobs.running_services.finish": PROGRESS,
    "jobs.running_services.in_thread": PROGRESS,
    "jobs.running_services.must_go_on": PROGRESS,
    "jobs.running_services.run": PROGRESS,
    "jobs.running_services.take_up_left": PROGRESS,
    "jobs.services.begin": PROGRESS,
    "jobs.services.begin_with_sheet": PROGRESS,
    "jobs.services.repeat": PROGRESS,
    "jobs.services.take_file": PROGRESS,
    "jobs.upload_services.finish_without": PROGRESS,
    "jobs.upload_services.forget": PROGRESS,
    "jobs.upload_services.keep": PROGRESS,
    "jobs.upload_services.replace": PROGRESS,
    "programme.act_services.lock": READS,
    "programme.act_services.put": INNER,
    "programme.exemplar_services.check_exemplar": READS,
    "programme.selection_services.answer_run": "the answer of a computation that was recorded",
    "programme.speech_services.check_may_change": READS,
    "scanners.services.accept": SCANNED,
    "scanners.services.accept_all": SCANNED,
    "scanners.services.heard": "when a device was last heard, every few seconds",
    "scanners.supervisor_services.admit_by_hand": SCANNED,
    "seating.plan_services.draw_plan": DRAWN,
    "units.sum_services.follow": ADDED_UP,
    "units.sum_services.rebuild": ADDED_UP,
    "units.word_index_services.make_word_index": "an index of what is there",
}


def targets(source: Source) -> dict[str, str]:
    """What the names imported into the file stand for."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def where(called: str, source: Source, known: Mapping[str, str]) -> tuple[str, str]:
    """The module and the function that a name used in the source stands for."""
    head, _, tail = called.partition(".")
    if not tail and head in top_functions(source):
        return source.module, head
    whole = known.get(head, "")
    module, _, function = (whole, "", tail) if tail else whole.rpartition(".")
    return module, function


def remembers(source: Source, name: str, seen: set[tuple[str, str]]) -> bool:
    """Does the function write an entry, itself or through a service it calls?"""
    seen.add((source.module, name))
    known = targets(source)
    for node in ast.walk(top_functions(source)[name]):
        if not isinstance(node, ast.Call | ast.Attribute | ast.Name):
            continue
        called = called_name(node)
        if called.rpartition(".")[2] in RECORDING:
            return True
        module, function = where(called, source, known)
        other = SOURCES.get(module)
        if (
            other is not None
            and function in top_functions(other)
            and (module, function) not in seen
            and remembers(other, function, seen)
        ):
            return True
    return False


def forgetful() -> set[str]:
    """Public services that write no entry on any way."""
    return {
        f"{source.module}.{name}".removeprefix("congress_app.")
        for source in SOURCES.values()
        if not any(source.module.startswith(quiet) for quiet in QUIET_FILES)
        for name in top_functions(source)
        if not name.startswith("_") and not remembers(source, name, set())
    }


def test_every_service_remembers_or_has_its_reason() -> None:
    assert forgetful() == set(QUIET)


def test_a_service_that_forgets_is_found(monkeypatch) -> None:
    """The control: without the calls of `record` every one of them would be on the list."""
    monkeypatch.setattr("tests.audit.test_every_service_remembers.RECORDING", frozenset())
    assert {"units.services.create", "documents.services.issue"} <= forgetful()
