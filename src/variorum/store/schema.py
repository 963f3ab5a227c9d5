"""The store's tables, as named migrations; applied in order, each once, never edited after release.

Records are kept whole as JSON beside the columns that queries need, so that a record loaded is the
record saved; the views take them apart for a person with ``sqlite3`` or Datasette.
"""

from __future__ import annotations

from typing import NamedTuple

APPLICATION_ID = 0x5641524F
"""Says that a SQLite file is ours ("VARO"); ``file`` and SQLite itself show it."""


class Migration(NamedTuple):
    """A named step from one shape of the store to the next."""

    name: str
    script: str


MIGRATIONS = (
    Migration(
        "001_articles",
        """
        CREATE TABLE pages (                 -- the ledger: what was read, and what came of it
            id TEXT PRIMARY KEY,             -- hash of the content and of what was told about it
            input TEXT NOT NULL,
            article_id TEXT REFERENCES articles(id)
        ) STRICT;
        CREATE TABLE articles (
            id TEXT PRIMARY KEY,
            outlet TEXT NOT NULL,
            title TEXT,
            published TEXT,
            url TEXT,
            path TEXT,
            text TEXT NOT NULL,
            record TEXT NOT NULL CHECK (json_valid(record))
        ) STRICT;
        CREATE INDEX articles_by_outlet ON articles(outlet, published);
        CREATE TABLE annotations (
            article_id TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            record TEXT NOT NULL CHECK (json_valid(record))
        ) STRICT;
        CREATE TABLE quotations (
            id TEXT PRIMARY KEY,
            article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            speaker_name TEXT,
            words TEXT NOT NULL,
            confidence REAL NOT NULL
        ) STRICT;
        CREATE INDEX quotations_by_article ON quotations(article_id);
        CREATE TABLE failures (
            input TEXT NOT NULL,
            stage TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (input, stage, reason)
        ) STRICT;
        """,
    ),
    Migration(
        "002_search",
        """
        CREATE VIRTUAL TABLE articles_search USING fts5(
            title, text, content='articles', tokenize='unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER articles_search_insert AFTER INSERT ON articles BEGIN
            INSERT INTO articles_search(rowid, title, text)
            VALUES (new.rowid, new.title, new.text);
        END;
        CREATE TRIGGER articles_search_delete AFTER DELETE ON articles BEGIN
            INSERT INTO articles_search(articles_search, rowid, title, text)
            VALUES ('delete', old.rowid, old.title, old.text);
        END;
        CREATE VIRTUAL TABLE quotations_search USING fts5(
            words, speaker_name, content='quotations', tokenize='unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER quotations_search_insert AFTER INSERT ON quotations BEGIN
            INSERT INTO quotations_search(rowid, words, speaker_name)
            VALUES (new.rowid, new.words, new.speaker_name);
        END;
        CREATE TRIGGER quotations_search_delete AFTER DELETE ON quotations BEGIN
            INSERT INTO quotations_search(quotations_search, rowid, words, speaker_name)
            VALUES ('delete', old.rowid, old.words, old.speaker_name);
        END;
        """,
    ),
    Migration(
        "003_edition",
        """
        CREATE TABLE edition_parts (         -- the last edition, a row a record
            part TEXT NOT NULL,              -- account, entity, link, storyline, figure_group ...
            position INTEGER NOT NULL,
            record TEXT NOT NULL CHECK (json_valid(record)),
            PRIMARY KEY (part, position)
        ) STRICT;
        CREATE VIEW stories AS
            SELECT record ->> '$.story.id' AS id,
                   record ->> '$.story.title' AS title,
                   record ->> '$.story.started' AS started,
                   record ->> '$.story.ended' AS ended,
                   json_array_length(record, '$.story.articles') AS n_articles,
                   json_array_length(record, '$.statements') AS n_statements
            FROM edition_parts WHERE part = 'account';
        CREATE VIEW story_articles AS
            SELECT edition_parts.record ->> '$.story.id' AS story_id,
                   articles.id AS article_id, articles.outlet, articles.title, articles.published
            FROM edition_parts, json_each(edition_parts.record, '$.story.articles') AS member
            JOIN articles ON articles.id = member.value
            WHERE part = 'account';
        CREATE VIEW entities AS
            SELECT record ->> '$.id' AS id,
                   record ->> '$.name' AS name,
                   record ->> '$.kind' AS kind,
                   json_array_length(record, '$.variants') AS n_variants
            FROM edition_parts WHERE part = 'entity';
        CREATE VIEW spellings AS
            SELECT record ->> '$.id' AS entity_id, record ->> '$.name' AS name,
                   variant.value ->> '$.text' AS spelling, variant.value ->> '$.count' AS count
            FROM edition_parts, json_each(record, '$.variants') AS variant
            WHERE part = 'entity';
        CREATE VIEW readings AS
            SELECT edition_parts.record ->> '$.story.id' AS story_id,
                   statement.value ->> '$.id' AS statement_id,
                   statement.value ->> '$.speaker' AS speaker_id,
                   articles.outlet,
                   (SELECT group_concat(
                        substr(articles.text, (span.value ->> '$.start') + 1,
                               (span.value ->> '$.end') - (span.value ->> '$.start')), ' ... ')
                    FROM json_each(reading.value, '$.spans') AS span) AS words,
                   articles.id AS article_id
            FROM edition_parts,
                 json_each(edition_parts.record, '$.statements') AS statement,
                 json_each(statement.value, '$.readings') AS reading
            JOIN articles ON articles.id = reading.value ->> '$.article'
            WHERE part = 'account';
        """,
    ),
    Migration(
        "004_outcomes",
        """
        ALTER TABLE pages ADD COLUMN stage TEXT;    -- where the page failed, NULL if it did not
        ALTER TABLE pages ADD COLUMN reason TEXT;
        UPDATE pages SET (stage, reason) = (
            SELECT stage, reason FROM failures WHERE failures.input = pages.input
        );
        """,
    ),
    Migration(
        "005_versions",
        """
        ALTER TABLE annotations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;  -- of annotate
        ALTER TABLE annotations ADD COLUMN model TEXT;  -- NULL for the shipped one
        CREATE INDEX annotations_by_version ON annotations(version);
        """,
    ),
    Migration(
        "006_judgements",
        """
        CREATE TABLE judgements (            -- what people said of names, in order; never edited
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'undo')),
            left_name TEXT,
            left_article TEXT,               -- NULL for all articles
            right_name TEXT,
            right_article TEXT,
            undoes INTEGER REFERENCES judgements(number),
            made TEXT NOT NULL
        ) STRICT;
        """,
    ),
)
