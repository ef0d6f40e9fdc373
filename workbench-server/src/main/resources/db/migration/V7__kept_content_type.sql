-- The column never held headers, only the kept answer's content type.
ALTER TABLE kept_answer RENAME COLUMN headers TO content_type;
