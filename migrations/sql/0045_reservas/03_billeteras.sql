-- A citizen has a wallet from the moment they are known, so that looking at it opens nothing.
SELECT pagos_abrir(p.id, 'persona', 'billetera', p.nivel::smallint)
FROM ciudadania_persona p
WHERE NOT EXISTS (
    SELECT FROM pagos_cuenta c
    WHERE c.titular_id = p.id AND c.titular_tipo = 'persona' AND c.tipo = 'billetera' AND c.moneda = 'BOB');
