from __future__ import annotations

from congress_app.exemplars.lifecycle import Stage, Standing, may_stand, stages_from


def test_stages_go_one_step_either_way() -> None:
    assert {stage: stages_from(stage) for stage in Stage} == {
        Stage.DETECT: (Stage.NURTURE,),
        Stage.NURTURE: (Stage.DETECT, Stage.SUM_UP),
        Stage.SUM_UP: (Stage.NURTURE, Stage.REPLICATE),
        Stage.REPLICATE: (Stage.SUM_UP,),
    }


def test_nobody_is_selected_without_an_appraisal() -> None:
    moves = {(a.value, b.value) for a in Standing for b in Standing if may_stand(a, b)}
    assert moves == {
        ("nominated", "appraised"),
        ("appraised", "selected"),
        ("appraised", "not_selected"),
        ("appraised", "nominated"),
        ("selected", "appraised"),
        ("not_selected", "appraised"),
    }
