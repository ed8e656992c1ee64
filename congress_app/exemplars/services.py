"""Enter exemplars, move them from stage to stage, review them, keep their awards."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from congress_app.audit import wording
from congress_app.audit.sealing import Sensitive
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.exemplars import consents, identity_queries, queries
from congress_app.exemplars.awards import AwardEntry, recognise, same_award
from congress_app.exemplars.facts import ExemplarFacts, Kind
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import STAGE_LABELS, Standing, stages_from
from congress_app.exemplars.models import Award, Exemplar, ExemplarStep
from congress_app.exemplars.publishing import Purpose
from congress_app.exemplars.rules import must_nominate
from congress_app.exemplars.storing import write_facts
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit

# Columns that only follow others; in the log they would repeat them.
_DERIVED = {"search_key", "sort_key", "version"} | {
    f"{purpose}_consent_{part}" for purpose in Purpose for part in ("at", "by")
}
# Sensitive: the log seals the values.
_HIDDEN = {"is_minority"}


def create(facts: ExemplarFacts, *, actor: Actor) -> Exemplar:
    """Enter an exemplar of a unit within the actor's reach, at the stage "detected".

    Raises Forbidden for a unit out of reach, RuleViolation `unknown_unit`,
    `duplicate_exemplar` (same kind, name and unit) and `not_a_collective`.
    """
    with transaction() as session:
        unit = _unit(session, facts.unit_id)
        must_nominate(actor, unit.path)
        _must_be_one(facts, None)
        row = Exemplar(created_at=clock.now(), created_by=actor.name)
        write_facts(row, facts)
        session.add(row)
        session.flush()
        told = {k: v for k, v in _shown(row).items() if v not in (None, {}, False)}
        record("exemplar.create", row, told, actor=actor, unit_path=unit.path)
    return row


def edit(
    row: Exemplar, facts: ExemplarFacts, *, version: int, actor: Actor, tells_minority: bool = False
) -> Exemplar:
    """Change what is known of an exemplar.

    `tells_minority`: the sensitive fact was answered. What comes back would tell whether it is
    the stored one, so that is recorded and raises the version, changed or not.

    RuleViolation where it would become another person or collective: `voted_on` once the
    council has looked at it, `asked_about` while a request about the data waits or is in force.
    Another inherits no consent to publish. Whoever asked for a correction stays the same one.
    Raises Stale when saved since `version`, else as `create`.
    """
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        if row.version != version:
            raise Stale(wording.stored(_shown(row)), version=row.version)
        target = _unit(session, facts.unit_id)
        must_nominate(actor, target.path)
        _must_be_one(facts, row.id)
        before, led = row.unit.name, _led(row.leads_id)
        is_another = _becomes_another(row, facts)
        write_facts(row, facts)
        if is_another:
            consents.end(row)
        changes = {k: v for k, v in changed(row).items() if k not in _DERIVED}
        if changes.pop("unit_id", None):
            changes["unit"] = [before, target.name]
        if changes.pop("leads_id", None):
            changes["leads"] = [led, _led(row.leads_id)]
        if tells_minority:
            _note_comparing(row, actor)
        for name in _HIDDEN:
            if isinstance(both := changes.get(name), list):
                changes[name] = Sensitive(*both)
        if changes:
            record("exemplar.edit", row, changes, actor=actor, unit_path=row.unit.path)
    return row


def _note_comparing(row: Exemplar, actor: Actor) -> None:
    flag_modified(row, "is_minority")
    told = {"compared": True}
    record("exemplar.read_sensitive", row, told, actor=actor, unit_path=row.unit.path)


def note_reading(row: Exemplar, *, actor: Actor) -> None:
    """Remember that the actor saw what is sensitive about the exemplar."""
    with transaction():
        record("exemplar.read_sensitive", row, {}, actor=actor, unit_path=row.unit.path)


def move_stage(row: Exemplar, stage: str, note: str | None, *, actor: Actor) -> None:
    """One step forward or back. Raises RuleViolation `wrong_stage`."""
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        if stage not in stages_from(row.stage):
            raise RuleViolation(
                "wrong_stage",
                Sentence(
                    N_("Điển hình đang ở khâu “{stage}”: mỗi lần chỉ chuyển một khâu."),
                    stage=Sentence(STAGE_LABELS[row.stage]),
                ),
            )
        session.add(
            ExemplarStep(
                exemplar_id=row.id,
                from_stage=row.stage,
                to_stage=stage,
                note=note,
                at=clock.now(),
                by=actor.name,
            )
        )
        told = {"stage": [row.stage, stage], "note": note}
        row.stage, row.reviewed_at, row.reviewed_by = stage, clock.now(), actor.name
        record("exemplar.stage", row, told, actor=actor, unit_path=row.unit.path)


def add_award(row: Exemplar, entry: AwardEntry, *, actor: Actor) -> Award:
    """Record an award. Raises RuleViolation `duplicate_award` for the same decision again."""
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        award = _award(entry)
        (told,) = queries.award_facts([award])
        for known in queries.award_facts(row.awards):
            if same_award(known, told):
                raise RuleViolation(
                    "duplicate_award",
                    Sentence(N_("“{award}” theo quyết định này đã được ghi."), award=entry.name),
                )
        row.awards.append(award)
        session.flush()
        facts = {
            "award": entry.name,
            "decision_number": entry.number,
            "decided": queries.award_date(award),
            "signatory": entry.signatory,
        }
        record("exemplar.award", row, facts, actor=actor, unit_path=row.unit.path)
    return award


def remove_award(row: Exemplar, award_id: int, *, actor: Actor) -> None:
    """Take an award off the record; the log keeps it. Raises NotFound."""
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        award = next((one for one in row.awards if one.id == award_id), None)
        if award is None:
            raise NotFound()
        told = {
            "award": award.name,
            "decision_number": award.decision_number,
            "decided": queries.award_date(award),
            "signatory": award.signatory,
        }
        session.delete(award)
        record("exemplar.award_remove", row, told, actor=actor, unit_path=row.unit.path)


def mark_reviewed(row: Exemplar, note: str | None, *, actor: Actor) -> None:
    """Somebody has looked at the exemplar this quarter and nothing had to change."""
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        told: dict[str, object] = {"reviewed_at": [row.reviewed_at, clock.now()]}
        told |= {"note": note} if note else {}
        row.reviewed_at, row.reviewed_by = clock.now(), actor.name
        record("exemplar.review", row, told, actor=actor, unit_path=row.unit.path)


def _unit(session: Session, unit_id: int) -> Unit:
    # Of two who enter the same person at once the second waits and is told of the first.
    held = {"key_share": True, "of": Unit}
    unit = session.get(Unit, unit_id, with_for_update=held, populate_existing=True)
    if unit is None or not unit.is_active:
        raise RuleViolation(
            "unknown_unit", Sentence(N_("Không có đơn vị này. Hãy chọn trong danh sách."))
        )
    return unit


def _becomes_another(row: Exemplar, facts: ExemplarFacts) -> bool:
    """Will it tell of somebody else? It may while nothing rests on whom it tells of.

    Where something does, no year of birth is taken away either: it could come back as another.
    """
    before = queries.facts_of(row)
    is_same, loses_year = facts.is_same_one(before), bool(before.birth and not facts.birth)
    if (is_same and not loses_year) or identity_queries.is_corrected(row):
        return False
    _must_not_be_voted_on(row)
    reason = identity_queries.why_the_same(row)
    if reason is not None:
        raise RuleViolation("asked_about", reason)
    return not is_same


def _must_not_be_voted_on(row: Exemplar) -> None:
    if any(one.standing != Standing.NOMINATED for one in row.nominations):
        raise RuleViolation(
            "voted_on",
            Sentence(
                N_(
                    "Hội đồng đã thẩm định hoặc bình chọn “{name}”: chỉ sửa được dấu và chữ hoa "
                    "của tên, không đổi thành người hoặc tập thể khác, không đổi năm sinh. Nếu ghi "
                    "nhầm, hãy đề nghị hội đồng đưa về “Được đề cử” rồi sửa; nếu là người khác, "
                    "hãy lập bản ghi mới."
                ),
                name=row.name,
            ),
        )


def _must_be_one(facts: ExemplarFacts, own_id: int | None) -> None:
    twin = queries.twin_of(facts, own_id)
    if twin is not None:
        raise RuleViolation(
            "duplicate_exemplar",
            Sentence(
                N_("“{name}” đã có trong danh sách điển hình của đơn vị này. Hãy sửa bản ghi đó."),
                name=twin.name,
            ),
        )
    if facts.kind is Kind.INDIVIDUAL and facts.leads_id is not None:
        led = queries.exemplar_by_id(facts.leads_id)
        if led is None or led.kind != Kind.COLLECTIVE:
            raise RuleViolation(
                "not_a_collective",
                Sentence(N_("Tập thể do người này lãnh đạo không có trong danh sách điển hình.")),
            )


def _award(entry: AwardEntry) -> Award:
    kind = recognise(entry.name, queries.award_kinds())
    day = entry.decided
    return Award(
        kind=kind.code if kind else None,
        name=entry.name,
        decision_number=entry.number,
        decision_year=day.year if day else None,
        decision_month=day.month if day else None,
        decision_day=day.day if day else None,
        signatory=entry.signatory,
    )


def _shown(row: Exemplar) -> dict[str, object]:
    columns = queries.facts_of(row).columns()
    told = {name: value for name, value in columns.items() if name not in _HIDDEN}
    del told["unit_id"], told["leads_id"]
    return told | {
        "unit": row.unit.name,
        "field": WORK_FIELDS.get(row.field or "", row.field),
        "leads": _led(row.leads_id),
    }


def _led(exemplar_id: int | None) -> str | None:
    """The collective somebody leads, as the log calls it."""
    led = queries.exemplar_by_id(exemplar_id) if exemplar_id else None
    return led.name if led else None
