"""A finding as it is stored with the council's appraisal, and read back."""

from __future__ import annotations

from typing import Any

from congress_app.exemplars.clauses import Answer, Clause
from congress_app.exemplars.criteria import Finding
from congress_app.kernel.sentences import Sentence


def frozen(finding: Finding) -> dict[str, Any]:
    """The finding as it is stored: templates with their values, readable in any language."""
    return {
        "answer": finding.answer.value,
        "clauses": [
            {"code": c.code, "answer": c.answer.value, "reason": _sentence(c.reason)}
            for c in finding.clauses
        ],
    }


def thawed(body: dict[str, Any]) -> Finding:
    """Read what `frozen` wrote."""
    clauses = tuple(
        Clause(c["code"], Answer(c["answer"]), _read(c["reason"])) for c in body["clauses"]
    )
    return Finding(Answer(body["answer"]), clauses)


def _read(reason: dict[str, Any]) -> Sentence:
    params = {
        name: _read(value) if isinstance(value, dict) else value
        for name, value in reason["params"].items()
    }
    return Sentence(reason["template"], **params)


def _sentence(sentence: Sentence) -> dict[str, Any]:
    params = {
        name: _sentence(value) if isinstance(value, Sentence) else value
        for name, value in sentence.params.items()
    }
    return {"template": sentence.template, "params": params}
