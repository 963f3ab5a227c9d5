from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records import (
    COURIER,
    annotations,
    articles,
    make_courier,
    make_lantern,
    make_page,
    make_small_edition,
)

from variorum.errors import StoreError
from variorum.model.annotation import Annotations
from variorum.model.article import Article, Failure
from variorum.model.edition import Edition
from variorum.model.judgement import NamedOne
from variorum.model.ports import Store
from variorum.store.schema import APPLICATION_ID, MIGRATIONS
from variorum.store.sqlite import SQLiteStore, make_page_id

Opener = Callable[[Path], SQLiteStore]

OPENERS: dict[str, Opener] = {
    "file": lambda folder: SQLiteStore(folder / "news.db"),
    "memory": lambda _: SQLiteStore(Path(":memory:")),
}
"""Every way there is to keep things; each must pass the whole of the contract."""

BROKEN = Failure(input="three.pdf", stage="ingest", reason="is a PDF, not text")


@pytest.fixture(params=sorted(OPENERS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SQLiteStore]:
    with OPENERS[request.param](tmp_path) as opened:
        yield opened


def save(store: Store, *read: tuple[Article, Annotations]) -> None:
    for article, notes in read:
        store.save_read(make_page(article.text, path=article.path), article, notes, None)


def query(path: Path, sql: str, *arguments: object) -> list[tuple[object, ...]]:
    """Return what somebody else's program finds in the file."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, arguments).fetchall()
    finally:
        connection.close()


# What every store promises.


def test_new_store_is_empty(store: Store) -> None:
    """Nothing is in a store before anything was saved."""
    assert store.load_articles() == ()
    assert store.load_annotations() == ()
    assert store.load_failures() == ()
    assert store.load_edition() is None
    assert not store.find_outcome(make_page())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_saved_is_loaded(tmp_path: Path, data: st.DataObject) -> None:
    """An article and its annotations come back equal in every field, in every kind of store."""
    article = data.draw(articles())
    notes = data.draw(annotations(article.id))

    for name, opener in OPENERS.items():
        (tmp_path / "news.db").unlink(missing_ok=True)
        with opener(tmp_path) as store:
            save(store, (article, notes))

            assert store.load_articles() == (article,), name
            assert store.load_annotations() == (notes,), name


def test_articles_come_by_id(store: Store) -> None:
    """Articles and annotations come in the order of ids, not in the order of saving."""
    save(store, make_lantern(), make_courier())

    assert [article.id for article in store.load_articles()] == ["a-courier", "a-lantern"]
    assert [notes.article_id for notes in store.load_annotations()] == ["a-courier", "a-lantern"]


def test_same_page_adds_nothing(store: Store) -> None:
    """A page that was read is known, and saving it again changes nothing."""
    save(store, make_courier())
    before = store.load_articles(), store.load_annotations()

    save(store, make_courier())

    assert store.find_outcome(make_page(COURIER, path="news/courier.txt"))
    assert (store.load_articles(), store.load_annotations()) == before


@pytest.mark.parametrize(
    "told",
    [
        {"content": COURIER + " "},
        {"media": "html"},
        {"path": "two.txt"},
        {"row": 1},
        {"input_id": "7"},
        {"url": "https://courier.example/orla"},
        {"outlet": "The Courier"},
        {"title": "Ferry sinks"},
        {"author": "Ida Brandt"},
        {"published": "2031-05-04"},
    ],
)
def test_other_page_is_not_known(store: Store, told: dict[str, object]) -> None:
    """A page with another text, or of which anything else is told, is another page."""
    store.save_read(make_page(), None, None, None)

    assert store.find_outcome(make_page())
    assert not store.find_outcome(make_page(**told))


def test_two_pages_of_one_article(store: Store) -> None:
    """An article that comes in by another page stays one article with one set of annotations."""
    article, notes = make_courier()

    store.save_read(make_page(path="one.txt"), article, notes, None)
    store.save_read(make_page(path="two.txt"), article, notes, None)

    assert store.load_articles() == (article,)
    assert store.load_annotations() == (notes,)
    assert store.find_outcome(make_page(path="one.txt"))
    assert store.find_outcome(make_page(path="two.txt"))


def test_failures_are_kept_once(store: Store) -> None:
    """A failure is kept, the same one once, and all of them come sorted."""
    other = Failure(input="a.txt", stage="clean", reason="no article")

    for failure in (BROKEN, other, BROKEN):
        store.save_failure(failure)

    assert store.load_failures() == (other, BROKEN)


def test_failed_page_is_known(store: Store) -> None:
    """A page without an article is not read again, and why it has none is kept."""
    store.save_read(make_page(), None, None, BROKEN)

    assert store.find_outcome(make_page())
    assert store.load_failures() == (BROKEN,)
    assert store.load_articles() == ()


def test_outcome_of_a_page(store: Store) -> None:
    """What came of a page is known again, by whatever path it is reached now."""
    article, notes = make_courier()
    store.save_read(make_page("Home", path="one.html"), None, None, BROKEN)
    store.save_read(make_page(path="two.txt"), article, notes, None)

    failed = store.find_outcome(replace(make_page("Home", path="one.html"), where="./one.html"))
    read = store.find_outcome(make_page(path="two.txt"))

    assert failed == (False, replace(BROKEN, input="./one.html"))
    assert read == (True, None)


def test_failure_dropped(store: Store) -> None:
    """A failure can be taken back, and only that one."""
    other = replace(BROKEN, reason="is empty")
    for failure in (BROKEN, other):
        store.save_failure(failure)

    store.drop_failure(BROKEN)

    assert store.load_failures() == (other,)


def test_article_with_failure(store: Store) -> None:
    """An article that was kept but not annotated is there together with the reason."""
    article, _ = make_courier()

    store.save_read(make_page(), article, Annotations(article_id=article.id), BROKEN)

    assert store.load_articles() == (article,)
    assert store.load_failures() == (BROKEN,)


def test_all_or_nothing(store: Store) -> None:
    """Where a part of a read page can't be saved, nothing of it is, and the store goes on."""
    article, notes = make_courier()
    twice = replace(notes, quotations=notes.quotations * 2)

    with pytest.raises(sqlite3.IntegrityError):
        store.save_read(make_page(), article, twice, BROKEN)

    assert store.load_articles() == ()
    assert store.load_annotations() == ()
    assert store.load_failures() == ()
    assert not store.find_outcome(make_page())
    save(store, (article, notes))
    assert store.load_articles() == (article,)


def test_edition_saved_is_loaded(store: Store) -> None:
    """An edition with a record of every kind comes back equal."""
    edition = make_small_edition()
    save(store, make_courier(), make_lantern())
    for failure in edition.failures:
        store.save_failure(failure)

    store.save_edition(edition)

    assert store.load_edition() == edition


def test_one_edition_at_a_time(store: Store) -> None:
    """A new edition takes the place of the one before, whole."""
    store.save_edition(make_small_edition())
    empty = Edition(made_by={"ingest": 2})

    store.save_edition(empty)

    assert store.load_edition() == empty


def test_new_article_ends_the_edition(store: Store) -> None:
    """An edition that lacks an article of the store is no longer given out."""
    save(store, make_courier())
    store.save_edition(make_small_edition())

    save(store, make_courier())
    assert store.load_edition() is not None

    save(store, make_lantern())
    assert store.load_edition() is None


def test_outdated_annotations_are_replaced(store: Store) -> None:
    """What an older version found gives way to what this one finds, and ends the edition."""
    (article, notes), other = make_courier(), make_lantern()
    save(store, (article, replace(notes, version=1)), (other[0], replace(other[1], version=3)))
    store.save_edition(make_small_edition())

    assert store.load_outdated(1) == ()
    assert store.load_outdated(3) == (article,)
    found = Annotations(article_id=article.id, version=3)
    store.save_annotations(article, found)

    assert store.load_outdated(3) == ()
    assert found in store.load_annotations()
    assert len(store.load_annotations()) == 2
    assert store.load_edition() is None


def test_edition_that_lacks_an_article(store: Store) -> None:
    """An edition is not kept if another program added an article while it was made."""
    save(store, make_courier(), make_lantern())
    edition = make_small_edition()

    store.save_edition(replace(edition, articles=edition.articles[:1]))
    assert store.load_edition() is None

    store.save_edition(edition)
    assert store.load_edition() is not None


def test_judgements_are_kept(store: Store) -> None:
    """What was judged stays, in order, with what was undone; each ends the edition."""
    save(store, make_courier(), make_lantern())
    store.save_edition(make_small_edition())
    left, right = NamedOne("Ann Lane", "a1"), NamedOne("Anna Lane")

    first = store.save_judgement("same", left, right, made="2031-05-04")
    second = store.save_judgement("different", left, NamedOne("Nan"), made="2031-05-05")
    assert store.load_edition() is None
    assert store.load_entities() == make_small_edition().entities
    assert store.load_judgements() == (first, second)
    assert (first.number, second.number) == (1, 2)

    store.undo_judgement(1, made="2031-05-06")
    assert store.load_judgements() == (replace(first, undone="2031-05-06"), second)


def test_edition_that_lacks_a_judgement(store: Store) -> None:
    """An edition is not kept if something was judged while it was made."""
    save(store, make_courier(), make_lantern())
    edition = make_small_edition()
    said = store.save_judgement("same", NamedOne("Ann"), NamedOne("Anna"), made="2031-05-04")

    store.save_edition(edition)
    assert store.load_edition() is None

    store.save_edition(replace(edition, judgements=(said,)))
    loaded = store.load_edition()
    assert loaded is not None
    assert loaded.judgements == (said,)


# What the file promises to people with other programs.


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with two articles, a failure and their edition, closed."""
    path = tmp_path / "news.db"
    with SQLiteStore(path) as store:
        save(store, make_courier(), make_lantern())
        store.save_failure(BROKEN)
        store.save_edition(make_small_edition())
    return path


def test_reopened_file(path: Path) -> None:
    """What was saved is there when the file is opened again, and opening changes no table."""
    schema = query(path, "SELECT name, sql FROM sqlite_schema ORDER BY name")

    with SQLiteStore(path) as store:
        assert store.load_edition() == make_small_edition()
        assert store.load_articles() == make_small_edition().articles

    assert query(path, "SELECT name, sql FROM sqlite_schema ORDER BY name") == schema


def test_two_at_once(path: Path) -> None:
    """What one program saves, another that has the file open finds."""
    page = make_page("Other.")
    with SQLiteStore(path) as left, SQLiteStore(path) as right:
        left.save_read(page, None, None, None)

        assert right.find_outcome(page)


def test_made_by_several_at_once(tmp_path: Path) -> None:
    """Programs that open the same new store at the same moment all get it."""
    for attempt in range(5):
        path = tmp_path / f"{attempt}.db"
        start = threading.Barrier(4)

        def open_and_save(number: int, path: Path = path, start: threading.Barrier = start) -> None:
            start.wait()
            with SQLiteStore(path) as store:
                store.save_failure(replace(BROKEN, input=f"{number}.pdf"))

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(open_and_save, range(4)))

        with SQLiteStore(path) as store:
            assert len(store.load_failures()) == 4


def test_every_view_answers(path: Path) -> None:
    """Each view can be selected from and has the rows of the edition."""
    (*views,) = query(path, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")

    counts = {name: len(query(path, f"SELECT * FROM {name}")) for (name,) in views}

    assert counts == {
        "entities": 1,
        "readings": 3,
        "spellings": 2,
        "stories": 1,
        "story_articles": 2,
    }


def test_views_say_what_the_edition_says(path: Path) -> None:
    """Titles, spellings and words come out of the views as a person would read them."""
    words = query(path, "SELECT outlet, words FROM readings ORDER BY statement_id, outlet")
    spellings = query(path, "SELECT name, spelling, count FROM spellings ORDER BY spelling")

    assert query(path, "SELECT title, n_articles, n_statements FROM stories") == [
        ("The ferry Orla sinks", 2, 2)
    ]
    assert words == [
        ("The Courier", "Twelve people were killed"),
        ("The Lantern", "At least 14 people were killed off Karsa"),
        ("The Lantern", "She blamed ... reckless owners"),
    ]
    assert spellings == [("Ana Reyes", "Ana Reyes", 1), ("Ana Reyes", "Reyes", 2)]


def test_words_of_quotations_beyond_the_basic_plane(tmp_path: Path) -> None:
    """SQLite counts characters as we do: an emoji before a quotation does not shift its words."""
    article, notes = make_lantern()
    moved = replace(article, text="😀é" + article.text[2:])
    path = tmp_path / "news.db"

    with SQLiteStore(path) as store:
        save(store, (moved, notes))
        store.save_edition(make_small_edition())

    words = query(path, "SELECT words FROM readings WHERE outlet = 'The Lantern'")
    assert ("At least 14 people were killed off Karsa",) in words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("orla", ["a-courier"]),
        ("reckless owners", ["a-lantern"]),
        ("kíllèd", ["a-courier", "a-lantern"]),
        ("title:sinks", ["a-courier"]),
        ("zeppelin", []),
    ],
)
def test_search_of_articles(path: Path, words: str, expected: list[str]) -> None:
    """Full-text search finds articles by words of text and title, whatever case and accents."""
    sql = """SELECT articles.id FROM articles_search
             JOIN articles ON articles.rowid = articles_search.rowid
             WHERE articles_search MATCH ? ORDER BY articles.id"""

    assert query(path, sql, words) == [(name,) for name in expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("twelve", ["q-courier"]), ("speaker_name:reyes", ["q-courier"]), ("blamed", [])],
)
def test_search_of_quotations(path: Path, words: str, expected: list[str]) -> None:
    """Full-text search finds quotations by their words and their speaker, and nothing else."""
    sql = """SELECT quotations.id FROM quotations_search
             JOIN quotations ON quotations.rowid = quotations_search.rowid
             WHERE quotations_search MATCH ?"""

    assert query(path, sql, words) == [(name,) for name in expected]


def test_search_follows_deletion(path: Path) -> None:
    """What a person deletes with another program is no longer found, and the index stays whole."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        connection.execute("DELETE FROM pages")
        connection.execute("DELETE FROM articles WHERE id = 'a-courier'")
        for index in ("articles_search", "quotations_search"):
            connection.execute(f"INSERT INTO {index}({index}) VALUES ('integrity-check')")
    connection.close()

    found = "SELECT count(*) FROM {0} WHERE {0} MATCH 'twelve'"
    assert query(path, found.format("articles_search")) == [(0,)]
    assert query(path, found.format("quotations_search")) == [(0,)]
    with SQLiteStore(path) as store:
        assert [article.id for article in store.load_articles()] == ["a-lantern"]
        assert [notes.article_id for notes in store.load_annotations()] == ["a-lantern"]


def test_file_is_sound(path: Path) -> None:
    """SQLite itself finds nothing wrong, no reference that leads nowhere, and our mark."""
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert query(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]


def test_settings_of_the_connection(path: Path) -> None:
    """Readers don't wait for a writer, and a reference to nothing is refused."""
    with SQLiteStore(path) as store:
        assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store._db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            store._db.execute(
                "INSERT INTO pages(id, input, article_id) VALUES ('p-1', 'one.txt', 'a-nowhere')"
            )


# Migrations, and files that are no store.


@pytest.mark.parametrize("n_applied", range(len(MIGRATIONS) + 1))
def test_migration_from_every_step(tmp_path: Path, n_applied: int) -> None:
    """A store left at any earlier step is brought to the newest shape when it is opened."""
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    for migration in MIGRATIONS[:n_applied]:
        connection.executescript(migration.script)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID if n_applied else 0}")
    connection.execute(f"PRAGMA user_version = {n_applied}")
    connection.close()

    with SQLiteStore(path) as store:
        save(store, make_courier())
        assert store.load_articles() == (make_courier()[0],)

    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    with SQLiteStore(tmp_path / "new.db"):
        pass
    assert query(path, schema) == query(tmp_path / "new.db", schema)
    assert query(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]


