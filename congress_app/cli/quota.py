"""`quota allocate` and `quota compose`: the engine alone, no database is opened."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext

from congress_app.cli.output import Answer, Spoken, answers
from congress_app.cli.sheets import FILE, bytes_of
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.quota.answer import allocate as allocate_seats
from congress_app.quota.answer import compose_answer
from congress_app.quota.composition import compose as compose_seats
from congress_app.quota.problem import Method, Number, StepRule, TieChain
from congress_app.quota.reading import decode, read_matrix, read_problem, read_weight

group = AppGroup("quota", help="Phân bổ chỉ tiêu.")
_MATRIX_METHODS = (Method.WEBSTER.value, Method.JEFFERSON.value)


@group.command("allocate", cls=Spoken)
@click.argument("file", type=FILE)
@click.option("--seats", type=int, help="Tổng số suất.")
@click.option(
    "--method",
    type=click.Choice([method.value for method in Method]),
    default=Method.WEBSTER.value,
    show_default=True,
)
@click.option("--floor", type=int, default=0, help="Số suất ít nhất của mỗi đơn vị.")
@click.option("--ceiling", type=int, help="Số suất nhiều nhất của mỗi đơn vị.")
@click.option("--step", help="Bậc thang của base_step.")
@click.option("--threshold", help="Phần dư từ mức này được thêm một suất (base_step).")
@click.option("--tie-seed", help="Chuỗi công bố trước để bốc thăm khi bằng nhau.")
@answers
def allocate(
    file: Path,
    seats: int | None,
    method: str,
    floor: int,
    ceiling: int | None,
    step: str | None,
    threshold: str | None,
    tie_seed: str | None,
) -> Answer:
    """Chia số suất cho các đơn vị trong tệp CSV (cột code, weight)."""
    if seats is None and method != Method.BASE_STEP:
        raise _usage(N_("Thiếu --seats: hãy ghi tổng số suất cần chia."))
    if step is None and method == Method.BASE_STEP:
        raise _usage(N_("Thiếu --step: base_step cần số người ứng với một suất."))
    rule = None
    if step is not None and method == Method.BASE_STEP:
        limit = _figure(threshold, "--threshold") if threshold is not None else None
        rule = StepRule(_figure(step, "--step"), limit)
    problem = read_problem(
        decode(bytes_of(file), file.name),
        seats=seats,
        file=file.name,
        method=Method(method),
        floor=floor,
        ceiling=ceiling,
        ties=TieChain(seed=tie_seed),
        step=rule,
    )
    answer = allocate_seats(problem, gettext)
    rows = answer["allocations"]
    lines = [f"{row['code']}\t{row['seats']}" for row in rows] if isinstance(rows, list) else []
    return Answer(answer, lines)


@group.command("compose", cls=Spoken)
@click.argument("file", type=FILE)
@click.option("--method", type=click.Choice(_MATRIX_METHODS), default=Method.WEBSTER.value)
@answers
def compose(file: Path, method: str) -> Answer:
    """Chia theo hai chiều: tổng từng hàng và từng cột đều cho trước."""
    text = decode(bytes_of(file), file.name)
    matrix = read_matrix(text, file=file.name, method=Method(method))
    answer = compose_answer(compose_seats(matrix))
    cells = answer["cells"]
    lines = (
        [f"{cell['row']}\t{cell['col']}\t{cell['seats']}" for cell in cells]
        if isinstance(cells, list)
        else []
    )
    return Answer(answer, lines)


def _usage(text: str) -> Unreadable:
    return Unreadable("usage", Sentence(text))


def _figure(text: str, option: str) -> Number:
    try:
        return read_weight(text)
    except (ValueError, ZeroDivisionError) as error:
        raise Unreadable(
            "bad_number",
            Sentence(
                N_("{option}: giá trị “{value}” không phải là số."), option=option, value=text
            ),
        ) from error
