-- Until V4 a publication was DEPLOYING from before its version was admitted until the endpoint served it; its alias moved when the
-- version was admitted. Since V5 a version that is DEPLOYING is staged and no alias points at it. What a killed workbench of V4 left is
-- put into the state of today that it is in.
UPDATE publication SET version = (SELECT number FROM model_version WHERE model_version.publication_id = publication.id)
WHERE state = 'DEPLOYING' AND version IS NULL;

UPDATE publication SET state = 'STORING' WHERE state = 'DEPLOYING' AND version IS NULL;

UPDATE publication SET state = 'SWITCHING' WHERE state = 'DEPLOYING' AND NOT EXISTS (
    SELECT 1 FROM model_version JOIN model ON model.id = model_version.model_id
    WHERE model.owner_id = publication.owner_id AND model.name = publication.model
    AND model_version.number = publication.version AND model_version.staged_at IS NOT NULL);
