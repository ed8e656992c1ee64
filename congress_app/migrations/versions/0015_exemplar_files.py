"""Files and criteria sets of exemplars."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files and criteria sets of exemplars."""


def downgrade() -> None:
    """Nothing to take back."""
