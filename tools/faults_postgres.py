"""A throw-away PostgreSQL server that can be stopped and started again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from tools import throwaway_postgres
from tools.needs import find

# As in production: what was committed survives the end of the server.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Cluster:
    """The server's files and its port."""

    data: Path
    port: int

    def stop(self, how: str = "fast") -> None:
        """As an administrator does (`fast`), or as when the power fails (`immediate`)."""
        self._control("stop", "-m", how)

    def start(self) -> None:
        """Back at the same place."""
        options = f"-k {self.data.parent} -p {self.port} -c listen_addresses=127.0.0.1"
        self._control("start", "-o", options, "-l", str(self.data.parent / "again.log"))

    def _control(self, *words: str) -> None:
        program = Path(str(find("postgres"))).resolve().parent / "pg_ctl"
        command = throwaway_postgres.as_user(
            throwaway_postgres.owner(), program, "-w", "-D", self.data, *words
        )
        subprocess.run(command, check=True, capture_output=True, cwd=self.data.parent)


@contextmanager
def cluster_of(url: str) -> Iterator[Cluster]:
    """The server at the address; ended afterwards, whoever started it last."""
    plain = make_url(url).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    cluster = Cluster(Path(row[0] if row else ""), int(str(plain.port)))
    yield cluster
    if (cluster.data / "postmaster.pid").exists():
        cluster.stop()