def test_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """A file of no bytes, such as ``mktemp`` leaves, can be made into a store."""
    path = tmp_path / "empty.db"
    path.touch()

    with SQLiteStore(path) as store:
        save(store, make_courier())

    with SQLiteStore(path) as store:
        assert len(store.load_articles()) == 1


def test_outcomes_of_an_older_store(tmp_path: Path) -> None:
    """Why a page failed is known of pages that were read before the ledger said so."""
    path = tmp_path / "old.db"
    page = make_page("Home")
    connection = sqlite3.connect(path)
    for migration in MIGRATIONS[:3]:
        connection.executescript(migration.script)
    connection.execute(
        "INSERT INTO pages(id, input) VALUES (?, ?)", [make_page_id(page), page.where]
    )
    connection.execute("INSERT INTO failures VALUES (?, 'clean', 'no article')", [page.where])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 3")
    connection.commit()
    connection.close()

    with SQLiteStore(path) as store:
        failure = Failure(input=page.where, stage="clean", reason="no article")
        assert store.find_outcome(page) == (False, failure)


def test_full_disk(tmp_path: Path) -> None:
    """Where there is no room any more, one line says so, and what was saved is there."""
    path = tmp_path / "news.db"
    with SQLiteStore(path) as store:
        save(store, make_courier())
        (n_pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {n_pages}")
        article, notes = make_lantern()
        with pytest.raises(StoreError, match="full") as caught:
            save(store, (replace(article, text=article.text * 1_000), notes))

    assert str(caught.value).startswith(f"{path}: ")
    with SQLiteStore(path) as store:
        assert store.load_articles() == (make_courier()[0],)


def test_record_of_another_version(path: Path) -> None:
    """A record that can't be read back is told of, with what to do."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE edition_parts SET record = '{}' WHERE part = 'account'")
    connection.commit()
    connection.close()

    with SQLiteStore(path) as store, pytest.raises(StoreError, match="into a new one"):
        store.load_edition()


def refuse(path: Path) -> str:
    """Return what opening says; the file must be named first and its bytes left alone."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError) as caught:
        SQLiteStore(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert before is None or path.read_bytes() == before
    return message


@pytest.mark.parametrize("content", [b"Ferry sinks off Karsa\n" * 100, b"SQLite format 3\0" * 99])
def test_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    """A text, or a database that is broken, is left alone, and the message says what to do."""
    path = tmp_path / "article.txt"
    path.write_bytes(content)

    message = refuse(path)

    assert "not a Variorum store" in message
    assert "give another file" in message


def test_database_of_something_else(tmp_path: Path) -> None:
    """Another program's database is left alone, and the message says what to do."""
    path = tmp_path / "photos.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (id INTEGER PRIMARY KEY)")
    connection.close()

    message = refuse(path)

    assert "something else" in message
    assert "give another file" in message


def test_newer_store(path: Path) -> None:
    """A store of a Variorum yet to come is left alone, and the message says to upgrade."""
    newer = len(MIGRATIONS) + 1
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {newer}")
    connection.close()

    message = refuse(path)

    assert f"step {newer}" in message
    assert "upgrade Variorum" in message


def test_place_without_a_folder(tmp_path: Path) -> None:
    """A file in a folder that is not there, or a folder itself, can't be a store."""
    for path in (tmp_path / "nowhere" / "news.db", tmp_path):
        message = refuse(path)
        assert "can't be opened" in message
        assert "give a file in a folder that is there" in message


def test_locked_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that another program does not let go of is not called something else."""
    monkeypatch.setattr("variorum.store.sqlite.BUSY_TIMEOUT_SECONDS", 0)
    holder = sqlite3.connect(path)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StoreError, match=r"locked.*; see that it .* is free"):
        SQLiteStore(path)
    holder.close()
