"""A vote carried out through the services, for tests of what comes after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from congress_app.delegates.committees import OpenVote
from congress_app.elections import (
    candidate_services,
    certify_services,
    count_services,
    round_queries,
    round_services,
    rules,
    setup_services,
)
from congress_app.elections.acts import (
    Decision,
    NominatedBy,
    Opening,
    TakingDown,
    TypedHall,
    Wanted,
)
from congress_app.elections.conduct import Nomination, RoundKind
from congress_app.elections.models import Candidate, Election, Round, TieDecision
from congress_app.elections.rules import Form, Rules
from congress_app.elections.sheet import cells
from congress_app.kernel.permissions import Actor, Grant, Role
from tests import builders

CHAIR = Actor("user", 1, "chair", "Trần Thị Chủ tịch", (Grant(Role.ADMIN, "/"),))
FIRST = Actor("user", 2, "first", "Lê Văn Một", (Grant(Role.TELLER, "/"),))
SECOND = Actor("user", 3, "second", "Phạm Thị Hai", (Grant(Role.TELLER, "/"),))
ALL = TypedHall(convened=100, present=100)


def chosen_rules(**changes: object) -> Rules:
    """The preset "valid ballots", which needs the fewest figures; ties by re-vote."""
    first = replace(rules.preset("valid"), tie_rule=rules.preset("convened").tie_rule)
    return replace(first, **changes)  # type: ignore[arg-type]


def a_list(seats: int = 2, names: int = 4, **wanted: object) -> Election:
    """An election whose list is adopted; candidates are born 1980, 1981, …"""
    quorum = wanted.pop("quorum", None)
    book = builders.a_rulebook()
    if quorum:
        rules_of_level = replace(book.level("upper_base"), quorum=Fraction(str(quorum)))
        book = book.with_level("upper_base", rules_of_level)
    congress = builders.an_electing_congress(seats, rules=book)
    election = setup_services.create(congress, actor=CHAIR)
    reserves = {
        key: wanted.pop(key) for key in ("reserve_seats", "reserves_apart") if key in wanted
    }
    setup_services.choose_rules(
        election,
        Wanted(chosen_rules(**wanted), **reserves),  # type: ignore[arg-type]
        version=election.version,
        actor=CHAIR,
    )
    for number in range(names):
        person = builders.a_person(unit=election.congress.unit, birth_year=1980 + number)
        candidate_services.nominate(election, person, NominatedBy(Nomination.UNIT), actor=CHAIR)
    candidate_services.adopt_list(
        election, OpenVote(100, 100), version=election.version, actor=CHAIR
    )
    return election


def ids(election: Election) -> list[int]:
    """The candidates' ids, the oldest first."""
    return [one.id for one in sorted(election.candidates, key=lambda one: one.id)]


def opened(
    election: Election, kind: RoundKind = RoundKind.FIRST, reason: str | None = None
) -> Round:
    """The next round of the kind, a hundred voters in the hall, ready to be counted."""
    reason = reason or ("Bầu tiếp" if election.rounds else None)
    opening = Opening(kind, reason=reason, typed=ALL)
    round_ = round_services.open_round(election, opening, actor=CHAIR)
    if round_.state == "open":
        round_services.start_count(round_, actor=CHAIR)
    return round_


def filled(round_: Round, votes: Mapping[int, int], valid: int | None = None) -> dict[str, int]:
    """A whole sheet with these votes and fitting totals: every ballot keeps as few names as can be.

    `valid` defaults to the highest number of votes, or what the sum asks for.
    """
    vote = round_queries.vote_of(round_)
    if vote.rules.form is not Form.SECRET:
        return {cell.key: 0 for cell in cells(vote)} | {
            f"for.{one}": count for one, count in votes.items()
        }
    total, most = sum(votes.values()), max(votes.values(), default=0)
    count = valid if valid is not None else max(most, -(-total // vote.most_kept))
    sheet = {cell.key: 0 for cell in cells(vote)}
    handed = max(count, min(100, vote.convened + vote.absent_replaced))
    sheet |= {"issued": handed, "collected": handed, "valid": count, "invalid": handed - count}
    sheet |= {f"votes.{one}": number for one, number in votes.items()}
    first_reason = vote.rules.invalid_reasons[0].code
    sheet[f"invalid.{first_reason}"] = handed - count
    return sheet | keeps(total, count, vote.most_kept)


def keeps(total: int, ballots: int, most: int) -> dict[str, int]:
    """How ballots may keep names when all together keep `total`: as even as can be."""
    if ballots == 0:
        return {}
    fewer, more = divmod(total, ballots)
    found = {f"keeps.{fewer}": ballots - more} if fewer else {}
    return found | ({f"keeps.{fewer + 1}": more} if more and fewer < most else {})


def counted(
    election: Election,
    votes: Sequence[int],
    kind: RoundKind = RoundKind.FIRST,
    valid: int | None = None,
) -> Round:
    """A whole round: opened, counted twice alike, closed; votes of those listed, by id."""
    round_ = opened(election, kind)
    sheet = filled(round_, dict(zip(sorted(round_.candidates), votes, strict=True)), valid)
    for teller in (FIRST, SECOND)[: round_queries.sheets_needed(round_)]:
        count_services.save_sheet(round_, sheet, version=0, actor=teller)
    return count_services.close(round_, actor=CHAIR)


def released(round_: Round) -> Round:
    """The round on the hall's screen, by who has just looked at it."""
    return round_services.release(round_, version=round_.version, actor=CHAIR)


def taken_down(round_: Round, reason: str = "Phát nhầm mẫu phiếu", by: Actor = CHAIR) -> Round:
    """The round taken down by the presidium's decision, by who has just looked at it."""
    decided = TakingDown(reason, "Đoàn Chủ tịch", "07/BB-HN")
    return round_services.invalidate(round_, decided, version=round_.version, actor=by)


def decided(round_: Round, decision: Decision) -> TieDecision:
    """The tie ended by the congress, recorded by who has just looked at it."""
    seen = round_.election.version
    return certify_services.decide_tie(round_, decision, version=seen, actor=CHAIR)


def names(candidates: Sequence[Candidate]) -> list[str]:
    """Their names."""
    return [one.person.full_name for one in candidates]
