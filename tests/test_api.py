"""What reading into a store promises over several runs: failures that come, stay and go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from variorum.api import ReadCount, open_store, read_inputs
from variorum.errors import UsageError
from variorum.model.annotation import Annotations
from variorum.model.article import Failure

TEXT = "Ferry sinks off Karsa\n\nA ferry sank off Karsa on Monday, the harbour master said.\n"
HOME = "<html><body><nav><a href='/'>Home</a></nav></body></html>"


def read(store: Path, *inputs: object) -> tuple[ReadCount, tuple[Failure, ...]]:
    """Return what the run came to, and the failures that the store holds after it."""
    with open_store(store) as opened:
        count = read_inputs([i if isinstance(i, Failure) else str(i) for i in inputs], opened)
        return count, opened.load_failures()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_failed_page_fails_again(store: Path, folder: Path) -> None:
    """A page without an article is told of in every run, and does not count as read."""
    (folder / "home.html").write_text(HOME)

    first, _ = read(store, folder)
    second, kept = read(store, folder)

    assert first == second
    assert not second.has_read
    assert kept == second.failures


@pytest.mark.parametrize("workers", [1, 2])
def test_annotations_of_an_older_version(store: Path, folder: Path, workers: int) -> None:
    """After an upgrade the next run finds anew what the store's articles hold, from the store."""
    (folder / "one.txt").write_text(TEXT)
    read(store, folder)
    with open_store(store) as opened:
        (before,), (article,) = opened.load_annotations(), opened.load_articles()
        opened.save_annotations(article, Annotations(article_id=article.id, version=0))
    (folder / "one.txt").unlink()

    with open_store(store) as opened:
        count = read_inputs([str(folder)], opened, workers=workers)
        again = read_inputs([str(folder)], opened)
        (after,) = opened.load_annotations()

    assert (count.n_renewed, again.n_renewed) == (1, 0)
    assert after == before
    assert after.mentions


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_one_article_told_twice(store: Path, folder: Path, order: tuple[str, str]) -> None:
    """Of two files of one article the same one is kept, whichever is read first."""
    for name, day in (("a", "2030-10-12"), ("b", "2030-10-14")):
        head = f"outlet: The Courier\nurl: https://courier.example/1\npublished: {day}\n\n"
        (folder / f"{name}.txt").write_text(head + TEXT)

    counts = [read(store, folder / f"{name}.txt")[0] for name in order]

    assert [(count.n_new, count.n_known) for count in counts] == [(1, 0), (0, 1)]
    with open_store(store) as opened:
        (article,), (notes,) = opened.load_articles(), opened.load_annotations()
    assert (article.published, article.path) == ("2030-10-12", "a.txt")
    assert [date.value for date in notes.dates] == ["2030-10-07"]


def test_folder_named_another_way(store: Path, folder: Path) -> None:
    """A file read through the folder above is the article that it was."""
    (folder / "one.txt").write_text(TEXT)
    first, _ = read(store, folder)
    second, _ = read(store, folder.parent / "in" / "one.txt")
    third, _ = read(store, folder.parent)

    assert [count.n_new for count in (first, second, third)] == [1, 0, 0]


def test_store_of_another_pipeline(store: Path, folder: Path) -> None:
    """What two pipelines found is not mixed: the second is told, and nothing is read."""
    (folder / "one.txt").write_text(TEXT)
    with open_store(store) as opened:
        read_inputs([str(folder)], opened)
        with pytest.raises(UsageError, match="leave --language-model out, or take another store"):
            read_inputs([str(folder)], opened, model="other_pipeline")
        (article,) = opened.load_articles()
        opened.save_annotations(article, Annotations(article_id=article.id, model="other_pipeline"))
        with pytest.raises(UsageError, match="give --language-model other_pipeline"):
            read_inputs([str(folder)], opened)


@pytest.mark.parametrize("given", ["in", "in/one.txt", "./in/"])
def test_mended_file(store: Path, folder: Path, given: str) -> None:
    """A file that can be read by now is no failure any longer, however it is named."""
    (folder / "one.txt").write_text("")
    _, before = read(store, folder.parent / given)
    (folder / "one.txt").write_text(TEXT)
    count, after = read(store, folder.parent / given)

    assert (len(before), after, count.n_new) == (1, (), 1)


def test_folder_that_came_back(store: Path, tmp_path: Path) -> None:
    """Articles known from before settle what failed since."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/one.txt").write_text(TEXT)
    read(store, tmp_path / "in")
    (tmp_path / "in").rename(tmp_path / "away")
    _, missing = read(store, tmp_path / "in")
    (tmp_path / "away").rename(tmp_path / "in")

    count, after = read(store, tmp_path / "in")

    assert (len(missing), after, count.n_known) == (1, (), 1)


def test_mended_row(store: Path, folder: Path) -> None:
    """A row of a table is settled alone."""
    table = folder / "t.jsonl"
    table.write_text('{"text": ""}\n{"text": 1, "id": {}}\n')
    _, before = read(store, table)
    row = json.dumps({"text": TEXT.replace("\n", " ")})
    table.write_text(f'{row}\n{{"text": 1, "id": {{}}}}\n')
    _, after = read(store, table)

    assert len(before) == 2
    assert after == before[1:]


def test_failures_of_other_inputs_stay(store: Path, folder: Path) -> None:
    """What was not looked at in this run is not settled by it."""
    (folder / "one.txt").write_text(TEXT)
    _, before = read(store, folder.parent / "other", folder.parent / "in.txt")

    _, after = read(store, folder)

    assert len(before) == 2
    assert after == before


def test_failure_that_the_caller_brings(store: Path) -> None:
    """What could not even become a page is kept and counted like the rest."""
    failure = Failure(input="standard input", stage="ingest", reason="is empty")

    count, kept = read(store, failure)

    assert count.failures == kept == (failure,)


FOREIGN = {
    "fr": "Le traversier a coulé lundi au large de la ville, a déclaré le capitaine du port. " * 3,
    "ar": "غرقت العبارة قبالة الساحل صباح يوم الاثنين بحسب مدير الميناء. " * 3,
}


@pytest.mark.parametrize("language", FOREIGN)
def test_other_language(store: Path, folder: Path, language: str) -> None:
    """An article in another language is kept, marked, and skipped with a stored reason."""
    path = folder / "one.txt"
    path.write_text(FOREIGN[language], encoding="utf-8")

    count, failures = read(store, path)
    with open_store(store) as opened:
        (article,) = opened.load_articles()

    assert (article.text, article.language) == (FOREIGN[language], language)
    assert count.failures == failures
    assert [(failure.input, failure.stage) for failure in failures] == [(str(path), "annotate")]
    assert "kept but not annotated" in failures[0].reason
