import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import monitor.store
from monitor.errors import StoreRefused, StoreUnavailable, WrongSchema
from monitor.store.database import open_database
from monitor.store.engine import open_engine
from monitor.store.schema import backup, check, upgrade
from monitor.store.tables import metadata
from monitor.store.version import NEWEST


@pytest.fixture
def file(url):
    return Path(url.removeprefix("sqlite:///"))


def change(file, statement):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


def schema(file):
    with closing(sqlite3.connect(file)) as connection:
        return sorted(connection.execute("SELECT name, sql FROM sqlite_master"))


def test_the_migrations_make_the_tables_that_the_program_knows(url):
    engine = open_engine(url, 1)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()

    assert differences == []


def test_the_newest_migration_is_the_one_that_the_program_wants():
    config = Config()
    config.set_main_option("script_location", str(Path(monitor.store.__file__).parent / "migrations"))

    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def test_a_new_database_is_its_owners_alone_its_logs_too(tmp_path):
    file = tmp_path / "var" / "deep" / "monitor.db"
    upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM sources").fetchall()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}

    assert modes == dict.fromkeys(["monitor.db", "monitor.db-wal", "monitor.db-shm"], 0o600)


def test_a_relative_path_stands_against_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    upgrade("sqlite:///var/a 100% odd#näme.db")

    assert check("sqlite:///var/a 100% odd#näme.db") == []
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["a 100% odd#näme.db"]


def test_upgrading_again_changes_nothing(url, file):
    change(file, "INSERT INTO channels (id) VALUES ('desk')")
    before = schema(file)

    assert upgrade(url) == NEWEST
    assert schema(file) == before
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT id FROM channels").fetchall() == [("desk",)]


async def refused(url):
    async with open_database(url):
        pass


@pytest.mark.anyio
async def test_a_database_of_a_newer_program_is_refused(url, file):
    change(file, "UPDATE alembic_version SET version_num = '9999'")
    told = "schema 9999, made by a newer program; this one knows"

    with pytest.raises(WrongSchema, match=told):
        upgrade(url)
    with pytest.raises(WrongSchema, match=told):
        await refused(url)
    assert [told in wrong for wrong in check(url)] == [True]


@pytest.mark.anyio
async def test_an_older_database_waits_for_its_upgrade(url, file):
    change(file, "UPDATE alembic_version SET version_num = '0000'")

    with pytest.raises(WrongSchema, match="run `monitor db upgrade`"):
        await refused(url)


@pytest.mark.anyio
async def test_a_database_that_is_not_there_is_not_made_by_opening_it(tmp_path):
    with pytest.raises(WrongSchema, match="`monitor db upgrade` makes one"):
        await refused(f"sqlite:///{tmp_path}/monitor.db")

    assert check(f"sqlite:///{tmp_path}/monitor.db") == [f"{tmp_path}/monitor.db: there is no database"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:hush@host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "nonsense",
        "nosuch://x",
        "sqlite:///a.db?mode=ro",
        "sqlite://hush/a",
    ],
)
def test_a_database_of_another_kind_is_refused_without_telling_its_password(url):
    with pytest.raises(StoreRefused, match="neither sqlite") as refusal:
        upgrade(url)

    assert "hush" not in f"{refusal.value}{refusal.value.__cause__}"


def test_a_sound_database_has_nothing_wrong(url):
    assert check(url) == []


def test_a_reference_to_nothing_is_found(url, file):
    change(file, "INSERT INTO decisions VALUES ('gone', 'boats', 1, 'FIRED', 0, '[]')")

    assert check(url) == ["decisions: row 1 refers to nothing in items"]


def test_a_damaged_page_is_found(url, file):
    with file.open("r+b") as raw:
        raw.seek(4096 * 3)
        raw.write(b"\xff" * 4096)

    assert check(url) != []


def test_a_file_that_is_no_database_is_found_and_left_alone(tmp_path):
    file = tmp_path / "monitor.db"
    file.write_text("Veerdienst hervat. " * 100)

    assert check(f"sqlite:///{file}") == [f"{file}: file is not a database"]
    with pytest.raises(StoreUnavailable):
        upgrade(f"sqlite:///{file}")
    assert file.read_text() == "Veerdienst hervat. " * 100


