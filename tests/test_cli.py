"""The command line as a user runs it: output, messages, exit codes, bad input."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import EXAMPLES
from typer.testing import CliRunner, Result

from variorum.cli import app

FERRY = [str(EXAMPLES / "ferry" / name) for name in ("meridian.txt", "saltmere-one.txt")]
GERMAN = """Fähre vor Karsa gesunken

Vor der Insel Karsa ist am Samstag eine Fähre gesunken. Mindestens neun Menschen kamen ums Leben.
Die Küstenwache rettete in der Nacht sechsundachtzig Fahrgäste aus dem Wasser. Der Minister kündigte
eine Untersuchung an. Die Reederei bestreitet, dass das Schiff überladen war. Die Suche soll bei
Tagesanbruch weitergehen, wenn der Wind nachlässt. Auf der Insel wehen die Fahnen auf halbmast.
"""


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=text, env={"COLUMNS": "200"})


def failures_of(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["failures"]
    return found


def test_read_and_write(tmp_path: Path) -> None:
    """Reading prints the story and its difference, and writes what was asked for."""
    result = run(
        "read", *FERRY, "--json", str(tmp_path / "a.json"), "--html", str(tmp_path / "a.html")
    )
    assert result.exit_code == 0, result.stderr
    assert "1 story" in result.stdout
    assert "Piet Aldous" in result.stdout
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["variorum"] == 1
    assert "<!doctype html>" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_standard_input() -> None:
    """An article pasted to standard input is read like a file."""
    result = run("read", "-", text=Path(FERRY[0]).read_bytes())
    assert result.exit_code == 0, result.stderr
    assert "Meridian News Agency" in result.stdout


def test_commands_over_a_store(tmp_path: Path) -> None:
    """Every way of looking into a store works on the same file."""
    store = str(tmp_path / "news.variorum")
    assert run("read", str(EXAMPLES / "ferry"), "--store", store).exit_code == 0
    expected = {
        ("stories",): "At least nine dead",
        ("show", "1"): "Told by several",
        ("show", "1", "--cite"): "“",
        ("quotes", "--by", "Dahl"): "We will resume the search at dawn",
        ("quotes", "--by", "Dahl", "--cite"): "Meridian News Agency",
        ("names",): "Tobias Ren",
        ("figures",): "people",
        ("copies",): "Karsa Gazette credits Meridian News Agency",
    }
    for arguments, words in expected.items():
        result = run(*arguments, "--store", store)
        assert result.exit_code == 0, (arguments, result.stderr)
        assert words in result.stdout, arguments
    assert "no quotation fits" in run("quotes", "--by", "Nobody", "--store", store).stderr


def test_min_confidence(tmp_path: Path) -> None:
    """Less sure quotations stay in the edition and are laid beside none; wrong shares are told."""
    store, file = str(tmp_path / "news.variorum"), tmp_path / "a.json"
    result = run(
        "read", str(EXAMPLES / "ferry"), "--store", store, "--json", str(file),
        "--min-confidence", "0.9",
    )  # fmt: skip
    assert result.exit_code == 0, result.stderr
    edition = json.loads(file.read_text(encoding="utf-8"))
    sure = {q["id"]: q["confidence"] for a in edition["articles"] for q in a["quotations"]}
    readings = [r for s in edition["stories"] for t in s["statements"] for r in t["readings"]]

    assert min(sure.values()) < 0.9
    assert min(sure[reading["quotation"]] for reading in readings) >= 0.9
    assert "no quotation fits" in run("quotes", "--store", store, "--min-confidence", "1").stderr
    assert run("quotes", "--store", store, "--min-confidence", "7").exit_code == 2


def test_reading_into_a_store_twice(tmp_path: Path) -> None:
    """The second run says that the articles are known already."""
    store = str(tmp_path / "news.variorum")
    run("read", *FERRY, "--store", store)
    again = run("read", *FERRY, "--store", store)
    assert again.exit_code == 0
    assert "2 articles known already" in again.stdout


def test_pairs_of_names(tmp_path: Path) -> None:
    """Pairs of names are scored with reasons, a row a pair, in order."""
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("left\tright\nSergo Ladanov\tS. Ladanow\nOrla\tKarsa\n", encoding="utf-8")
    lines = run("names", "--pairs", str(pairs)).stdout.splitlines()
    assert lines[0].split("\t") == ["left", "right", "score", "reasons"]
    first, second = (line.split("\t") for line in lines[1:])
    assert first[:2] == ["Sergo Ladanov", "S. Ladanow"]
    assert float(first[2]) > 0.5 > float(second[2])
    assert first[3]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "1", "--store", "none.variorum"], "there is no such store"),
        (["read", "a.txt", "--json", "no/such/folder/a.json"], "make it first"),
        (["read", "a.txt", "--map", "text"], "expected NAME=COLUMN"),
        (["names"], "needs --store FILE or --pairs FILE"),
        (["read", "a.txt", "--map", "body=text"], "NAME must be one of id, url"),
        (["read", "a.txt", "--published", "someday"], "write it as 2031-05-04"),
        (["read", "a.txt", "--json", "a.txt"], "is an input, too"),
        (["read", "b.txt", "--json", "a.json", "--html", "./a.json"], "what --json names, too"),
        (["read", "a.txt", "--store", "."], "is a folder"),
        (["read", "a.txt", "--language-model", "xx_none"], "no such spaCy pipeline"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str) -> None:
    """Wrong usage is one line that says what to do, without a traceback."""
    result = run(*arguments)
    assert result.exit_code in {1, 2}
    assert words in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_usage_errors_are_code_two() -> None:
    """An unknown option and a wrong value exit with 2."""
    assert run("read", "--nonsense").exit_code == 2
    assert run("read", "a.txt", "--map", "text").exit_code == 2
    assert run("read", "a.txt", "--workers", "0").exit_code == 2
    assert run("read", "a.txt", "--json", "a.txt").exit_code == 2


def test_unknown_story(tmp_path: Path) -> None:
    """A story that is not there is named, with the nearest one."""
    store = str(tmp_path / "news.variorum")
    run("read", *FERRY, "--store", store)
    result = run("show", "Atlantis", "--store", store)
    assert result.exit_code == 1
    assert "no story named 'Atlantis'" in result.stderr


def test_nothing_read(tmp_path: Path) -> None:
    """Where nothing could be read the exit code is 1, and the failures are still written."""
    out = tmp_path / "a.json"
    result = run("read", str(tmp_path / "nowhere"), "--json", str(out))
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert len(failures_of(out)) == 1


def test_nothing_read_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """The edition is of the whole store, also where this run could add nothing to it."""
    store, out = str(tmp_path / "news.variorum"), tmp_path / "a.json"
    run("read", FERRY[0], "--store", store)
    for _ in range(2):
        result = run("read", str(tmp_path / "no.txt"), "--store", store, "--json", str(out))
        assert result.exit_code == 1
        assert "no such file" in result.stderr
    edition = json.loads(out.read_text(encoding="utf-8"))
    assert (len(edition["articles"]), len(edition["failures"])) == (1, 1)


def test_standard_input_that_is_no_article(tmp_path: Path) -> None:
    """It is a failure like any other; the rest is read."""
    out = tmp_path / "a.json"
    result = run("read", "-", FERRY[0], "--json", str(out), text=b"")
    assert result.exit_code == 0, result.stderr
    assert [failure["input"] for failure in failures_of(out)] == ["standard input"]


def test_results_in_the_folder_that_is_read(tmp_path: Path) -> None:
    """The same command run twice does not read what it wrote."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.txt").write_bytes(Path(FERRY[0]).read_bytes())
    written = {f"--{kind}": str(folder / f"edition.{kind}") for kind in ("json", "html", "store")}
    for _ in range(2):
        result = run("read", str(folder), *(part for pair in written.items() for part in pair))
        assert result.exit_code == 0, result.stderr
        assert "not read" not in result.stderr
    assert len(json.loads(Path(written["--json"]).read_text(encoding="utf-8"))["articles"]) == 1


