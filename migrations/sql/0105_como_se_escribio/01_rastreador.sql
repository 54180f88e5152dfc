-- A tracker shows and announces its number as whoever follows it writes it; it is compared without spaces nor hyphens.
ALTER TABLE envios_rastreador ADD COLUMN escrito varchar(60);
UPDATE envios_rastreador SET escrito = numero;
ALTER TABLE envios_rastreador ALTER COLUMN escrito SET NOT NULL;
