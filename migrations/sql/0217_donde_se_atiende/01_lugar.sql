-- Where people come to what is attended by appointment; empty: who sells goes to whoever bought. An order keeps the one it was
-- sold with.
ALTER TABLE comercio_agenda ADD COLUMN lugar varchar(200) NOT NULL DEFAULT '';
ALTER TABLE comercio_agenda ALTER COLUMN lugar DROP DEFAULT;
GRANT UPDATE (lugar) ON comercio_agenda TO qhatu_aplicacion;
ALTER TABLE comercio_servicio ADD COLUMN lugar varchar(200) NOT NULL DEFAULT '';
ALTER TABLE comercio_servicio ALTER COLUMN lugar DROP DEFAULT;
