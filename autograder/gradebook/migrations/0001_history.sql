-- Runs, submissions and grades. Rows are added, never changed: a new grade of the same work is
-- a new row, and the newest counts. The one exception is the end of a run.
--
-- Scores are kept twice: exactly, as text 'n/d', and as REAL for queries by people.

CREATE TABLE run (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at   TEXT NOT NULL,
    finished_at  TEXT,
    course_title TEXT NOT NULL,
    course_sha   TEXT NOT NULL,
    course       TEXT NOT NULL CHECK (json_valid(course)),
    seed         TEXT NOT NULL,
    sandbox      TEXT NOT NULL CHECK (json_valid(sandbox)),
    engine       TEXT NOT NULL
);

CREATE TABLE submission (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id         INTEGER NOT NULL REFERENCES run (id),
    student        TEXT NOT NULL,
    attempt        INTEGER NOT NULL,
    submission_sha TEXT NOT NULL,
    name           TEXT,
    received_at    TEXT,
    seconds        REAL NOT NULL,
    notes          TEXT NOT NULL CHECK (json_valid(notes)),
    extra          TEXT NOT NULL CHECK (json_valid(extra)),
    recorded_at    TEXT NOT NULL
);
CREATE INDEX submission_by_run ON submission (run_id, student, id);
CREATE INDEX submission_by_student ON submission (student, id);

CREATE TABLE grade (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    submission_id  INTEGER NOT NULL REFERENCES submission (id),
    position       INTEGER NOT NULL,
    run_id         INTEGER NOT NULL REFERENCES run (id),
    student        TEXT NOT NULL,
    exercise       TEXT NOT NULL,
    attempt        INTEGER NOT NULL,
    submission_sha TEXT NOT NULL,
    source_sha     TEXT NOT NULL,
    suite_sha      TEXT NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('graded', 'missing', 'grader_error')),
    score          TEXT,
    score_real     REAL,
    raw_score      TEXT,
    raw_score_real REAL,
    max_score      TEXT NOT NULL,
    max_score_real REAL NOT NULL,
    late_seconds   INTEGER NOT NULL,
    causes         TEXT NOT NULL CHECK (json_valid(causes)),
    tests          TEXT NOT NULL CHECK (json_valid(tests)),
    notes          TEXT NOT NULL CHECK (json_valid(notes)),
    UNIQUE (submission_id, exercise),
    CHECK ((status = 'grader_error') = (score IS NULL)),
    CHECK (score_real IS NULL OR score_real BETWEEN 0 AND max_score_real)
);
CREATE INDEX grade_by_submission ON grade (submission_id, position);
CREATE INDEX grade_by_key ON grade (student, exercise, attempt, submission_sha, suite_sha);
CREATE INDEX grade_by_run ON grade (run_id, exercise);

CREATE TRIGGER run_only_ends BEFORE UPDATE ON run
WHEN OLD.finished_at IS NOT NULL
  OR NEW.finished_at IS NULL
  OR (NEW.id, NEW.started_at, NEW.course_title, NEW.course_sha, NEW.course, NEW.seed, NEW.sandbox, NEW.engine)
     IS NOT
     (OLD.id, OLD.started_at, OLD.course_title, OLD.course_sha, OLD.course, OLD.seed, OLD.sandbox, OLD.engine)
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER run_is_kept BEFORE DELETE ON run
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER submission_is_not_changed BEFORE UPDATE ON submission
BEGIN SELECT RAISE(ABORT, 'the history of submissions is append-only'); END;
CREATE TRIGGER submission_is_kept BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'the history of submissions is append-only'); END;
CREATE TRIGGER grade_is_not_changed BEFORE UPDATE ON grade
BEGIN SELECT RAISE(ABORT, 'the history of grades is append-only'); END;
CREATE TRIGGER grade_is_kept BEFORE DELETE ON grade
BEGIN SELECT RAISE(ABORT, 'the history of grades is append-only'); END;

-- INSERT OR REPLACE deletes without asking the triggers above, so it is refused before it begins.
CREATE TRIGGER run_is_not_replaced BEFORE INSERT ON run
WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER submission_is_not_replaced BEFORE INSERT ON submission
WHEN EXISTS (SELECT 1 FROM submission WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of submissions is append-only'); END;
CREATE TRIGGER grade_is_not_replaced BEFORE INSERT ON grade
WHEN EXISTS (SELECT 1 FROM grade
             WHERE id = NEW.id OR (submission_id = NEW.submission_id AND exercise = NEW.exercise))
BEGIN SELECT RAISE(ABORT, 'the history of grades is append-only'); END;

-- For people with an SQL prompt: the newest grade of each exercise, and its tests one a row.
CREATE VIEW latest_grade AS
SELECT g.* FROM grade AS g
WHERE g.id = (SELECT max(n.id) FROM grade AS n WHERE n.student = g.student AND n.exercise = g.exercise);

CREATE VIEW test_result AS
SELECT g.id AS grade_id, g.run_id, g.student, g.exercise,
       json_extract(t.value, '$.name') AS name, json_extract(t.value, '$.tier') AS tier, json_extract(t.value, '$.status') AS status,
       json_extract(t.value, '$.cause') AS cause
FROM grade AS g, json_each(g.tests) AS t;
