-- Times are milliseconds since the epoch. Hashes are lower-case hex SHA-256: no token, code or cookie is ever stored itself.

CREATE TABLE account (
    id         TEXT   PRIMARY KEY,
    name       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE login_link (
    code_sha256 TEXT   PRIMARY KEY,
    owner_id    TEXT   NOT NULL REFERENCES account (id),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT
);

CREATE TABLE session (
    id_sha256  TEXT   PRIMARY KEY,
    owner_id   TEXT   NOT NULL REFERENCES account (id),
    csrf       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE project (
    id         TEXT   PRIMARY KEY,
    owner_id   TEXT   NOT NULL REFERENCES account (id),
    name       TEXT   NOT NULL UNIQUE,
    template   TEXT   NOT NULL,
    notebook   TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

-- A browser's right to one project's host name, handed over by a ticket.
CREATE TABLE project_session (
    id_sha256      TEXT   PRIMARY KEY,
    owner_id       TEXT   NOT NULL REFERENCES account (id),
    project_id     TEXT   NOT NULL REFERENCES project (id),
    session_sha256 TEXT   REFERENCES session (id_sha256) ON DELETE CASCADE,
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL
);

-- A kernel's right to the project-scoped API, one for each start of a notebook server.
CREATE TABLE project_token (
    token_sha256 TEXT   PRIMARY KEY,
    owner_id     TEXT   NOT NULL REFERENCES account (id),
    project_id   TEXT   NOT NULL REFERENCES project (id),
    server_id    TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    revoked_at   BIGINT
);
CREATE INDEX project_token_server ON project_token (server_id);

CREATE TABLE job (
    id          TEXT   PRIMARY KEY,
    owner_id    TEXT   NOT NULL REFERENCES account (id),
    kind        TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    finished_at BIGINT
);

CREATE TABLE job_event (
    job_id TEXT    NOT NULL REFERENCES job (id),
    number INTEGER NOT NULL,
    at     BIGINT  NOT NULL,
    type   TEXT    NOT NULL,
    data   TEXT    NOT NULL,
    PRIMARY KEY (job_id, number)
);

CREATE TABLE notebook_server (
    id         TEXT    PRIMARY KEY,
    owner_id   TEXT    NOT NULL REFERENCES account (id),
    project_id TEXT    NOT NULL REFERENCES project (id),
    job_id     TEXT    NOT NULL REFERENCES job (id),
    state      TEXT    NOT NULL,
    phase      TEXT    NOT NULL,
    pid        BIGINT,
    url        TEXT,
    secret     TEXT,
    details    TEXT,
    error      TEXT,
    created_at BIGINT  NOT NULL,
    updated_at BIGINT  NOT NULL
);
CREATE INDEX notebook_server_project ON notebook_server (project_id, created_at);

CREATE TABLE model (
    id         TEXT   PRIMARY KEY,
    owner_id   TEXT   NOT NULL REFERENCES account (id),
    name       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE publication (
    id           TEXT   PRIMARY KEY,
    owner_id     TEXT   NOT NULL REFERENCES account (id),
    project_id   TEXT   NOT NULL REFERENCES project (id),
    job_id       TEXT   NOT NULL REFERENCES job (id),
    model        TEXT   NOT NULL,
    evaluate_on  TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    attempts     INTEGER NOT NULL,
    version      INTEGER,
    report       TEXT,
    error        TEXT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);
CREATE INDEX publication_state ON publication (state);

CREATE TABLE model_version (
    model_id       TEXT    NOT NULL REFERENCES model (id),
    number         INTEGER NOT NULL,
    owner_id       TEXT    NOT NULL REFERENCES account (id),
    project_id     TEXT    NOT NULL REFERENCES project (id),
    publication_id TEXT    NOT NULL UNIQUE REFERENCES publication (id),
    bundle         TEXT    NOT NULL,
    evaluated_on   TEXT    NOT NULL,
    trained_on     TEXT,
    metrics        TEXT    NOT NULL,
    verdict        TEXT    NOT NULL,
    sample         TEXT    NOT NULL,
    created_at     BIGINT  NOT NULL,
    PRIMARY KEY (model_id, number),
    UNIQUE (model_id, bundle)
);

CREATE TABLE alias (
    model_id TEXT    NOT NULL REFERENCES model (id),
    name     TEXT    NOT NULL,
    owner_id TEXT    NOT NULL REFERENCES account (id),
    version  INTEGER NOT NULL,
    moved_at BIGINT  NOT NULL,
    PRIMARY KEY (model_id, name),
    FOREIGN KEY (model_id, version) REFERENCES model_version (model_id, number)
);

CREATE TABLE alias_move (
    id           INTEGER PRIMARY KEY,
    model_id     TEXT    NOT NULL REFERENCES model (id),
    owner_id     TEXT    NOT NULL REFERENCES account (id),
    name         TEXT    NOT NULL,
    from_version INTEGER,
    to_version   INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    moved_at     BIGINT  NOT NULL
);
CREATE INDEX alias_move_name ON alias_move (model_id, name, id);

CREATE TABLE consumer (
    id           TEXT   PRIMARY KEY,
    owner_id     TEXT   NOT NULL REFERENCES account (id),
    name         TEXT   NOT NULL UNIQUE,
    token_sha256 TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL
);

CREATE TABLE consumer_model (
    consumer_id TEXT NOT NULL REFERENCES consumer (id) ON DELETE CASCADE,
    model       TEXT NOT NULL,
    PRIMARY KEY (consumer_id, model)
);
