"""Keep the list of whom an award item honours: one act of the editor, to be undone like any."""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import honour_queries
from congress_app.programme.act_services import act
from congress_app.programme.conflict_queries import check_version, title_of
from congress_app.programme.honours import Honour, facts_of, honours_of
from congress_app.programme.models import Item

NOT_AN_AWARD = N_("Chỉ nội dung loại Khen thưởng mới có danh sách tôn vinh.")
TWICE = N_("“{name}” có hai lần trong danh sách tôn vinh. Hãy bỏ một lần.")
NOT_SELECTED = N_(
    "Chỉ tôn vinh điển hình của hội nghị đã được hội đồng chọn. Chưa được chọn: {names}."
)


def set_honours(
    congress: Congress, item: Item, honours: Sequence[Honour], version: int, *, actor: Actor
) -> None:
    """Replace the list of an award item opened at `version`.

    Who stands on the list already may stay when the council took its choice back: that is
    for people to decide. Raises Stale with both lists; RuleViolation `not_an_award`,
    `honoured_twice`, `not_selected`.
    """
    with act(congress, "programme.honours", title_of(item), actor=actor):
        facts = facts_of(honours)
        if item.kind != "award":
            raise RuleViolation("not_an_award", Sentence(NOT_AN_AWARD))
        check_version(item, version, facts)
        _check(congress, item, honours)
        before = honour_queries.lines_for(honours_of(item.honours))
        item.honours = facts.honours
        after = honour_queries.lines_for(honours)
        told = {"honoured": ["; ".join(line.spoken for line in part) for part in (before, after)]}
        if before != after:
            record("programme.honours", item, told, actor=actor, unit_path=congress.unit.path)


def _check(congress: Congress, item: Item, honours: Sequence[Honour]) -> None:
    wanted = [each.exemplar_id for each in honours]
    lines = honour_queries.lines_for(honours)
    for line in lines:
        if wanted.count(line.exemplar_id) > 1:
            raise RuleViolation("honoured_twice", Sentence(TWICE, name=line.name))
    standing = {each.exemplar_id for each in honours_of(item.honours)}
    allowed = {row.id for row in honour_queries.candidates_among(congress, wanted)} | standing
    others = [line.name for line in lines if line.exemplar_id not in allowed]
    if others or len(lines) < len(wanted):
        raise RuleViolation("not_selected", Sentence(NOT_SELECTED, names=", ".join(others) or "–"))
