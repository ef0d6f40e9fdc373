-- Personal API tokens: a person's programs, each with a role of its own. A revoked one stays for a while, so that it can be told apart.
CREATE TABLE token (
    id           TEXT   PRIMARY KEY,
    owner_id     TEXT   NOT NULL REFERENCES account (id),
    name         TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    sha256       TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);
CREATE UNIQUE INDEX token_name ON token (owner_id, name) WHERE revoked_at IS NULL;

-- A browser that came in by a ticket which a token asked for is out when the token is.
ALTER TABLE project_session ADD COLUMN token_id TEXT REFERENCES token (id) ON DELETE CASCADE;

-- Answers to requests with an Idempotency-Key. No status: the request is being answered, or the workbench ended while it was.
CREATE TABLE kept_answer (
    owner_id       TEXT    NOT NULL REFERENCES account (id),
    scope          TEXT    NOT NULL,
    key            TEXT    NOT NULL,
    request_sha256 TEXT    NOT NULL,
    status         INTEGER,
    headers        TEXT,
    body           TEXT,
    created_at     BIGINT  NOT NULL,
    PRIMARY KEY (owner_id, scope, key)
);
CREATE INDEX kept_answer_age ON kept_answer (created_at);
