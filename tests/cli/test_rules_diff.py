"""`monitor rules diff`: what two versions of the rules would have alerted differently."""

import subprocess

import pytest

from tests.cli.running import records, run

BEFORE = """
service: {database: "sqlite:///nowhere.db"}
sources: [{id: disk, path: in}]
rules: [{id: xi, all: [Xi, Moskou]}, {id: gas, all: [gas]}]
"""
AFTER = BEFORE.replace("[Xi, Moskou]", "[Xi]")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder, the working one, with two configurations and two wire texts."""
    monkeypatch.delenv("MONITOR_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(BEFORE)
    (tmp_path / "b.yaml").write_text(AFTER)
    (tmp_path / "one.txt").write_text("Xi in Moskou\nMOSKOU (ANP) - Xi is geland.\n")
    (tmp_path / "two.txt").write_text("Xi in Parijs\nPARIJS (ANP) - Xi is geland.\n")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_rules_that_changed_are_shown_with_the_alerts_of_one_version_only():
    result = run("rules", "diff", "a.yaml", "b.yaml", "one.txt", "two.txt")

    assert result.exit_code == 0
    assert "~ xi: xi (changed)" in result.stdout
    assert "  + 1 alert only with b.yaml" in result.stdout
    assert "Xi in Parijs" in result.stdout
    assert "gas" not in result.stdout
    assert result.stderr == "rules: 1 changed; over 2 items: 1 alert more, 0 fewer\n"


def test_without_an_archive_only_the_rules_are_compared(folder):
    result = run("rules", "diff", "a.yaml", "b.yaml")

    assert result.exit_code == 0
    assert result.stderr == "rules: 1 changed; not tried on any item\n"
    assert not (folder / "nowhere.db").exists()


@pytest.mark.parametrize(("other", "status"), [("a.yaml", 0), ("b.yaml", 1)])
@pytest.mark.usefixtures("folder")
def test_the_exit_status_tells_a_difference_where_that_is_asked(other, status):
    assert run("rules", "diff", "a.yaml", other, "--exit-code").exit_code == status


@pytest.mark.usefixtures("folder")
def test_it_is_json_or_markdown_where_that_is_asked():
    rule, whole = records(run("rules", "diff", "a.yaml", "b.yaml", "one.txt", "two.txt", "--format", "json"))
    page = run("rules", "diff", "a.yaml", "b.yaml", "two.txt", "--format", "markdown").stdout

    assert (rule["rule"], rule["both"], rule["after"]["alerts"], whole["more"]) == ("xi", 1, 1, 1)
    assert page.startswith("### What changes for the alerts\n\nRules: 1 changed; over 1 item")
    assert "<details><summary><code>xi</code> xi (changed: +1 −0)</summary>" in page


@pytest.fixture
def repository(folder):
    """Make the folder a repository whose only commit has the earlier rules, in a file and in a folder."""
    (folder / "rules").mkdir()
    (folder / "rules" / "rules.yaml").write_text(BEFORE)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@x.example"]
    for words in (["init", "-q"], ["add", "a.yaml", "rules"], ["commit", "-q", "-m", "rules"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    (folder / "a.yaml").write_text(AFTER)
    (folder / "rules" / "rules.yaml").write_text(AFTER)
    return folder


@pytest.mark.parametrize("name", ["a.yaml", "rules"])
@pytest.mark.usefixtures("repository")
def test_a_version_may_be_one_that_git_has(name):
    result = run("rules", "diff", f"HEAD:{name}", name, "one.txt", "two.txt")

    assert result.exit_code == 0
    assert f"1 alert only with {name}" in result.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [("HEAD:nowhere", "HEAD:nowhere: fatal: "), ("elsewhere:rules", "elsewhere:rules: fatal: "), ("odd", "odd:1:1: ")],
)
@pytest.mark.usefixtures("repository")
def test_a_version_that_is_not_there_is_told(name, said):
    result = run("rules", "diff", name, "rules")

    assert result.exit_code == 2
    assert said in result.stderr


def test_a_version_of_git_that_does_not_validate_is_told_under_its_name(repository):
    (repository / "a.yaml").write_text("rules: [{id: x, al: [Xi]}]")
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@x.example", "commit", "-qam", "x"], check=True)

    result = run("rules", "diff", "HEAD:a.yaml", "rules")

    assert result.exit_code == 2
    assert result.stderr.startswith("HEAD:a.yaml:1:17: unknown key `al`")
