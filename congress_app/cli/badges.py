"""`badges print`, `badges codes`, `badges reissue`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click
from flask.cli import AppGroup

from congress_app.badges import print_services, queries, services
from congress_app.badges.queries import BadgeFilter
from congress_app.badges.sheet import Imposition
from congress_app.cli.congresses import congress_named
from congress_app.cli.output import Answer, Spoken, answers
from congress_app.congresses import lifecycle
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.sentences import N_, Sentence

group = AppGroup("badges", help="Thẻ đại biểu.")


@group.command("print", cls=Spoken)
@click.argument("congress_id", type=int)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--imposition", type=click.Choice(["a6", "a4", "bleed"]), default="a6")
@click.option("--only-new", is_flag=True, help="Chỉ thẻ chưa in lần nào.")
@answers
def print_(congress_id: int, output: Path, imposition: str, only_new: bool) -> Answer:
    """In thẻ của một hội nghị ra tệp PDF; ai chưa có thẻ được cấp trước."""
    wanted = BadgeFilter(printing="new" if only_new else "all")
    data = print_services.print_batch(
        congress_named(congress_id), wanted, cast(Imposition, imposition), actor=system_actor()
    )
    output.write_bytes(data)
    return Answer(
        {"file": str(output), "bytes": len(data)},
        [Sentence(N_("Đã ghi {file}."), file=output)],
    )


@group.command("codes", cls=Spoken)
@click.argument("congress_id", type=int)
@answers
def codes(congress_id: int) -> Answer:
    """Liệt kê mã trên thẻ đang dùng; ai chưa có thẻ được cấp trước khi hội nghị đóng."""
    congress, actor = congress_named(congress_id), system_actor()
    if lifecycle.over(congress.state, congress.name) is None:
        services.issue_missing(congress, actor=actor)
    listed = queries.badge_codes(congress.id)
    print_services.note_export(congress, len(listed), actor=actor)
    return Answer({"badges": listed}, [f"{row['number']}\t{row['code']}" for row in listed])


@group.command("reissue", cls=Spoken)
@click.argument("congress_id", type=int)
@click.argument("delegate_id", type=int)
@click.option("--reason", required=True)
@answers
def reissue(congress_id: int, delegate_id: int, reason: str) -> Answer:
    """Cấp lại thẻ mất hoặc hỏng; mã cũ hết hiệu lực ngay."""
    congress = congress_named(congress_id)
    delegate = queries.delegate_by_id(congress.id, delegate_id)
    if delegate is None:
        raise NotFound(
            "unknown_delegate",
            Sentence(N_("Hội nghị này không có đại biểu số {id}."), id=delegate_id),
        )
    seen = queries.standing_of(delegate.id)
    badge = services.reissue(congress, delegate, reason, seen=seen, actor=system_actor())
    data = {
        "delegate_id": delegate.id,
        "number": delegate.number,
        "version": badge.version,
        "code": badge.code,
    }
    return Answer({"badge": data}, [badge.code])
