-- What an order commits, as the market has it, is of the certificate that the ledger commits of for it.
ALTER TABLE pagos_compromiso
    ADD CONSTRAINT uq_pagos_compromiso_asunto_id_certificado_id UNIQUE (asunto_id, certificado_id);
ALTER TABLE comercio_compromiso
    ADD CONSTRAINT fk_comercio_compromiso_pedido_id_certificado_id
        FOREIGN KEY (pedido_id, certificado_id) REFERENCES pagos_compromiso (asunto_id, certificado_id);

-- Whether an order is of that purchase and seller, and committed so much of that certificate of that entity.
CREATE FUNCTION comercio_pedido_compromete(
    p_pedido uuid, p_compra uuid, p_vendedor uuid, p_entidad uuid, p_certificado uuid, p_monto bigint
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM comercio_pedido p
        JOIN comercio_custodia k ON k.pedido_id = p.id
        JOIN comercio_compromiso c ON c.pedido_id = p.id
        WHERE p.id = p_pedido AND p.compra_id = p_compra AND p.vendedor_id = p_vendedor
          AND c.entidad_id = p_entidad AND c.certificado_id = p_certificado
          AND k.garantia = 'compromiso' AND k.monto = p_monto)
$$;
