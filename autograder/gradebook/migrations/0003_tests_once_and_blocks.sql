-- What a class shares of a test (name, title, group, points) stands once, in `test`; a grade's `tests` names
-- it by its id. There a bare number is a test that passed in full, and an object is any other, with what is
-- told of it as blocks (see `model.Block`). Grades recorded before stay as they are: an object that has its
-- test's name, title and group itself, and text in place of blocks.

CREATE TABLE test (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    exercise   TEXT NOT NULL,
    name       TEXT NOT NULL,
    tier       TEXT NOT NULL CHECK (tier IN ('visible', 'hidden')),
    grp        TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    title_ja   TEXT NOT NULL,
    max_points TEXT NOT NULL,
    UNIQUE (exercise, name, tier, grp, title_en, title_ja, max_points)
);
CREATE TRIGGER test_is_not_changed BEFORE UPDATE ON test
BEGIN SELECT RAISE(ABORT, 'the history of tests is append-only'); END;
CREATE TRIGGER test_is_kept BEFORE DELETE ON test
BEGIN SELECT RAISE(ABORT, 'the history of tests is append-only'); END;
CREATE TRIGGER test_is_not_replaced BEFORE INSERT ON test
WHEN EXISTS (SELECT 1 FROM test WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of tests is append-only'); END;

DROP VIEW test_result;
CREATE VIEW test_result AS
SELECT one.grade_id, one.run_id, one.student, one.exercise,
       coalesce(test.name, one.old_name) AS name, coalesce(test.tier, one.old_tier) AS tier, one.status, one.cause
FROM (
    SELECT g.id AS grade_id, g.run_id, g.student, g.exercise,
           CASE t.type WHEN 'integer' THEN t.value ELSE json_extract(t.value, '$.test') END AS test_id,
           CASE t.type WHEN 'integer' THEN 'passed' ELSE json_extract(t.value, '$.status') END AS status,
           CASE t.type WHEN 'object' THEN json_extract(t.value, '$.cause') END AS cause,
           CASE t.type WHEN 'object' THEN json_extract(t.value, '$.name') END AS old_name,
           CASE t.type WHEN 'object' THEN json_extract(t.value, '$.tier') END AS old_tier
    FROM grade AS g, json_each(g.tests) AS t
) AS one LEFT JOIN test ON test.id = one.test_id;