def test_fault_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is one line as well, with the input that it was met in."""

    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("variorum.pipeline.annotate_article", fail)
    result = run("read", FERRY[0])
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    for words in ("RecursionError: too deep", "meridian.txt", "--debug"):
        assert words in line
    assert isinstance(run("read", FERRY[0], "--debug").exception, RecursionError)


def test_names_with_line_ends_and_commands(tmp_path: Path) -> None:
    """A failure is one line, whatever the file is called, and the terminal obeys none of it."""
    (tmp_path / "one\n\x1b[2J[b].txt").write_text("")
    out = tmp_path.parent / f"{tmp_path.name}.json"
    result = run("read", str(tmp_path), "--json", str(out))
    (line,) = result.stderr.splitlines()
    assert "one␊␛[2J[b].txt: is empty" in line
    assert failures_of(out)[0]["input"].endswith("one\n\x1b[2J[b].txt")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such file")
def test_result_that_can_not_be_written() -> None:
    """What was asked for and can't be written is one line, and not called wrong usage."""
    result = run("read", FERRY[0], "--json", "/dev/full")
    assert result.exit_code == 1
    assert "/dev/full: can't be written (No space left on device)" in result.stderr


def test_terminal_of_few_letters_and_no_width() -> None:
    """Neither an old encoding nor a width of nothing keeps a story from being shown."""
    settings = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "0"}
    command = [sys.executable, "-m", "variorum", "read", FERRY[0]]
    found = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert "At least nine" in found.stdout


