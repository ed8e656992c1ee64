"""The password of the demonstration's accounts.

It is public by design: the sign-in page prints it wherever those accounts exist, and
they exist only where the demonstration was loaded, which refuses a database with real
data. It opens nothing else.
"""

from __future__ import annotations

PASSWORD = "trinh-dien-2020"  # noqa: S105 - public by design, see above
