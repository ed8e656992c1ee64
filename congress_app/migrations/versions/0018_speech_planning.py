"""Availability of speakers and criteria of review."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Availability of speakers and criteria of review."""


def downgrade() -> None:
    """Nothing to take back."""
