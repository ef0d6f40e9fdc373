-- The loopback address at which a project's notebooks are served where *.localhost does not resolve; given on first use.
ALTER TABLE project ADD COLUMN address TEXT;
CREATE UNIQUE INDEX project_address ON project (address);
