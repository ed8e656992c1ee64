"""Second factor, sessions and idle accounts."""

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Second factor, sessions and idle accounts."""


def downgrade() -> None:
    """Nothing to take back."""
