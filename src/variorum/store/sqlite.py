"""A store in one SQLite file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from variorum.errors import StoreError
from variorum.model.annotation import Annotations, Quotation
from variorum.model.article import Article, Failure, Page
from variorum.model.edition import Edition
from variorum.model.entity import ChainLink, Entity
from variorum.model.ids import make_id
from variorum.model.judgement import Judgement, NamedOne, Verdict, list_standing
from variorum.model.ports import Outcome
from variorum.model.story import Account, FigureGroup, Storyline
from variorum.store.schema import APPLICATION_ID, MIGRATIONS

BUSY_TIMEOUT_SECONDS = 30
"""How long to wait for another process that writes into the same file."""

Record = TypeVar("Record")


class SQLiteStore:
    """Keeps pages read, articles, annotations, failures, judgements, the last edition: one file.

    Raises:
        StoreError: If the file is something else, was written by a newer Variorum, or can't be
            opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            what = f"can't be opened as a store ({error})"
            raise StoreError(f"{path}: {what}; give a file in a folder that is there") from error
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            self._db.close()
            what = f"can't be opened as a store ({error})"
            raise StoreError(f"{path}: {what}; see that it can be written and is free") from error
        except sqlite3.Error as error:
            self._db.close()
            what = f"is not a Variorum store ({error})"
            raise StoreError(f"{path}: {what}; give another file") from error
        except StoreError:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was saved stays saved."""
        self._db.close()

    def find_outcome(self, page: Page) -> Outcome | None:
        """Return what came of this very page; None if it was not read before."""
        query = "SELECT article_id, stage, reason FROM pages WHERE id = ?"
        row = self._execute(query, [make_page_id(page)]).fetchone()
        if row is None:
            return None
        article_id, stage, reason = row
        failed = Failure(input=page.where, stage=stage, reason=reason) if stage else None
        return Outcome(has_article=article_id is not None, failure=failed)

    def save_read(
        self,
        page: Page,
        article: Article | None,
        annotations: Annotations | None,
        failure: Failure | None,
    ) -> bool:
        """Keep what became of one page, all of it or nothing; return whether its article is new."""
        is_new = False
        with self._transaction():
            if article is not None and annotations is not None:
                is_new = self._keep_article(article, annotations)
            if failure is not None:
                self.save_failure(failure)
            self._execute(
                "INSERT OR IGNORE INTO pages(id, input, article_id, stage, reason)"
                " VALUES (?, ?, ?, ?, ?)",
                [
                    make_page_id(page),
                    page.where,
                    article.id if article else None,
                    failure.stage if failure else None,
                    failure.reason if failure else None,
                ],
            )
        return is_new

    def save_failure(self, failure: Failure) -> None:
        """Keep an input that could not be read; the same failure is kept once."""
        self._execute(
            "INSERT OR IGNORE INTO failures(input, stage, reason) VALUES (?, ?, ?)",
            [failure.input, failure.stage, failure.reason],
        )

    def drop_failure(self, failure: Failure) -> None:
        """Forget a failure: its input can be read by now."""
        self._execute(
            "DELETE FROM failures WHERE (input, stage, reason) = (?, ?, ?)",
            [failure.input, failure.stage, failure.reason],
        )

    def load_articles(self) -> tuple[Article, ...]:
        """Return all articles, by id."""
        return tuple(self._load("SELECT record FROM articles ORDER BY id", Article))

    def load_annotations(self) -> tuple[Annotations, ...]:
        """Return all annotations, by article id."""
        return tuple(self._load("SELECT record FROM annotations ORDER BY article_id", Annotations))

    def load_outdated(self, version: int) -> tuple[Article, ...]:
        """Return the articles that an older ``annotate`` than ``version`` read, by id."""
        query = (
            "SELECT articles.record FROM articles JOIN annotations ON article_id = articles.id"
            " WHERE version < ? ORDER BY articles.id"
        )
        return tuple(self._load(query, Article, version))

    def load_models(self) -> frozenset[str | None]:
        """Return the pipelines that annotated the store's articles; None for the shipped one."""
        rows = self._execute("SELECT DISTINCT model FROM annotations")
        return frozenset(model for (model,) in rows)

    def save_annotations(self, article: Article, annotations: Annotations) -> None:
        """Keep what was found in an article in place of what was found before."""
        with self._transaction():
            self._execute("DELETE FROM edition_parts")
            for table in ("annotations", "quotations"):
                self._execute(f"DELETE FROM {table} WHERE article_id = ?", [article.id])  # noqa: S608
            self._insert_annotations(article, annotations)

    def save_judgement(
        self, verdict: Verdict, left: NamedOne, right: NamedOne, *, made: str
    ) -> Judgement:
        """Keep what a person said of two names; the edition is then made anew."""
        with self._transaction():
            self._outdate()
            added = self._execute(
                "INSERT INTO judgements"
                "(verdict, left_name, left_article, right_name, right_article, made)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [verdict, left.name, left.article, right.name, right.article, made],
            )
        number = added.lastrowid or 0
        return Judgement(number=number, verdict=verdict, left=left, right=right, made=made)

    def undo_judgement(self, number: int, *, made: str) -> None:
        """Keep that a judgement is taken back; it stays in the list."""
        with self._transaction():
            self._outdate()
            self._execute(
                "INSERT INTO judgements(verdict, undoes, made) VALUES ('undo', ?, ?)",
                [number, made],
            )

    def load_judgements(self) -> tuple[Judgement, ...]:
        """Return all judgements, the undone ones too, by number."""
        rows = self._execute(
            "SELECT said.number, said.verdict, said.left_name, said.left_article, said.right_name,"
            " said.right_article, said.made, min(undo.made)"
            " FROM judgements AS said LEFT JOIN judgements AS undo ON undo.undoes = said.number"
            " WHERE said.verdict != 'undo' GROUP BY said.number ORDER BY said.number"
        )
        return tuple(
            Judgement(
                number=number,
                verdict=verdict,
                left=NamedOne(left, left_article),
                right=NamedOne(right, right_article),
                made=made,
                undone=undone,
            )
            for number, verdict, left, left_article, right, right_article, made, undone in rows
        )

    def load_failures(self) -> tuple[Failure, ...]:
        """Return all failures, sorted."""
        rows = self._execute(
            "SELECT input, stage, reason FROM failures ORDER BY input, stage, reason"
        )
        return tuple(Failure(input=row[0], stage=row[1], reason=row[2]) for row in rows)

    def save_edition(self, edition: Edition) -> None:
        """Keep the edition in place of the one before, unless something came in meanwhile."""
        parts: dict[str, Iterable[Any]] = {
            "account": edition.accounts,
            "entity": edition.entities,
            "figure_group": edition.figure_groups,
            "link": edition.links,
            "storyline": edition.storylines,
            "article": edition.articles,
            "annotations": edition.annotations,
            "judgement": edition.judgements,
            "made_by": [dict(edition.made_by)],
        }
        with self._transaction():
            if self._has_others(edition.articles) or not self._stands(edition.judgements):
                return
            self._execute("DELETE FROM edition_parts")
            for part, records in parts.items():
                self._db.executemany(
                    "INSERT INTO edition_parts(part, position, record) VALUES (?, ?, ?)",
                    ((part, position, _encode(record)) for position, record in enumerate(records)),
                )

    def load_entities(self) -> tuple[Entity, ...]:
        """Return the entities of the last edition, which may lack the last judgements; by id."""
        return self._load_part("entity", Entity)

    def load_edition(self) -> Edition | None:
        """Return the last edition; None if none was made."""
        made_by = self._load_part("made_by", dict[str, int])
        if not made_by:
            return None
        return Edition(
            articles=self._load_part("article", Article),
            annotations=self._load_part("annotations", Annotations),
            entities=self._load_part("entity", Entity),
            links=self._load_part("link", ChainLink),
            accounts=self._load_part("account", Account),
            storylines=self._load_part("storyline", Storyline),
            figure_groups=self._load_part("figure_group", FigureGroup),
            failures=self.load_failures(),
            judgements=self._load_part("judgement", Judgement),
            made_by=made_by[0],
        )

    def _outdate(self) -> None:
        """Let the edition be made anew; the names that it knew are kept to be asked for."""
        self._execute("DELETE FROM edition_parts WHERE part = 'made_by'")

    def _stands(self, judgements: Iterable[Judgement]) -> bool:
        """Return whether these are the judgements that stand."""
        return list_standing(self.load_judgements()) == list(judgements)

    def _has_others(self, articles: Iterable[Article]) -> bool:
        """Return whether the store has an article that is not one of these."""
        ids = msgspec.json.encode([article.id for article in articles]).decode("utf-8")
        query = "SELECT 1 FROM articles WHERE id NOT IN (SELECT value FROM json_each(?)) LIMIT 1"
        return self._execute(query, [ids]).fetchone() is not None

    def _prepare(self) -> None:
        # Tables first: another process may be making the store, its mark together with them.
        (n_tables,) = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (owner,) = self._db.execute("PRAGMA application_id").fetchone()
        if n_tables and owner != APPLICATION_ID:
            what = "is a database of something else, not a store"
            raise StoreError(f"{self._path}: {what}; give another file")
        self._write_ahead()
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._migrate()

    def _write_ahead(self) -> None:
        """Let readers go on while one writes; where SQLite would not wait for its turn, wait."""
        give_up_at = time.monotonic() + BUSY_TIMEOUT_SECONDS
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                    raise
                time.sleep(0.01)
            else:
                return

    def _migrate(self) -> None:
        version = self._find_version()
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self._path}: was written by a newer Variorum (step {version}, this one knows "
                f"{len(MIGRATIONS)}); upgrade Variorum"
            )
        for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
            try:
                self._db.executescript(
                    f"BEGIN IMMEDIATE;\n{migration.script}\n"
                    f"PRAGMA application_id = {APPLICATION_ID};\n"
                    f"PRAGMA user_version = {number};\nCOMMIT;"
                )
            except sqlite3.OperationalError:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                # Well if another process that opened the file at the same time took the step.
                if self._find_version() < number:
                    raise

    def _find_version(self) -> int:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        return int(version)

    def _keep_article(self, article: Article, annotations: Annotations) -> bool:
        """Keep an article; of two with one id the same one, whichever came first."""
        query = "SELECT published, record FROM articles WHERE id = ?"
        known = self._execute(query, [article.id]).fetchone()
        if known is not None:
            if _rank(article.published, _encode(article)) < _rank(*known):
                # The ledger's rows go on pointing to it.
                self._execute("PRAGMA defer_foreign_keys = ON")
                self._execute("DELETE FROM articles WHERE id = ?", [article.id])
                self._insert_article(article, annotations)
            return False
        self._insert_article(article, annotations)
        return True

    def _insert_article(self, article: Article, annotations: Annotations) -> None:
        # The edition is of all articles: with one more it is no longer this one.
        self._execute("DELETE FROM edition_parts")
        self._execute(
            "INSERT INTO articles(id, outlet, title, published, url, path, text, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                article.id,
                article.outlet,
                article.title,
                article.published,
                article.url,
                article.path,
                article.text,
                _encode(article),
            ],
        )
        self._insert_annotations(article, annotations)

    def _insert_annotations(self, article: Article, annotations: Annotations) -> None:
        self._execute(
            "INSERT INTO annotations(article_id, version, model, record) VALUES (?, ?, ?, ?)",
            [article.id, annotations.version, annotations.model, _encode(annotations)],
        )
        self._db.executemany(
            "INSERT INTO quotations(id, article_id, kind, speaker_name, words, confidence)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (_quotation_row(article, quotation) for quotation in annotations.quotations),
        )

    def _load_part(self, part: str, kind: type[Record]) -> tuple[Record, ...]:
        query = "SELECT record FROM edition_parts WHERE part = ? ORDER BY position"
        return tuple(self._load(query, kind, part))

    def _load(self, query: str, kind: type[Record], *arguments: str | int) -> Iterator[Record]:
        decoder = msgspec.json.Decoder(kind)
        for (record,) in self._execute(query, arguments):
            try:
                yield decoder.decode(record)
            except msgspec.MsgspecError as error:
                what = f"holds a record that this Variorum can't read ({error})"
                raise StoreError(
                    f"{self._path}: {what}; read the articles into a new one"
                ) from error

    def _execute(self, query: str, arguments: Sequence[str | int | None] = ()) -> sqlite3.Cursor:
        with self._told():
            return self._db.execute(query, arguments)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell of a store that can't be used any longer: no room, no right to write, broken."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # not the file's fault but ours
        except sqlite3.Error as error:
            what = f"can't be used any longer ({error})"
            advice = "what was saved is kept: see that the file is whole, free and can be written"
            raise StoreError(f"{self._path}: {what}; {advice}") from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                # After some errors SQLite has rolled back itself.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")


def make_page_id(page: Page) -> str:
    """Return the hash by which the ledger knows a page: its content and what was told of it."""
    told = (page.path, page.row, page.input_id, page.url, page.outlet, page.title, page.author)
    return make_id("p", page.media, *told, page.published, page.content)


def _encode(record: object) -> str:
    return msgspec.json.encode(record).decode("utf-8")


def _rank(published: str | None, record: str) -> tuple[bool, str, str]:
    """Return what decides between two records of one article: the earlier one stays."""
    return published is None, published or "", record


def _quotation_row(article: Article, quotation: Quotation) -> tuple[str | float | None, ...]:
    words = " ".join(run.span.of(article.text) for run in quotation.content)
    speaker = quotation.speaker_name
    return (quotation.id, article.id, quotation.kind, speaker, words, quotation.confidence)
