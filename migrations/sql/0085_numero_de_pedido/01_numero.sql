-- How who sends an item calls what it carries, to ask for it at a counter; written as it is compared.
ALTER TABLE envios_envio ADD COLUMN referencia_numero varchar(40) NOT NULL DEFAULT '';
UPDATE envios_envio e SET referencia_numero = upper(regexp_replace(p.numero, '[^A-Za-z0-9]', '', 'g'))
FROM comercio_pedido p WHERE e.referencia_tipo = 'pedido' AND e.referencia_id = p.id;
CREATE INDEX ix_envios_envio_referencia_numero ON envios_envio (referencia_numero)
    WHERE referencia_numero <> '';
