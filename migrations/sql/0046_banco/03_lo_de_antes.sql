-- The statements read until now. Their lines carry no reference of the bank, so that each is an entry of its own.
INSERT INTO pagos_banco_archivo (id, huella, nombre, subido_por, subido_en)
SELECT id, huella, nombre, subido_por, subido_en FROM pagos_extracto;

INSERT INTO pagos_banco_entrada
    (id, clave, cuenta, monto, moneda, sentido, reverso, contabilizada, archivo_id)
SELECT gen_random_uuid(), sha256(convert_to('antes/' || extracto_id || '/' || numero, 'UTF8')), '', monto, moneda,
       sentido, false, resultado <> 'no_contabilizado', extracto_id
FROM pagos_extracto_linea;

-- «Ya estaba pagado» may have been a second payment of the bank: unless the first was told by hand, it is looked at.
INSERT INTO pagos_banco_movimiento
    (id, entrada_id, clave, extremo, monto, moneda, sentido, retiro_id, resultado, estado, creado_en)
SELECT gen_random_uuid(), e.id, sha256('antes'::bytea), l.extremo, l.monto, l.moneda, l.sentido, l.retiro_id, r.resultado,
       CASE WHEN r.resultado IN ('pagado', 'confirmado', 'devuelto', 'devuelto_tarde') THEN 'conciliado'
            WHEN r.resultado = 'no_contabilizado' THEN 'informado' ELSE 'pendiente' END,
       x.subido_en
FROM pagos_extracto_linea l
JOIN pagos_extracto x ON x.id = l.extracto_id
JOIN pagos_banco_entrada e
    ON e.clave = sha256(convert_to('antes/' || l.extracto_id || '/' || l.numero, 'UTF8'))
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN l.resultado <> 'ya_pagado' THEN l.resultado
        WHEN EXISTS (SELECT FROM pagos_extracto_linea o
                     WHERE o.retiro_id = l.retiro_id AND o.resultado = 'pagado')
          OR EXISTS (SELECT FROM pagos_extracto_linea o JOIN pagos_extracto y ON y.id = o.extracto_id
                     WHERE o.retiro_id = l.retiro_id AND o.resultado = 'ya_pagado'
                       AND (y.subido_en, o.extracto_id, o.numero) < (x.subido_en, l.extracto_id, l.numero))
            THEN 'pagado_dos_veces'
        ELSE 'confirmado' END AS resultado) r;

INSERT INTO pagos_banco_linea (archivo_id, numero, movimiento_id, nueva)
SELECT l.extracto_id, l.numero, m.id, true
FROM pagos_extracto_linea l
JOIN pagos_banco_entrada e
    ON e.clave = sha256(convert_to('antes/' || l.extracto_id || '/' || l.numero, 'UTF8'))
JOIN pagos_banco_movimiento m ON m.entrada_id = e.id;

INSERT INTO pagos_banco_efecto (retiro_id, efecto, movimiento_id)
SELECT DISTINCT ON (m.retiro_id, f.efecto) m.retiro_id, f.efecto, m.id
FROM pagos_banco_movimiento m
CROSS JOIN LATERAL (
    SELECT CASE WHEN m.resultado IN ('pagado', 'confirmado') THEN 'pago' ELSE 'devolucion' END AS efecto) f
WHERE m.estado = 'conciliado'
ORDER BY m.retiro_id, f.efecto, m.creado_en, m.id;

DROP TABLE pagos_extracto_linea;
DROP TABLE pagos_extracto;
