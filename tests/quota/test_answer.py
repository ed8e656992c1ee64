from __future__ import annotations

import json
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from congress_app.quota.answer import allocate, compose_answer, written, written_weight
from congress_app.quota.apportionment import apportion
from congress_app.quota.composition import compose
from congress_app.quota.problem import Method, Problem, StepRule, TieChain, Unit
from congress_app.quota.reading import read_matrix, read_problem, read_weight
from tests.quota.problems import thorough

TABLE = "code,weight,name,floor,lock\n01,1240,Hà Nội,,\n02,62.0,Hà Giang,3,\n04,0,,,\n27,31/2,,,1\n"


def test_the_shape_of_an_allocation() -> None:
    answer = allocate(read_problem(TABLE, seats=24, ties=TieChain(seed="x")))

    diagnostics = answer.pop("diagnostics")
    assert answer == {
        "method": "webster",
        "seats": 24,
        "allocations": [
            {
                "code": "01",
                "weight": 1240,
                "share": 1240 * 23 / 1302,
                "seats": 20,
                "binding": None,
                "gain_at": None,
                "lose_at": "345.4",
            },
            {
                "code": "02",
                "weight": "62.0",
                "share": 62 * 23 / 1302,
                "seats": 3,
                "binding": "floor",
                "gain_at": "222.6",
                "lose_at": None,
            },
            {
                "code": "04",
                "weight": 0,
                "share": 0.0,
                "seats": 0,
                "binding": None,
                "gain_at": "31.8",
                "lose_at": None,
            },
            {
                "code": "27",
                "weight": "31/2",
                "share": 1.0,
                "seats": 1,
                "binding": "lock",
                "gain_at": None,
                "lose_at": None,
            },
        ],
        "ties": [],
    }
    assert isinstance(diagnostics, dict)
    assert diagnostics["divisor"] == {"low": 1240 / 20.5, "high": 1240 / 19.5, "chosen": "62"}
    assert diagnostics["floors_cost"] == 2
    assert diagnostics["floors_moved"] == [
        {"code": "01", "before": 22, "after": 20},
        {"code": "02", "before": 1, "after": 3},
    ]
    assert diagnostics["seats_asked"] == 24
    assert diagnostics["explanations"]["01"] == "Hà Nội: 1.240 đại biểu ÷ 62 = 20,0 → 20"
    json.dumps(diagnostics, allow_nan=False)


def test_ties_are_listed_with_what_decided() -> None:
    answer = allocate(read_problem("code,weight\nA,3\nB,1\n", seats=2))

    assert answer["ties"] == [{"codes": ["A", "B"], "seats": 1, "decided_by": "weight"}]


def test_base_and_step_tells_the_total_it_came_to() -> None:
    stepped = allocate(
        read_problem(
            "code,weight,base\nA,42001,13\n",
            seats=10,
            method=Method.BASE_STEP,
            step=StepRule(12000),
        )
    )

    assert (stepped["method"], stepped["seats"]) == ("base_step", 17)
    assert stepped["diagnostics"]["seats_asked"] == 10  # type: ignore[index]


def test_the_shape_of_a_composition() -> None:
    text = "row,col,weight,row_seats,col_seats\nA,x,3,1,1\nB,x,1,1,1\nA,y,1,1,1\nB,y,3,1,1\n"

    assert compose_answer(compose(read_matrix(text))) == {
        "cells": [
            {"row": "A", "col": "x", "seats": 1},
            {"row": "A", "col": "y", "seats": 0},
            {"row": "B", "col": "x", "seats": 0},
            {"row": "B", "col": "y", "seats": 1},
        ],
        "equivalent": False,
    }


def test_weights_come_out_as_they_were_written() -> None:
    assert written_weight(Unit("A", 12, written="12")) == 12
    assert written_weight(Unit("A", 12, written="012")) == 12
    assert written_weight(Unit("A", 12, written="12.00")) == "12.00"
    assert written_weight(Unit("A", 4, written="8/2")) == "8/2"
    assert written_weight(Unit("A", Fraction(1, 3))) == "1/3"
    assert written_weight(Unit("A", Fraction(1, 8))) == "0.125"
    assert written_weight(Unit("A", 0)) == 0
    assert written(None) is None


@thorough
@given(st.fractions())
def test_every_number_is_read_back_as_it_was(number: Fraction) -> None:
    text = str(written(number))

    assert read_weight(text) == number if len(text) <= 60 else True


def test_margins_of_a_large_table_are_left_out_and_said_so() -> None:
    units = tuple(Unit(str(at), 100 + at) for at in range(1501))
    answer = allocate(Problem(units, 1600, Method.LARGEST_REMAINDER))

    assert answer["diagnostics"]["margins_computed"] is False  # type: ignore[index]
    assert answer["seats"] == apportion(Problem(units, 1600, Method.LARGEST_REMAINDER)).seats
