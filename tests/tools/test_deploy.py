"""The files for production agree with each other and with what the program reads."""

from __future__ import annotations

import re

from tests.architecture.sources import ROOT

FOLDER = ROOT / "deploy"
COMPOSE = (FOLDER / "compose.yaml").read_text("utf-8")
NGINX = (FOLDER / "nginx.conf").read_text("utf-8")
PROGRAM = "".join(
    path.read_text("utf-8")
    for path in (
        ROOT / "config.py",
        ROOT / "tools/gunicorn_conf.py",
        ROOT / "tools/run.py",
        ROOT / "congress_app/factory/roof.py",
    )
)


def settings(text: str) -> set[str]:
    """Names in the form NAME=value or NAME: value at the beginning of a line or a word."""
    return set(re.findall(r"(?:^|\s)([A-Z][A-Z_]{3,})(?==|: )", text))


def test_every_secret_of_compose_stands_in_the_example():
    wanted = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    example = (FOLDER / "example.env").read_text("utf-8")
    filled = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.M))
    # The key is a file in the volume, as with systemd: only an older .env names one.
    kept = {"SECRET_KEY", "SECRET_KEY_FALLBACKS"}
    # Of the example only the name of the whole is read by compose itself.
    assert (wanted - kept) | {"COMPOSE_PROJECT_NAME"} == set(filled)
    assert {name for name, value in filled.items() if value} == {
        "COMPOSE_PROJECT_NAME",
        "PUBLIC_URL",
    }


def test_without_a_key_in_the_settings_it_is_the_file_of_the_volume():
    app = COMPOSE.partition("  app:\n")[2].partition("  proxy:\n")[0]
    keys = re.findall(r"^      (SECRET_KEY\w*): (.*)$", app, re.M)
    assert keys == [
        ("SECRET_KEY", "${SECRET_KEY:-}"),
        ("SECRET_KEY_FALLBACKS", "${SECRET_KEY_FALLBACKS:-}"),
    ]
    image = (FOLDER / "Dockerfile").read_text("utf-8")
    folder = re.findall(r"INSTANCE_PATH=(\S+)", image)
    assert [f"- instance:{one}\n" in app for one in folder] == [True]


def test_every_setting_of_the_services_is_read_by_the_program():
    app = COMPOSE.partition("  app:\n")[2].partition("  proxy:\n")[0]
    units = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.service"))
    image = (FOLDER / "Dockerfile").read_text("utf-8")
    lines = re.findall(r"^Environment=(.*)$", units, re.M) + re.findall(r"^ENV (.*)$", image, re.M)
    named = settings(app) | settings(" ".join(lines))
    unread = {name for name in named if f'"{name}"' not in PROGRAM}
    assert unread == {"PYTHONUNBUFFERED", "FLASK_APP"}  # Python's and Flask's own


def test_the_proxy_sets_every_header_the_program_believes():
    # Once for all locations: one with a header of its own would lose these.
    common, *locations = NGINX.partition("listen 443 ")[2].split("    location ")
    for header in ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Request-ID"):
        assert f"proxy_set_header {header} " in common
    assert [one for one in locations if "proxy_set_header" in one] == []
    # Appended, a client could write the first entry himself.
    assert "$proxy_add_x_forwarded_for" not in NGINX


def test_no_path_and_no_address_goes_into_the_proxys_log():
    (formatted,) = re.findall(r"log_format \w+ '([^']*)'", NGINX)
    assert set(re.findall(r"\$(\w+)", formatted)) == {
        "time_iso8601",
        "request_id",
        "request_method",
        "status",
        "body_bytes_sent",
        "request_time",
    }


def test_the_image_takes_every_folder_the_program_needs():
    image = (FOLDER / "Dockerfile").read_text("utf-8")
    copied = set(re.findall(r"^COPY (\S+)", image, re.M))
    allowed = (FOLDER / "Dockerfile.dockerignore").read_text("utf-8")
    assert copied == {line[1:] for line in allowed.splitlines() if line.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)