def test_a_backup_is_a_whole_database_of_its_owner(url, file, tmp_path):
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(file)) as user:
        user.execute("INSERT INTO channels (id) VALUES ('desk')")
        user.commit()
        user.execute("INSERT INTO channels (id) VALUES ('not committed')")
        backup(url, copy)

    assert check(f"sqlite:///{copy}") == []
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT id FROM channels").fetchall() == [("desk",)]


def test_a_backup_overwrites_nothing(url, tmp_path):
    copy = tmp_path / "copy.db"
    copy.write_text("dear to somebody")
    with pytest.raises(StoreRefused, match=r"copy\.db is there already"):
        backup(url, copy)

    assert copy.read_text() == "dear to somebody"


def test_a_backup_that_cannot_be_made_leaves_nothing(url, file, tmp_path):
    with pytest.raises(StoreUnavailable, match="No such file"):
        backup(url, tmp_path / "nowhere" / "copy.db")
    file.write_bytes(b"no database " * 1_000)
    with pytest.raises(StoreUnavailable, match="not a database"):
        backup(url, tmp_path / "copy.db")

    assert not (tmp_path / "copy.db").exists()
    with pytest.raises(StoreRefused, match="there is no database"):
        backup(f"sqlite:///{tmp_path}/other.db", tmp_path / "copy.db")


def test_an_upgrade_killed_at_any_statement_leaves_the_old_schema_or_the_new(tmp_path, new_database):
    statements = int(subprocess.check_output([sys.executable, "-m", "tests.store.killed", "upgrade", tmp_path]))

    assert statements > 20
    for number in range(1, statements + 1):
        file = tmp_path / f"{number}.db"
        left = schema(file)
        upgrade(f"sqlite:///{file}")

        assert left == []
        assert check(f"sqlite:///{file}") == []
        assert schema(file) == schema(new_database)


def old_database(file):
    """Make a database of the first schema with an item in it."""
    engine = open_engine(f"sqlite:///{file}", 1)
    config = Config()
    config.set_main_option("script_location", str(Path(monitor.store.__file__).parent / "migrations"))
    with engine.connect() as connection:
        connection.execution_options(writing=True)
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            for statement in OLD:
                connection.exec_driver_sql(statement)
    engine.dispose()


OLD = (
    "INSERT INTO items (id, source, first_seen, revision, content, record) VALUES ('ferry', 'wire', 77, 1, 'x', '{}')",
    "INSERT INTO item_keys VALUES ('wire', x'00', 'ferry')",
)


def test_an_old_database_keeps_what_is_known_and_when_it_was_seen(tmp_path, new_database):
    file = tmp_path / "old.db"
    file.touch()
    old_database(file)
    upgrade(f"sqlite:///{file}")

    assert check(f"sqlite:///{file}") == []
    assert [name for name, _ in schema(file)] == [name for name, _ in schema(new_database)]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT item, seen FROM item_keys").fetchall() == [("ferry", 77)]
        assert connection.execute("SELECT revised, changed, record FROM items").fetchall() == [(None, None, "{}")]


def test_an_upgrade_of_an_old_database_killed_at_any_statement_leaves_the_old_one_or_the_new(tmp_path, new_database):
    first = tmp_path / "first.db"
    first.touch()
    old_database(first)
    before = schema(first)
    for number in range(1, 60):
        shutil.copy(first, tmp_path / f"{number}.db")
    statements = int(subprocess.check_output([sys.executable, "-m", "tests.store.killed", "upgrade", tmp_path]))

    assert 10 < statements < 59
    for number in range(1, statements + 1):
        file = tmp_path / f"{number}.db"
        left = schema(file)
        upgrade(f"sqlite:///{file}")

        assert left == before
        assert check(f"sqlite:///{file}") == []
        assert [name for name, _ in schema(file)] == [name for name, _ in schema(new_database)]
