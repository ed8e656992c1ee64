"""Archives of congresses, and what persons asked about their data."""

from __future__ import annotations

from datetime import date
from typing import Any

from congress_app.congresses.models import Congress
from congress_app.delegates.models import Person
from congress_app.dossiers import archive
from congress_app.dossiers.models import DataRequest, Dossier, DossierFile
from congress_app.exemplars.models import Exemplar
from congress_app.kernel import clock
from tests.builders.ground import store


def a_dossier(congress: Congress, **columns: Any) -> Dossier:
    """An archive with nothing in it."""
    made = archive.make([], {"fingerprint": ""})
    given = {
        "sha256": made.sha256,
        "size": len(made.data),
        "manifest": made.manifest,
        "made_at": clock.now(),
        "made_by": "test",
    }
    dossier = store(Dossier(congress_id=congress.id, **(given | columns)))
    store(DossierFile(dossier_id=dossier.id, data=made.data))
    return dossier


def a_data_request(asker: Person | Exemplar, **columns: Any) -> DataRequest:
    """A person, or an exemplar who is no delegate, asks to see his data."""
    if isinstance(asker, Exemplar):
        who = {"exemplar_id": asker.id, "unit_id": asker.unit_id, "person_name": asker.name}
    else:
        who = {"person_id": asker.id, "person_name": asker.full_name}
    given = {
        "kind": "view",
        "received_on": date(2026, 11, 2),
        "paper": "Đơn số 5",
        "reply_by": date(2026, 11, 4),
        "finish_by": date(2026, 11, 12),
        "created_at": clock.now(),
        "created_by": "test",
    }
    return store(DataRequest(**(who | given | columns)))
