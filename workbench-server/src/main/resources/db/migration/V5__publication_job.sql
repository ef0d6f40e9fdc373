-- A publication is one resumable job: who wants it cancelled says so here, and the run stops at its next step.
ALTER TABLE publication ADD COLUMN cancel_asked_at BIGINT;

-- Numbers of versions are never used twice, also when a version was withdrawn because its publication failed.
ALTER TABLE model ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;
UPDATE model SET newest = COALESCE((SELECT MAX(number) FROM model_version WHERE model_version.model_id = model.id), 0);

-- A staged version is loaded by the endpoint before any name points at it. A retired one is served no more.
ALTER TABLE model_version ADD COLUMN staged_at BIGINT;
ALTER TABLE model_version ADD COLUMN retired_at BIGINT;
ALTER TABLE model_version ADD COLUMN retired_reason TEXT;

-- Why a person moved an alias.
ALTER TABLE alias_move ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- What people decided about held candidates.
CREATE TABLE decision (
    id         INTEGER PRIMARY KEY,
    model_id   TEXT    NOT NULL REFERENCES model (id),
    owner_id   TEXT    NOT NULL REFERENCES account (id),
    version    INTEGER NOT NULL,
    decision   TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    decided_at BIGINT  NOT NULL
);
CREATE INDEX decision_model ON decision (model_id, id);