def write_bad_inputs(folder: Path) -> dict[str, str]:
    """Write every kind of input that can't be read; return what is said of each."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (folder / "row.jsonl").write_text(
        '{"id": "1", "text": "The ferry sank off Karsa on Monday, the mayor said."}\n{"id": "2", ',
        encoding="utf-8",
    )
    (folder / "column.csv").write_text("id,headline\n1,Ferry sinks\n", encoding="utf-8")
    (folder / "page.html").write_text("<html><body><nav>Home</nav></body></html>", encoding="utf-8")
    (folder / "german.txt").write_text(GERMAN, encoding="utf-8")
    return {
        "empty.txt": "empty",
        "binary.txt": "binary",
        "row.jsonl": "row 2",
        "column.csv": "text",
        "page.html": "article",
        "german.txt": "de",
    }


def test_bad_inputs(tmp_path: Path) -> None:
    """Each gets one clear line, is stored as a failure, and the rest of the run goes on."""
    folder = tmp_path / "in"
    folder.mkdir()
    expected = write_bad_inputs(folder)
    missing = str(tmp_path / "missing.txt")
    out = tmp_path / "out.json"
    result = run("read", str(folder), missing, *FERRY, "--json", str(out))
    assert result.exit_code == 0
    assert "Traceback" not in result.stderr
    lines = result.stderr.splitlines()
    failures = failures_of(out)
    for name, words in {**expected, "missing.txt": "no such"}.items():
        (line,) = [line for line in lines if name in line]
        assert words in line, line
        (failure,) = [failure for failure in failures if name in failure["input"]]
        assert failure["reason"] in line
    edition = json.loads(out.read_text(encoding="utf-8"))
    outlets = {article["outlet"] for article in edition["articles"]}
    assert {"Meridian News Agency", "Saltmere One"} <= outlets
    german = next(a for a in edition["articles"] if (a["path"] or "").endswith("german.txt"))
    assert german["language"] == "de"
    assert german["quotations"] == []


@pytest.mark.slow
def test_line_of_fifty_megabytes(tmp_path: Path) -> None:
    """A line without end is refused in bounded time and memory; the rest is read."""
    huge = tmp_path / "huge.txt"
    huge.write_bytes(b"The ferry sank. " * (50 * 1024 * 1024 // 16))
    start = time.monotonic()
    result = run("read", str(huge), FERRY[0])
    assert result.exit_code == 0
    assert "huge.txt" in result.stderr
    assert time.monotonic() - start < 60


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_unreadable_folder(tmp_path: Path) -> None:
    """A folder that may not be opened is one failure."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0)
    result = run("read", str(folder), FERRY[0])
    folder.chmod(0o700)
    assert result.exit_code == 0
    assert "locked" in result.stderr


def test_unknown_encoding(tmp_path: Path) -> None:
    """Text in an old encoding is read; bytes that are no text in any are a failure."""
    (tmp_path / "old.txt").write_bytes(
        "Outlet: Le Courrier\n\nLe maire à Karsa: «Café fermé»\n\n"
        "The café on the quay of Karsa was shut, the mayor said. “Fermé,” said the sign.".encode(
            "cp1252"
        )
    )
    result = run("read", str(tmp_path / "old.txt"), "--json", str(tmp_path / "a.json"))
    assert result.exit_code == 0, result.stderr
    (article,) = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["articles"]
    assert "The café on the quay" in article["text"]
    assert "“Fermé,”" in article["text"]


