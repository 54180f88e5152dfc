CREATE OR REPLACE FUNCTION pagos_cuenta_abrir() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_falta text := CASE
        WHEN NEW.id <= 0 THEN 'id'
        WHEN NEW.titular_tipo NOT IN ('persona', 'unidad', 'sistema', 'asunto') THEN 'titular_tipo'
        WHEN NEW.tipo NOT IN ('billetera', 'comercio', 'custodia', 'recaudacion', 'comision', 'pasarela',
                              'liquidacion', 'ajuste') THEN 'tipo'
        WHEN NEW.moneda !~ '^[A-Z]{3}$' THEN 'moneda'
        WHEN NEW.nivel NOT BETWEEN 0 AND 19 OR NEW.nivel = 10 THEN 'nivel'
        WHEN (NEW.titular_tipo = 'sistema') <> (NEW.titular_id = '00000000-0000-0000-0000-000000000000')
            THEN 'sistema'
        WHEN NEW.titular_tipo <> 'sistema' AND NOT NEW.debitos_no_exceden_creditos THEN 'sin_sobregiro_ajeno'
        WHEN NEW.debitos_no_exceden_creditos AND NEW.creditos_no_exceden_debitos THEN 'un_solo_tope'
        WHEN (NEW.titular_tipo = 'asunto') <> (NEW.asunto IS NOT NULL) OR NEW.asunto !~ '^[a-z][a-z_]{2,19}$'
             OR NEW.titular_tipo = 'asunto' AND (NEW.tipo <> 'custodia' OR NEW.nivel <> 0) THEN 'asunto'
        WHEN (NEW.debitos_contabilizados, NEW.creditos_contabilizados,
              NEW.debitos_pendientes, NEW.creditos_pendientes) <> (0, 0, 0, 0) THEN 'vacia'
    END;
BEGIN
    IF v_falta IS NOT NULL THEN
        RAISE EXCEPTION 'la cuenta no puede abrirse así: %', v_falta
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_pagos_cuenta_' || v_falta,
                  TABLE = 'pagos_cuenta';
    END IF;
    RETURN NEW;
END $$;

UPDATE pagos_cuenta SET nivel = pagos_nivel_de_clase(registro_clase_de_unidad(titular_id))
WHERE titular_tipo = 'unidad';
