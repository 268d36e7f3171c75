-- A gradebook of two students as the program wrote it when a message was text (sqlite3's .dump).
BEGIN TRANSACTION;
CREATE TABLE "grade" (
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
INSERT INTO "grade" VALUES(1,1,0,1,'s001','relu',1,'sub-1','src-1','suite-1','graded','1/3',3.33333333333333314829e-01,'1/3',3.33333333333333314829e-01,'1/1',1.0,0,'["absolute_value"]','[{"name":"test_sign","tier":"visible","status":"failed","points":"0","max_points":"0","cause":"absolute_value","message":{"en":"relu(array([[-1.5, 2., 0.25], [3., -0.5, 1.]]))\nThe result has 2 of 6 elements wrong; the first is at [0, 0].\nLargest error: 1.5 absolute\n  index  | yours | expected\n  -------|-------|---------\n  [0, 0] |   1.5 |        0\n  [1, 1] |   0.5 |        0\nLikely cause: Negative inputs came out positive.","ja":"relu(array([[-1.5, 2., 0.25], [3., -0.5, 1.]]))\n戻り値の 6 個の要素のうち 2 個が違います。最初に違うのは [0, 0] です。\n最大誤差: 絶対誤差 1.5\n  位置   | あなたの結果 | 正しい値\n  -------|--------------|---------\n  [0, 0] |          1.5 |        0\n  [1, 1] |          0.5 |        0\n考えられる原因: 負の入力が正になっています。"},"title":{"en":"negative inputs","ja":"負の入力"},"group":"value"},{"name":"test_zero","tier":"visible","status":"passed","points":"0","max_points":"0","cause":null,"message":{"en":"Passed.","ja":"合格です。"},"title":{"en":"zero","ja":"ゼロ"},"group":"value"},{"name":"test_sign","tier":"hidden","status":"failed","points":"0","max_points":"1/3","cause":"absolute_value","message":{"en":"negative inputs, again: the result is not what it should be.\nLikely cause: Negative inputs came out positive.","ja":"負の入力（再）：結果が正しくありません。\n考えられる原因: 負の入力が正になっています。"},"title":{"en":"negative inputs, again","ja":"負の入力（再）"},"group":"value"},{"name":"test_shape","tier":"hidden","status":"passed","points":"1/3","max_points":"1/3","cause":null,"message":{"en":"Passed.","ja":"合格です。"},"title":{"en":"the shape","ja":"形状"},"group":"value"},{"name":"test_list","tier":"hidden","status":"error","points":"0","max_points":"1/3","cause":null,"message":{"en":"TypeError: bad operand\nrelu.py, line 4: return -x","ja":"TypeError: bad operand\nrelu.py、4 行目: return -x"},"title":{"en":"a list","ja":"リスト"},"group":"value"}]','[]');
INSERT INTO "grade" VALUES(2,1,1,1,'s001','quiz_a',1,'sub-1','src-2','suite-2','graded','3/2',1.5,'3/2',1.5,'2/1',2.0,0,'["swapped"]','[{"response":"3","variant":2,"picks":["a"],"name":"q1","tier":"visible","status":"passed","points":"1","max_points":"1","cause":null,"message":{"en":"Answer: 3","ja":"解答: 3"},"title":{"en":"How many?","ja":"いくつですか。"},"group":""},{"response":"4","variant":0,"picks":["b"],"name":"q2","tier":"visible","status":"failed","points":"1/2","max_points":"1","cause":"swapped","message":{"en":"Answer: 4\nSolution: 5","ja":"解答: 4\n解説: 5"},"title":{"en":"And now?","ja":"では、これは。"},"group":""}]','[]');
INSERT INTO "grade" VALUES(3,2,0,1,'s002','relu',1,'','','','missing','0/1',0.0,'0/1',0.0,'1/1',1.0,0,'[]','[]','[]');
INSERT INTO "grade" VALUES(4,2,1,1,'s002','quiz_a',1,'','','','missing','0/1',0.0,'0/1',0.0,'2/1',2.0,0,'[]','[]','[]');
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
, identity TEXT NOT NULL DEFAULT '{}');
INSERT INTO "run" VALUES(1,'2026-11-30T21:38:17.302375+00:00','2026-11-30T21:38:17.328462+00:00','Deep learning','c','{"title":{"en":"Deep learning","ja":"深層学習"},"exercises":[{"id":"relu","title":{"en":"ReLU","ja":"ReLU 関数"},"max_score":"1","unit":{"en":"Activations","ja":"活性化関数"},"groups":{"value":{"en":"Values","ja":"値"}},"causes":{"absolute_value":{"en":"Negative inputs came out positive.","ja":"負の入力が正になっています。"}},"items":{}},{"id":"quiz_a","title":{"en":"A quiz","ja":"クイズ"},"max_score":"2","unit":{"en":"","ja":""},"groups":{},"causes":{},"items":{}}]}','5','{"network":true}','0.1','{}');
CREATE TABLE run_event (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES run (id),
    event  TEXT NOT NULL CHECK (event IN ('resumed', 'finished')),
    at     TEXT NOT NULL
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
INSERT INTO "submission" VALUES(1,1,'s001',1,'sub-1','山田','2026-05-31T17:00:05+09:00',0.5,'[]','{}','2026-11-30T21:38:17.310949+00:00');
INSERT INTO "submission" VALUES(2,1,'s002',1,'',NULL,NULL,0.0,'[]','{}','2026-11-30T21:38:17.318059+00:00');
CREATE INDEX submission_by_run ON submission (run_id, student, id);
CREATE INDEX submission_by_student ON submission (student, id);
CREATE TRIGGER run_is_kept BEFORE DELETE ON run
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER submission_is_not_changed BEFORE UPDATE ON submission
BEGIN SELECT RAISE(ABORT, 'the history of submissions is append-only'); END;
CREATE TRIGGER submission_is_kept BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'the history of submissions is append-only'); END;
CREATE TRIGGER run_is_not_replaced BEFORE INSERT ON run
WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER submission_is_not_replaced BEFORE INSERT ON submission
WHEN EXISTS (SELECT 1 FROM submission WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of submissions is append-only'); END;
CREATE INDEX run_event_by_run ON run_event (run_id, id);
CREATE TRIGGER run_event_is_not_changed BEFORE UPDATE ON run_event
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER run_event_is_kept BEFORE DELETE ON run_event
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
CREATE TRIGGER run_event_is_not_replaced BEFORE INSERT ON run_event
WHEN EXISTS (SELECT 1 FROM run_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
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
CREATE TRIGGER run_only_ends BEFORE UPDATE ON run
WHEN OLD.finished_at IS NOT NULL
  OR NEW.finished_at IS NULL
  OR (NEW.id, NEW.started_at, NEW.course_title, NEW.course_sha, NEW.course, NEW.seed, NEW.sandbox, NEW.engine,
      NEW.identity)
     IS NOT
     (OLD.id, OLD.started_at, OLD.course_title, OLD.course_sha, OLD.course, OLD.seed, OLD.sandbox, OLD.engine,
      OLD.identity)
BEGIN SELECT RAISE(ABORT, 'the history of runs is append-only'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('grade',4);
INSERT INTO "sqlite_sequence" VALUES('run',1);
INSERT INTO "sqlite_sequence" VALUES('submission',2);
COMMIT;
PRAGMA application_id = 1095193154;
PRAGMA user_version = 2;
