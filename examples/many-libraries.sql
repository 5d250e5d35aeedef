-- What the staff of many libraries mark, most wanted first: one row for each mark on each item of a checklist.
--
-- Each library exports its own to one file, and the files come into one folder, answers. Run this beside it
-- with DuckDB:
--
--     libwell export --all --output answers/riverside.jsonl
--     duckdb < many-libraries.sql
--
-- The percentage is of those who marked anything in that checklist. Groups of fewer than five are left out, so
-- that nobody can be picked out by what they marked; entries in people's own words are left out too.

WITH marks AS (
    SELECT response, library, worksheet, prompt, question, item, item_text, mark, mark_text
    FROM read_ndjson('answers/*.jsonl', columns = {
        response: 'VARCHAR', library: 'VARCHAR', worksheet: 'VARCHAR', prompt: 'VARCHAR', question: 'VARCHAR',
        item: 'VARCHAR', item_text: 'VARCHAR', mark: 'VARCHAR', mark_text: 'VARCHAR',
        kind: 'VARCHAR', not_answered: 'VARCHAR', own: 'BOOLEAN', private: 'BOOLEAN', retired: 'BOOLEAN'
    })
    WHERE kind = 'checklist' AND not_answered IS NULL AND NOT private AND NOT retired AND NOT own
),
checklists AS (
    SELECT worksheet, prompt, count(DISTINCT response) AS responses
    FROM marks
    GROUP BY worksheet, prompt
)
SELECT
    max(question) AS question,                   -- the wording of one version, where these differ
    max(item_text) AS item,
    max(mark_text) AS mark,
    round(100 * count(DISTINCT response) / max(responses)) AS percent,
    count(DISTINCT response) AS marked,
    max(responses) AS responses,
    count(DISTINCT library) AS libraries
FROM marks JOIN checklists USING (worksheet, prompt)
GROUP BY worksheet, prompt, marks.item, marks.mark
HAVING count(DISTINCT response) >= 5
ORDER BY percent DESC, marked DESC, question, item, mark;