def test_postgres_writes_no_rows_into_its_log_wherever_it_is_set_up():
    database = COMPOSE.partition("  database:\n")[2].partition("\n  app:\n")[0]
    assert 'command: ["postgres", "-c", "log_error_verbosity=terse"]' in database
    installer = (FOLDER / "install.sh").read_text("utf-8")
    # Outside what is done on the first day only, so that standing servers get it too.
    first_day, *later = installer.partition("# What PostgreSQL writes down")[::2]
    assert first_day.rstrip().endswith("fi")
    assert "ALTER ROLE congress SET log_error_verbosity = 'terse'" in "".join(later)


def lines(unit: str) -> list[str]:
    """The settings of a unit, in order."""
    return re.findall(r"^[A-Z]\w+=.*$", (FOLDER / unit).read_text("utf-8"), re.M)


def test_the_nightly_copy_is_locked_in_as_firmly_as_the_service():
    service, backup = lines("congress.service"), lines("congress-backup.service")
    hardening = service[service.index("NoNewPrivileges=yes") : service.index("LimitNOFILE=8192")]
    assert backup[-len(hardening) :] == hardening
    verify = lines("congress-verify.service")
    assert verify[-len(hardening) :] == hardening
    # Each of them sets the rights of the folder anew.
    every = set(service) & set(backup) & set(verify)
    assert {"StateDirectory=congress", "StateDirectoryMode=0700"} <= every
    assert {"User=congress", "UMask=0077"} <= every


def commands(*files: str) -> list[str]:
    """The program's commands that run at a set time, without their arguments."""
    text = "".join((FOLDER / name).read_text("utf-8") for name in files)
    run = re.findall(r"^(?:[\d*]+ |ExecStart=|ExecStopPost=).*$", text, re.M)
    begun = re.compile(r"(?:bin/congress|app flask|congress_app) ([a-z]+(?: [a-z-]+)?)")
    return sorted(found for line in run for found in begun.findall(line))


def test_idle_accounts_are_closed_also_on_a_day_the_copy_fails():
    # systemd passes over what is left of ExecStart= once one of them has failed.
    for unit in FOLDER.glob("*.service"):
        assert unit.read_text("utf-8").count("\nExecStart=") == 1, unit.name
    (after,) = [line for line in lines("congress-backup.service") if "lock-idle" in line]
    assert after.startswith("ExecStopPost=")


def test_the_weekly_look_at_the_log_compares_it_with_the_ends_kept_beside_the_copies():
    for name in ("congress-verify.service", "congress.cron", "compose.cron"):
        text = (FOLDER / name).read_text("utf-8")
        assert "audit verify --anchors-in /var/backups/congress\n" in text, name


def test_every_schedule_copies_closes_idle_accounts_and_looks_at_the_log():
    wanted = ["accounts lock-idle", "audit verify", "backup"]
    assert commands("congress-backup.service", "congress-verify.service") == wanted
    assert commands("congress.cron") == wanted
    assert commands("compose.cron") == wanted


def test_the_installer_puts_every_file_of_a_machine_without_containers_in_its_place():
    installer = (FOLDER / "install.sh").read_text("utf-8")
    image = {"Dockerfile", "Dockerfile.dockerignore"}
    for_containers = image | {"compose.yaml", "compose.cron", "example.env", "database.sh"}
    elsewhere = for_containers | {"install.sh", "congress.cron", ".gitignore"}
    assert [
        path.name
        for path in FOLDER.iterdir()
        if path.name not in elsewhere and path.name not in installer
    ] == []
    assert "    server app:8000;" in NGINX  # what the installer exchanges
    assert "s/server app:8000;/server 127.0.0.1:8000;/" in installer


def test_what_the_commands_read_can_be_read_by_the_shell_and_by_systemd():
    example = (FOLDER / "example.environment").read_text("utf-8").splitlines()
    settings_there = [line for line in example if line and not line.startswith("#")]
    plain = re.compile(r'[A-Z_]+=(?:[\w:/.-]*|"[\w:/.+?=-]*")')
    assert [line for line in settings_there if not plain.fullmatch(line)] == []
    assert [line for line in settings_there if f'"{line.partition("=")[0]}"' not in PROGRAM] == []
