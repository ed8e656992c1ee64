"""`congresses list`, and finding the congress other commands are told."""

from __future__ import annotations

from flask.cli import AppGroup

from congress_app.cli.output import Answer, Spoken, answers
from congress_app.congresses import queries
from congress_app.congresses.models import Congress
from congress_app.dashboard import list_queries
from congress_app.kernel.errors import NotFound
from congress_app.kernel.sentences import N_, Sentence

group = AppGroup("congresses", help="Hội nghị, đại hội.")


@group.command("list", cls=Spoken)
@answers
def list_() -> Answer:
    """Liệt kê mọi hội nghị, đại hội."""
    listed = list_queries.congress_list()
    lines = [
        f"{row['id']:>6}  {row['level']:<10}  {row['unit_code']:<10}  {row['date'] or '–':<10}  "
        f"{row['state']:<8}  {row['present']}/{row['convened']}/{row['cap'] or '–'}  {row['name']}"
        for row in listed
    ]
    return Answer({"congresses": listed}, lines)


def congress_named(congress_id: int) -> Congress:
    """The congress with this number; raises NotFound."""
    found = queries.congress_by_id(congress_id)
    if found is None:
        raise NotFound(
            "unknown_congress",
            Sentence(
                N_("Không có hội nghị số {id}. Lệnh “congresses list” cho biết các số."),
                id=congress_id,
            ),
        )
    return found
