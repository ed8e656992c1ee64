"""Words for the fields in the log; actions stand in `actions.py`, values in `values.py`.

Add yours when you record one.
"""

from __future__ import annotations

from congress_app.kernel.sentences import N_