@pytest.fixture
def _heard_interrupts() -> Iterator[None]:
    """Let children hear SIGINT, which a shell has its background jobs ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("_heard_interrupts")
@pytest.mark.parametrize(
    ("workers", "stop"),
    [
        ("1", lambda process: os.killpg(process.pid, signal.SIGINT)),  # as a terminal does: to all
        ("2", lambda process: os.killpg(process.pid, signal.SIGINT)),
        ("1", lambda process: process.terminate()),
        ("2", lambda process: process.terminate()),
    ],
    ids=["interrupt-1", "interrupt-2", "terminate-1", "terminate-2"],
)
def test_interrupted(
    tmp_path: Path, workers: str, stop: Callable[[subprocess.Popen[str]], None]
) -> None:
    """Stopping loses nothing already read, leaves no worker, and the same command goes on."""
    rows = tmp_path / "many.jsonl"
    text = Path(FERRY[0]).read_text(encoding="utf-8").partition("\n\n")[2]
    with rows.open("w", encoding="utf-8") as out:
        for number in range(400):
            out.write(json.dumps({"id": str(number), "outlet": f"O{number}", "text": text}) + "\n")
    store = tmp_path / "news.variorum"
    command = [sys.executable, "-m", "variorum", "read", str(rows), "--store", str(store)]
    process = subprocess.Popen(
        [*command, "--workers", workers],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while count(store) < 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    try:
        stop(process)
        # A worker left behind would keep the pipes open, and this would not return.
        _, messages = process.communicate(timeout=120)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130, messages
    assert "Traceback" not in messages
    assert "the same command goes on from there" in messages
    assert 3 <= count(store) < 400


def count(store: Path) -> int:
    """Return how many articles the file holds, seen from another process."""
    import sqlite3

    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_version_and_help() -> None:
    """The version and a help with every command are printed."""
    assert run("--version").stdout.startswith("variorum ")
    helped = run("--help").stdout
    for command in ("read", "stories", "show", "quotes", "names", "figures", "copies"):
        assert command in helped


def test_judge(tmp_path: Path) -> None:
    """What is judged of names holds in the store, is listed, undone, exported and imported."""
    store, table = str(tmp_path / "news.db"), str(tmp_path / "j.csv")
    run("read", *FERRY, "--store", store)

    same = run("judge", "same", "Piet Aldous", "Karsa", "--store", store)
    assert same.stdout == "judgement 1: Piet Aldous and Karsa are one\n"
    spellings = run("names", "--store", store).stdout
    assert any("Piet Aldous (" in line and "Karsa (" in line for line in spellings.splitlines())

    against = run("judge", "different", "karsa", "piet aldous", "--store", store)
    assert against.exit_code == 2
    assert "judgement 1" in against.stderr
    assert "undo that first" in against.stderr

    assert run("judge", "export", table, "--store", store).exit_code == 0
    assert run("judge", "undo", "1", "--store", store).exit_code == 0
    again = run("judge", "undo", "1", "--store", store)
    assert (again.exit_code, "undone before" in again.stderr) == (2, True)
    spellings = run("names", "--store", store).stdout
    assert not any("Piet Aldous (" in line and "Karsa (" in line for line in spellings.splitlines())

    assert run("judge", "import", table, "--store", store).stdout == "1 judgement added\n"
    listed = run("judge", "list", "--store", store).stdout
    assert listed.count("Piet Aldous") == 2


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Piet Aldus", "Karsa"), "did you mean 'Piet Aldous'"),
        (("Karsa@nowhere", "Piet Aldous"), "no article with the name 'Karsa' named 'nowhere'"),
        (("Karsa", "Karsa"), "name the article of each"),
    ],
)
def test_judge_refuses(tmp_path: Path, names: tuple[str, str], said: str) -> None:
    """A name or an article that the store does not have is told of, and nothing is kept."""
    store = str(tmp_path / "news.db")
    run("read", *FERRY, "--store", store)

    result = run("judge", "different", *names, "--store", store)

    assert result.exit_code != 0
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert "nothing was judged" in run("judge", "list", "--store", store).stderr


def test_review(tmp_path: Path) -> None:
    """Doubtful names are shown with their places and judged one by one; what was judged is kept."""
    store = str(tmp_path / "news.db")
    run("read", str(EXAMPLES), "--store", store)

    result = run("names", "--review", "--store", store, text="s\nwhat?\nd\n\nq\n")
    assert result.exit_code == 0, result.stderr
    assert "[s]ame, [d]ifferent" in result.stdout
    assert "not understood: what?" in result.stdout
    assert "2 judgements kept" in result.stdout
    listed = run("judge", "list", "--store", store).stdout
    assert (listed.count(" same "), listed.count(" different ")) == (1, 1)

    first = result.stdout.split("1 of ")[1].split("held to be")[0].partition("  ")[2]
    again = run("names", "--review", "--store", store, text="")
    assert "0 judgements kept" in again.stdout
    assert first.strip() not in again.stdout


def test_judge_export_spares_the_store(tmp_path: Path) -> None:
    """The store itself is no file to export into; a file that can't be written is told of."""
    store = str(tmp_path / "news.db")
    run("read", *FERRY, "--store", store)
    run("judge", "same", "Piet Aldous", "Karsa", "--store", store)

    onto = run("judge", "export", store, "--store", store)
    assert (onto.exit_code, "is the store" in onto.stderr) == (2, True)
    nowhere = run("judge", "export", str(tmp_path / "none" / "j.csv"), "--store", store)
    assert nowhere.exit_code == 1
    assert "j.csv" in nowhere.stderr
    assert "Piet Aldous" in run("judge", "list", "--store", store).stdout
