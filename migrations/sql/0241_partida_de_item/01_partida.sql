-- From which object of expense an item is paid, if its entity says it.
ALTER TABLE feria_item
    ADD COLUMN partida VARCHAR(5),
    ADD CONSTRAINT ck_feria_item_partida CHECK (partida ~ '^[1-9][0-9]{4}$');
