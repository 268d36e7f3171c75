-- Work that was handed in and not understood is `missing` without a score: unknown is not 0.
-- A finished run goes on when submissions have arrived since: `run_event` says when it was taken up
-- again and when that ended. `identity` holds, part by part, what decides a grade in a run.

ALTER TABLE run ADD COLUMN identity TEXT NOT NULL DEFAULT '{}';

CREATE TABLE run_event (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run (id),
    event  TEXT NOT NULL CHECK (event IN ('resumed', 'finished')),
    at     TEXT NOT NULL
);
CREATE INDEX run_event_by_run ON run_event (run_id, id);
CREATE TRIGGER run_event_is_not_changed BEFORE UPDATE ON run_event
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER run_event_is_kept BEFORE DELETE ON run_event
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER run_event_is_not_replaced BEFORE INSERT ON run_event
WHEN EXISTS (SELECT 1 FROM run_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;

DROP VIEW test_result;
DROP VIEW latest_grade;
CREATE TABLE grade_2 (
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
    CHECK (status != 'grader_error' OR score IS NULL),
    CHECK (status != 'graded' OR score IS NOT NULL),
    CHECK (score_real IS NULL OR score_real BETWEEN 0 AND max_score_real)
);
INSERT INTO grade_2 SELECT
    id, submission_id, position, run_id, student, exercise, attempt, submission_sha, source_sha, suite_sha,
    status, score, score_real, raw_score, raw_score_real, max_score, max_score_real, late_seconds,
    causes, tests, notes
FROM grade;
DROP TABLE grade;
ALTER TABLE grade_2 RENAME TO grade;
CREATE INDEX grade_by_submission ON grade (submission_id, position);
CREATE INDEX grade_by_key ON grade (student, exercise, attempt, submission_sha, suite_sha);
CREATE INDEX grade_by_run ON grade (run_id, exercise);
CREATE TRIGGER grade_is_not_changed BEFORE UPDATE ON grade
BEGIN SELECT RAISE(ABORT, 'the history of grades is append-only'); END;
CREATE TRIGGER grade_is_kept BEFORE DELETE ON grade
BEGIN SELECT RAISE(ABORT, 'the history of grades is append-only'); END;

CREATE TRIGGER grade_is_not_replaced BEFORE INSERT ON grade
WHEN EXISTS (SELECT 1 FROM grade
             WHERE id = NEW.id OR (submission_id = NEW.submission_id AND exercise = NEW.exercise))
BEGIN SELECT RAISE(ABORT, 'the history of grades is append-only'); END;

CREATE VIEW latest_grade AS
SELECT g.* FROM grade AS g
WHERE g.id = (SELECT max(n.id) FROM grade AS n WHERE n.student = g.student AND n.exercise = g.exercise);

CREATE VIEW test_result AS
SELECT g.id AS grade_id, g.run_id, g.student, g.exercise,
       json_extract(t.value, '$.name') AS name, json_extract(t.value, '$.tier') AS tier, json_extract(t.value, '$.status') AS status,
       json_extract(t.value, '$.cause') AS cause
FROM grade AS g, json_each(g.tests) AS t;

DROP TRIGGER run_only_ends;
CREATE TRIGGER run_only_ends BEFORE UPDATE ON run
WHEN OLD.finished_at IS NOT NULL
  OR NEW.finished_at IS NULL
  OR (NEW.id, NEW.started_at, NEW.course_title, NEW.course_sha, NEW.course, NEW.seed, NEW.sandbox, NEW.engine,
      NEW.identity)
     IS NOT
     (OLD.id, OLD.started_at, OLD.course_title, OLD.course_sha, OLD.course, OLD.seed, OLD.sandbox, OLD.engine,
      OLD.identity)
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
